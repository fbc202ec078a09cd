//! Strapi, as npm has it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use synthetic::{Block, LANGUAGES, Version};

use super::{Cms, TOKEN, plain, written};
use crate::bench::folder::failed;
use crate::bench::live::server::{Server, exchange, free_port};
use crate::bench::site::copy;
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::{install, setup, tools};

/// A Strapi that runs.
pub(super) struct Strapi {
    _server: Server,
    port: u16,
    token: String,
    /// The names of the articles.
    names: Vec<String>,
}

impl Strapi {
    pub(super) fn start(project: &Project, place: &Path) -> Result<Self, Failure> {
        setup::require(&[Requirement::Node, Requirement::Npm])?;
        let modules = install::provide(&tools::strapi())?;
        let modules = modules
            .ancestors()
            .find(|folder| folder.ends_with("node_modules"))
            .map_or_else(PathBuf::new, Path::to_owned);
        let folder = place.join("strapi");
        copy(&project.root.join("tests/sources/strapi"), &folder)?;
        link(&modules, &folder.join("node_modules"))?;
        let port = free_port()?;
        let token = folder.join("token");
        let mut command = Command::new("node");
        command
            .args(["node_modules/@strapi/strapi/bin/strapi.js", "start"])
            .current_dir(&folder)
            .env("NODE_ENV", "production")
            .env("STRAPI_TELEMETRY_DISABLED", "true")
            .env("STRAPI_PLUGIN_I18N_INIT_LOCALE_CODE", "vi")
            .env("PORT", port.to_string())
            .env("DATABASE_FILENAME", folder.join("data.db"))
            .env("TOKEN_FILE", &token);
        let log = place.join("strapi.log");
        let server = Server::start(None, &command, port, "/_health", &log)?;
        let token = fs::read_to_string(&token).map_err(|error| failed("read", &token, &error))?;
        Ok(Self {
            _server: server,
            port,
            token,
            names: Vec::new(),
        })
    }

    fn write(&self, method: &str, path: &str, data: &Value) -> Result<Value, Failure> {
        let head = format!(
            "Authorization: Bearer {}\r\nContent-Type: application/json\r\n",
            self.token
        );
        let body = json!({ "data": data }).to_string();
        let answer = exchange(self.port, method, path, &head, &body);
        written(path, answer).map(|mut answer| answer["data"].take())
    }
}

impl Cms for Strapi {
    fn port(&self) -> u16 {
        self.port
    }

    fn token(&self) -> &str {
        &self.token
    }

    fn settings(&self) -> Value {
        json!({"system": "strapi", "token": TOKEN, "others": "port"})
    }

    fn publish(&mut self, versions: &[Version; 2], number: usize) -> Result<(), Failure> {
        let mut name = String::new();
        for (lang, version) in LANGUAGES.iter().zip(versions) {
            let text = json!({
                "title": version.headline, "slug": format!("article-{lang}-{number}"), "lead": version.lead,
                "body": body(&version.body), "author": version.author,
                "published": "2025-10-01T03:00:00.000Z",
            });
            let (method, below) = if name.is_empty() {
                ("POST", String::new())
            } else {
                ("PUT", format!("/{name}"))
            };
            let path = format!("/api/articles{below}?locale={lang}&status=published");
            let made = self.write(method, &path, &text)?;
            let made = made["documentId"].as_str().unwrap_or_default();
            made.clone_into(&mut name);
        }
        self.names.push(name);
        Ok(())
    }

    fn change(&self, number: usize) -> Result<(), Failure> {
        for lang in LANGUAGES {
            let name = &self.names[number];
            let path = format!("/api/articles/{name}?locale={lang}&status=published");
            let text = json!({"title": format!("Another headline, {lang}")});
            self.write("PUT", &path, &text)?;
        }
        Ok(())
    }
}

#[cfg(unix)]
fn link(to: &Path, at: &Path) -> Result<(), Failure> {
    std::os::unix::fs::symlink(to, at).map_err(|error| failed("link", at, &error))
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> Result<(), Failure> {
    Ok(())
}

/// A body as Strapi's blocks.
fn body(blocks: &[Block]) -> Value {
    let words = |text: &str| json!([{"type": "text", "text": text}]);
    let block = |block: &Block| match block {
        Block::Heading(text) => json!({"type": "heading", "level": 2, "children": words(text)}),
        Block::Paragraph(spans) => {
            json!({"type": "paragraph", "children": words(&plain(spans))})
        }
        Block::List(items) => {
            let items = items
                .iter()
                .map(|item| json!({"type": "list-item", "children": words(item)}));
            json!({"type": "list", "format": "unordered", "children": items.collect::<Vec<_>>()})
        }
    };
    blocks.iter().map(block).collect()
}
