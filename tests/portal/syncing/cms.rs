//! A server that answers as Strapi or WordPress does, and fails as it is told.

mod posts;

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What goes wrong.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// The connection ends without an answer.
    Reset,
    /// Nothing is answered for so long.
    Silent(Duration),
    /// This status, these headers and this body.
    Answer(u16, &'static str, String),
    /// The answer ends in the middle.
    Truncated,
    /// The entry with this name has another shape.
    Shape(&'static str, Value),
    /// So many bytes before anything else.
    Bytes(usize),
    /// This status at addresses that have this part.
    At(&'static str, u16),
}

#[derive(Default)]
struct State {
    entries: BTreeMap<(String, String), Value>,
    fault: Option<Fault>,
    /// How many answers the fault spoils; then it is over.
    left: usize,
    requests: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
    /// The posts of WordPress, by their numbers.
    posts: BTreeMap<u64, Value>,
    /// Whether the user of the token is an author, who edits the posts of user 1.
    edits: bool,
    /// Those that go while a list is read, the last one first.
    vanishing: Vec<u64>,
    /// Whether lists of Strapi have only what is asked for.
    is_brief: bool,
    /// The articles of Strapi that go while a list is read, likewise.
    leaving: Vec<String>,
}

/// The server. It ends with the test.
#[derive(Clone)]
pub(super) struct Cms {
    pub(super) address: String,
    state: Arc<Mutex<State>>,
}

impl Cms {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let cms = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            state: Arc::default(),
        };
        let state = Arc::clone(&cms.state);
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let state = Arc::clone(&state);
                thread::spawn(move || drop(answer(stream, &state)));
            }
        });
        cms
    }

    /// Publishes a text.
    pub(super) fn publish(&self, article: &str, locale: &str, revision: u32, changes: Value) {
        let mut entry = json!({
            "id": format!("{article} {locale}"), "documentId": article, "locale": locale, "updatedAt": format!("2026-11-01T00:00:{revision:02}.000Z"),
            "publishedAt": "2026-10-01T03:00:00.000Z", "title": format!("{article} in {locale}"), "slug": article,
            "lead": "A lead.", "body": [{"type": "paragraph", "children": [{"type": "text", "text": "A text."}]}],
            "section": {"slug": "port"},
        });
        for (key, value) in changes.as_object().unwrap() {
            entry[key] = value.clone();
        }
        let mut state = self.state.lock().unwrap();
        state
            .entries
            .insert((article.to_owned(), locale.to_owned()), entry);
    }

    /// Takes a text away; all texts of the article where no locale is given.
    pub(super) fn unpublish(&self, article: &str, locale: Option<&str>) {
        let mut state = self.state.lock().unwrap();
        state.entries.retain(|(known, own), _| {
            known != article || locale.is_some_and(|locale| locale != own)
        });
    }

    /// Puts a file at an address.
    pub(super) fn put(&self, address: &str, bytes: Vec<u8>) {
        let mut state = self.state.lock().unwrap();
        state.files.insert(address.to_owned(), bytes);
    }

    /// Publishes a post of WordPress.
    pub(super) fn post(&self, id: u64, changes: Value) {
        let post = posts::post(id, &changes);
        self.state.lock().unwrap().posts.insert(id, post);
    }

    /// All posts, as one list.
    pub(super) fn posts(&self) -> Value {
        self.state.lock().unwrap().posts.values().cloned().collect()
    }

    /// Takes a post away.
    pub(super) fn delete(&self, id: u64) {
        self.state.lock().unwrap().posts.remove(&id);
    }

    /// From now on, the user of the token may edit the posts of user 1.
    pub(super) fn let_edit(&self) {
        self.state.lock().unwrap().edits = true;
    }

    /// From now on, one of these goes whenever the first page of the list was read.
    pub(super) fn vanish(&self, ids: &[u64]) {
        self.state.lock().unwrap().vanishing = ids.iter().rev().copied().collect();
    }

    /// From now on, one of these articles goes whenever the first part of the list was read.
    pub(super) fn leave(&self, articles: &[&str]) {
        let articles = articles.iter().rev().map(|&article| article.to_owned());
        self.state.lock().unwrap().leaving = articles.collect();
    }

    /// From now on, lists have no texts, as those of Strapi.
    pub(super) fn list_without_texts(&self) {
        self.state.lock().unwrap().is_brief = true;
    }

    /// Spoils so many answers.
    pub(super) fn fail(&self, fault: Fault, times: usize) {
        let mut state = self.state.lock().unwrap();
        (state.fault, state.left) = (Some(fault), times);
    }

    pub(super) fn mend(&self) {
        self.state.lock().unwrap().fault = None;
    }

    /// The requests since the last time.
    pub(super) fn requests(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    for line in lines.by_ref() {
        if line?.is_empty() {
            break;
        }
    }
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (fault, (status, headers, body), file) = {
        let mut state = state.lock().unwrap();
        state.requests.push(target.clone());
        let fault = state.fault.clone().filter(|_| state.left > 0);
        state.left = state.left.saturating_sub(1);
        let answer = posts::answer(&target, &mut state);
        let answer =
            answer.unwrap_or_else(|| (200, String::new(), list(&target, &state, fault.as_ref())));
        let is_first = target.contains("locale=*") && target.contains("[start]=0&");
        if let Some(article) = is_first.then(|| state.leaving.pop()).flatten() {
            state.entries.retain(|(known, _), _| *known != article);
        }
        let file = target
            .starts_with("/uploads/")
            .then(|| state.files.get(&target).cloned());
        (fault, answer, file)
    };
    let whole = |status: u16, headers: &str, body: &str| {
        format!(
            "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n{headers}\r\n{body}",
            body.len()
        )
    };
    let text = match fault {
        Some(Fault::Reset) => return stream.shutdown(Shutdown::Both),
        Some(Fault::Silent(time)) => {
            thread::sleep(time);
            return Ok(());
        }
        Some(Fault::Answer(status, headers, body)) => whole(status, headers, &body),
        Some(Fault::Truncated) => {
            let text = whole(200, "", &body);
            text[..text.len() - 20].to_owned()
        }
        Some(Fault::Bytes(bytes)) => whole(200, "", &format!("\"{}\"", "x".repeat(bytes))),
        Some(Fault::At(part, status)) if target.contains(part) => whole(status, "", "{}"),
        Some(Fault::Shape(..) | Fault::At(..)) | None => match file {
            Some(Some(bytes)) => {
                let head = format!(
                    "HTTP/1.1 200 X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    bytes.len()
                );
                return stream.write_all(&[head.as_bytes(), &bytes].concat());
            }
            Some(None) => whole(404, "", "{}"),
            None => whole(status, &headers, &body),
        },
    };
    stream.write_all(text.as_bytes())
}

