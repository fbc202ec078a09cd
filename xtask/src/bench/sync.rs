//! `cargo xtask bench sync`: what a first sync costs, one after which nothing changed, and one of a
//! changed article, with a real Strapi.
//!
//! The articles are those of a synthetic portal, in two languages and without pictures. Requests are
//! counted between `site sync` and Strapi.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};
use synthetic::{Block, LANGUAGES, Portal, Span, Version, authored};

use crate::arguments::SyncOptions;
use crate::bench::SEED;
use crate::bench::folder::{self, failed};
use crate::bench::live::server::{Server, exchange, free_port};
use crate::bench::site::{chosen, copy};
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::{install, process, setup, tools};

/// The environment variable with the token.
const TOKEN: &str = "BENCH_STRAPI_TOKEN";

/// A Strapi that runs.
struct Strapi {
    _server: Server,
    port: u16,
    token: String,
}

/// Passes connections on, and counts the requests in them.
struct Counter {
    port: u16,
    requests: Arc<AtomicUsize>,
}

/// What a sync cost.
struct Synced {
    name: &'static str,
    seconds: f64,
    requests: usize,
    said: String,
}

/// Measures, and prints a table.
///
/// # Errors
/// Where something is missing or does not build, or Strapi or a sync fails.
pub(crate) fn run(project: &Project, options: &SyncOptions) -> Result<(), Failure> {
    if !cfg!(unix) {
        return Err(Failure::unmet("this is measured on Unix only"));
    }
    setup::require(&[Requirement::Node, Requirement::Npm])?;
    let modules = install::provide(&tools::strapi())?;
    let modules = modules
        .ancestors()
        .find(|folder| folder.ends_with("node_modules"))
        .map_or_else(PathBuf::new, Path::to_owned);
    let site = chosen(project, options.site.as_deref())?;
    let place = project.root.join("target/bench/sync");
    let measured = measure(project, options, &place, &site, &modules);
    folder::remove(&place)?;
    println!("{}", table(&measured?, options));
    Ok(())
}

fn measure(
    project: &Project,
    options: &SyncOptions,
    place: &Path,
    site: &Path,
    modules: &Path,
) -> Result<Vec<Synced>, Failure> {
    folder::remove(place)?;
    folder::make(place)?;
    let strapi = Strapi::start(project, place, modules)?;
    eprintln!("writing {} articles into Strapi", options.articles);
    let portal = Portal::new(options.articles, SEED).without_pictures();
    let mut names = Vec::new();
    for number in 0..options.articles {
        names.push(strapi.publish(&portal.article(number).versions, number)?);
    }
    let counter = Counter::start(strapi.port)?;
    authored::write_frame(&place.join("content"))
        .and_then(|()| fs::create_dir_all(place.join("content/articles")))
        .and_then(|()| {
            let config = json!({
                "system": "strapi", "address": format!("http://127.0.0.1:{}", counter.port), "token": TOKEN,
                "offset": "+07:00", "others": "port",
                "source": {"name": "Strapi", "address": "https://cms.example/"},
            });
            fs::write(place.join("content/source.json"), config.to_string())
        })
        .map_err(|error| failed("write", place, &error))?;
    let sync = |name| counter.sync(name, site, place, &strapi.token);
    let first = sync("the first sync")?;
    let nothing = sync("nothing changed")?;
    let changed = &names[names.len() / 2];
    // In both languages: a translation that is older than its original is something to look at.
    for lang in LANGUAGES {
        let path = format!("/api/articles/{changed}?locale={lang}&status=published");
        strapi.write(
            "PUT",
            &path,
            &json!({"title": format!("Another headline, {lang}")}),
        )?;
    }
    let one = sync("one article changed")?;
    if !one.said.contains("1 changed") {
        return Err(Failure::broken(format!(
            "no article changed:\n{}",
            one.said
        )));
    }
    Ok(vec![first, nothing, one])
}

