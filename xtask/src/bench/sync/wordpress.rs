//! WordPress, as Debian has it, with PHP's own server. A taxonomy says languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use synthetic::{LANGUAGES, Version};

use super::{Cms, TOKEN, html, plain_text, written};
use crate::bench::folder::{failed, make};
use crate::bench::live::server::{Server, exchange, free_port};
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::setup;

/// A WordPress that runs.
pub(super) struct WordPress {
    _server: Server,
    port: u16,
    token: String,
    /// The category of the articles.
    category: u64,
    /// The numbers of the languages' terms.
    languages: BTreeMap<&'static str, u64>,
    /// The numbers of each article's posts.
    posts: Vec<[u64; 2]>,
}

impl WordPress {
    pub(super) fn start(project: &Project, place: &Path) -> Result<Self, Failure> {
        setup::require(&[Requirement::WordPress])?;
        let installed = Requirement::WordPress.locate().unwrap_or_default();
        let folder = place.join("wordpress");
        make(&folder)?;
        let port = free_port()?;
        let mut command = Command::new("sh");
        command
            .arg(project.root.join("tests/sources/wordpress/serve"))
            .arg(&folder)
            .arg(port.to_string())
            .args(installed.parent());
        let log = place.join("wordpress.log");
        let server = Server::start(None, &command, port, "/wp-json/", &log)?;
        let token = folder.join("token");
        let token = fs::read_to_string(&token).map_err(|error| failed("read", &token, &error))?;
        let mut wordpress = Self {
            _server: server,
            port,
            token,
            category: 0,
            languages: BTreeMap::new(),
            posts: Vec::new(),
        };
        let category = json!({"name": "Port", "slug": "port"});
        wordpress.category = wordpress.write("categories", &category)?;
        for lang in LANGUAGES {
            let found = wordpress.ask("GET", &format!("languages?slug={lang}"), "")?;
            let number = found[0]["id"].as_u64().unwrap_or_default();
            wordpress.languages.insert(lang, number);
        }
        Ok(wordpress)
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Result<Value, Failure> {
        let head = format!(
            "Authorization: Basic {}\r\nContent-Type: application/json\r\n",
            base64(self.token.as_bytes())
        );
        let path = format!("/wp-json/wp/v2/{path}");
        written(&path, exchange(self.port, method, &path, &head, body))
    }

    /// Writes something. Returns its number.
    fn write(&self, path: &str, data: &Value) -> Result<u64, Failure> {
        let made = self.ask("POST", path, &data.to_string())?;
        let id = made["id"].as_u64();
        id.ok_or_else(|| Failure::broken(format!("WordPress has no number for {path}")))
    }
}

impl Cms for WordPress {
    fn port(&self) -> u16 {
        self.port
    }

    fn token(&self) -> &str {
        &self.token
    }

    fn settings(&self) -> Value {
        json!({
            "system": "wordpress", "token": TOKEN,
            "fields": {"language": "languages", "translation_group": "translation_group"},
        })
    }

    fn publish(&mut self, versions: &[Version; 2], number: usize) -> Result<(), Failure> {
        let mut posts = [0; 2];
        for ((lang, version), id) in LANGUAGES.iter().zip(versions).zip(&mut posts) {
            let post = json!({
                "status": "publish", "date_gmt": "2025-10-01T03:00:00", "categories": [self.category],
                "languages": [self.languages[lang]],
                "meta": {"translation_group": format!("article-{number}")},
                "title": version.headline, "slug": format!("article-{lang}-{number}"),
                "excerpt": plain_text(&version.lead), "content": html(&version.body),
            });
            *id = self.write("posts", &post)?;
        }
        self.posts.push(posts);
        Ok(())
    }

    fn change(&self, number: usize) -> Result<(), Failure> {
        for id in self.posts[number] {
            let title = json!({ "title": format!("Another headline {id}") });
            self.write(&format!("posts/{id}"), &title)?;
        }
        Ok(())
    }
}

/// Base64 (RFC 4648).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number = (0..3).fold(0_u32, |number, at| {
            number << 8 | u32::from(three.get(at).copied().unwrap_or_default())
        });
        for at in 0..4 {
            let digit = number >> (18 - 6 * at) & 63;
            text.push(if at > three.len() {
                '='
            } else {
                char::from(DIGITS[digit as usize])
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn base64_is_that_of_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("an:a b", "YW46YSBi"),
        ] {
            assert_eq!(super::base64(bytes.as_bytes()), text);
        }
    }
}
