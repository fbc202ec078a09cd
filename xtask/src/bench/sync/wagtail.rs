//! Wagtail, as Python has it. What its API only reads is written by the project of the tests.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use synthetic::{LANGUAGES, Version};

use super::{Cms, html, plain_text, written};
use crate::bench::live::server::{Server, exchange, free_port};
use crate::bench::site::copy;
use crate::failure::Failure;
use crate::project::Project;
use crate::{install, tools};

/// What requests that write are let in with.
const EDITOR: &str = "an-editor";

/// The page at the root of the site, which the project makes.
const FRONT: u64 = 2;

/// A Wagtail that runs.
pub(super) struct Wagtail {
    _server: Server,
    port: u16,
    /// The page above the articles.
    section: u64,
    /// The numbers of each article's pages.
    pages: Vec<[u64; 2]>,
}

impl Wagtail {
    pub(super) fn start(project: &Project, place: &Path) -> Result<Self, Failure> {
        let proof = install::provide(&tools::wagtail())?;
        let packages = proof.ancestors().nth(2).unwrap_or(&proof);
        let folder = place.join("wagtail");
        copy(&project.root.join("tests/sources/wagtail"), &folder)?;
        let port = free_port()?;
        let mut command = Command::new("python3");
        command
            .args(["manage.py", "newsroom", &port.to_string()])
            .current_dir(&folder)
            .env("PYTHONPATH", packages)
            .env("WAGTAIL_FOLDER", place)
            .env("EDITOR_TOKEN", EDITOR);
        let log = place.join("wagtail.log");
        let server = Server::start(None, &command, port, "/api/v2/pages/", &log)?;
        let mut wagtail = Self {
            _server: server,
            port,
            section: 0,
            pages: Vec::new(),
        };
        let section = json!({"title": "Port", "slug": "port"});
        let section = json!({"parent": FRONT, "type": "SectionPage", "fields": section});
        wagtail.section = wagtail.edit("create", &section)?;
        Ok(wagtail)
    }

    /// Does what an editor does. Returns the number of the page.
    fn edit(&self, action: &str, wish: &Value) -> Result<u64, Failure> {
        let path = format!("/editor/{action}/");
        let head = format!("Authorization: Bearer {EDITOR}\r\n");
        let answer = exchange(self.port, "POST", &path, &head, &wish.to_string());
        let id = written(&path, answer)?["id"].as_u64();
        id.ok_or_else(|| Failure::broken(format!("Wagtail has no number for {path}")))
    }
}

impl Cms for Wagtail {
    fn port(&self) -> u16 {
        self.port
    }

    fn token(&self) -> &'static str {
        ""
    }

    fn settings(&self) -> Value {
        json!({
            "system": "wagtail", "articles": "news.ArticlePage",
            "fields": {"lead": "intro", "published": "date"},
        })
    }

    fn publish(&mut self, versions: &[Version; 2], number: usize) -> Result<(), Failure> {
        let fields = |lang: &str, version: &Version| {
            json!({
                "title": version.headline, "slug": format!("article-{lang}-{number}"),
                "intro": format!("<p>{}</p>", plain_text(&version.lead)), "author": version.author,
                "body": [{"type": "paragraph", "value": html(&version.body)}],
                "date": "2025-10-01T10:00:00+07:00",
            })
        };
        let [(first, one), (second, other)] =
            [(LANGUAGES[0], &versions[0]), (LANGUAGES[1], &versions[1])];
        let wish =
            json!({"parent": self.section, "type": "ArticlePage", "fields": fields(first, one)});
        let original = self.edit("create", &wish)?;
        let wish = json!({"id": original, "locale": second, "fields": fields(second, other)});
        self.pages.push([original, self.edit("translate", &wish)?]);
        Ok(())
    }

    fn change(&self, number: usize) -> Result<(), Failure> {
        for id in self.pages[number] {
            let fields = json!({ "title": format!("Another headline {id}") });
            self.edit("change", &json!({ "id": id, "fields": fields }))?;
        }
        Ok(())
    }
}