impl Strapi {
    fn start(project: &Project, place: &Path, modules: &Path) -> Result<Self, Failure> {
        eprintln!("starting Strapi");
        let folder = place.join("strapi");
        copy(&project.root.join("tests/sources/strapi"), &folder)?;
        link(modules, &folder.join("node_modules"))?;
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
        })
    }

    /// Publishes an article in both languages. Returns its name.
    fn publish(&self, versions: &[Version; 2], number: usize) -> Result<String, Failure> {
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
        Ok(name)
    }

    fn write(&self, method: &str, path: &str, data: &Value) -> Result<Value, Failure> {
        let body = json!({ "data": data }).to_string();
        let head = format!(
            "Authorization: Bearer {}\r\nContent-Type: application/json\r\n",
            self.token
        );
        let answer = exchange(self.port, method, path, &head, &body);
        let text = match answer {
            Some((200 | 201, text)) => text,
            other => {
                return Err(Failure::broken(format!(
                    "Strapi answered {method} {path} with {other:?}"
                )));
            }
        };
        // The answer may come in chunks.
        let json = text.find('{').zip(text.rfind('}'));
        let answer =
            json.and_then(|(from, to)| serde_json::from_str::<Value>(&text[from..=to]).ok());
        answer
            .map(|mut answer| answer["data"].take())
            .ok_or_else(|| Failure::broken(format!("Strapi's answer is not understood: {text}")))
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
            let text: String = spans
                .iter()
                .map(|span| match span {
                    Span::Text(text) | Span::Strong(text) | Span::Link(_, _, text) => text.as_str(),
                })
                .collect();
            json!({"type": "paragraph", "children": words(&text)})
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

impl Counter {
    fn start(behind: u16) -> Result<Self, Failure> {
        let refused = |error: std::io::Error| Failure::broken(format!("cannot listen: {error}"));
        let listener = TcpListener::bind("127.0.0.1:0").map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let requests = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&requests);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", behind)) else {
                    continue;
                };
                let _ = (client.set_nodelay(true), server.set_nodelay(true));
                let (Ok(answers), Ok(back)) = (server.try_clone(), client.try_clone()) else {
                    continue;
                };
                let counted = Arc::clone(&counted);
                thread::spawn(move || pass_on(client, server, Some(&counted)));
                thread::spawn(move || pass_on(answers, back, None));
            }
        });
        Ok(Self { port, requests })
    }

    fn sync(
        &self,
        name: &'static str,
        site: &Path,
        place: &Path,
        token: &str,
    ) -> Result<Synced, Failure> {
        eprintln!("{name}");
        self.requests.store(0, Ordering::Relaxed);
        let log = place.join("sync.log");
        let output = File::create(&log).map_err(|error| failed("write", &log, &error))?;
        let mut command = Command::new(site);
        command.arg("sync").current_dir(place).env(TOKEN, token);
        command.stdout(output);
        let begin = Instant::now();
        let status = command
            .status()
            .map_err(|error| Failure::broken(format!("cannot run `site sync`: {error}")))?;
        let seconds = begin.elapsed().as_secs_f64();
        let said = fs::read_to_string(&log).unwrap_or_default();
        if !status.success() {
            let line = process::line(&command);
            return Err(Failure::broken(format!("`{line}` failed:\n{said}")));
        }
        Ok(Synced {
            name,
            seconds,
            requests: self.requests.load(Ordering::Relaxed),
            said,
        })
    }
}

/// Passes bytes on until they end. A request without a body ends with an empty line.
fn pass_on(mut from: TcpStream, mut to: TcpStream, counted: Option<&AtomicUsize>) {
    let mut buffer = vec![0; 1 << 16];
    let mut end = Vec::new();
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if let Some(counted) = counted {
            // An empty line can be cut in two.
            end.extend_from_slice(&buffer[..length]);
            let found = end.windows(4).filter(|bytes| bytes == b"\r\n\r\n").count();
            counted.fetch_add(found, Ordering::Relaxed);
            end = end.split_off(end.len().saturating_sub(if found > 0 { 0 } else { 3 }));
        }
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// The table in Markdown.
fn table(syncs: &[Synced], options: &SyncOptions) -> String {
    let rows: String = syncs
        .iter()
        .map(|sync| {
            let said = sync.said.lines().last().unwrap_or_default();
            format!(
                "| {} | {:.2} | {} | {said} |\n",
                sync.name, sync.seconds, sync.requests
            )
        })
        .collect();
    format!(
        "{} articles in 2 languages, without pictures\n\n| sync | seconds | requests | said |\n|---|--:|--:|---|\n{rows}",
        options.articles
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_however_they_are_cut() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let counter = Counter::start(listener.local_addr().unwrap().port()).unwrap();
        let mut client = TcpStream::connect(("127.0.0.1", counter.port)).unwrap();
        let (mut server, _) = listener.accept().unwrap();
        let mut got = [0; 100];
        for part in ["GET / HTTP/1.1\r\nA: b\r", "\n\r\nGET /a HTTP/1.1\r\n\r\n"] {
            client.write_all(part.as_bytes()).unwrap();
            server.read_exact(&mut got[..part.len()]).unwrap();
        }
        assert_eq!(counter.requests.load(Ordering::Relaxed), 2);
    }
}