/// The list that a target asks for.
fn list(target: &str, state: &State, fault: Option<&Fault>) -> String {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let values = |key: &str| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(known, _)| known.starts_with(key))
            .map(|(_, value)| value.to_owned())
            .collect::<Vec<_>>()
    };
    let (locale, ids) = (values("locale"), values("filters"));
    let number = |key: &str| values(key).first()?.parse::<usize>().ok();
    let start = number("pagination[start]").unwrap_or_default();
    let limit = number("pagination[limit]").or_else(|| number("pagination[pageSize]"));
    let mut found: Vec<Value> = state
        .entries
        .iter()
        .filter(|((article, own), _)| {
            locale
                .first()
                .is_none_or(|locale| locale == "*" || locale == own)
                && (ids.is_empty() || ids.contains(article))
        })
        .map(|(_, entry)| entry.clone())
        .collect();
    if let Some(Fault::Shape(article, shape)) = fault {
        for entry in found
            .iter_mut()
            .filter(|entry| entry["documentId"] == *article)
        {
            for (key, value) in shape.as_object().unwrap() {
                entry[key] = value.clone();
            }
        }
    }
    if state.is_brief && query.contains("fields[0]") {
        for entry in &mut found {
            entry.as_object_mut().unwrap().remove("body");
        }
    }
    let total = found.len();
    let limit = limit.unwrap_or(25).min(100);
    let data: Vec<Value> = found.into_iter().skip(start).take(limit).collect();
    let pagination = json!({"start": start, "limit": limit, "total": total});
    json!({"data": data, "meta": {"pagination": pagination}}).to_string()
}
