//! What the desk's program refuses, it refuses in the language of the desk.

use super::{Desk, VERSION, read, text, wait};
use crate::http::Response;
use model::Lang;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The article of the smallest portal.
const ARTICLE: &str = "port/deep-water-port";

/// What is refused, by its task.
fn wishes() -> Vec<(&'static str, Value)> {
    let wrong = json!([{ "do": "remove", "at": "/nothing/there" }]);
    let begun = json!({ "names": { "vi": "a" }, "origin": "https://a.example", "sections": [] });
    vec![
        ("open", json!({ "place": "nowhere" })),
        ("open", json!({})),
        ("open", json!({ "place": "articles/port/nothing/vi" })),
        (
            "edit",
            json!({ "place": VERSION, "known": "", "edits": [] }),
        ),
        ("edit", json!({ "place": VERSION, "edits": wrong })),
        ("save", json!({ "place": VERSION, "known": "old" })),
        ("new", article("nowhere", "a", "vi")),
        ("new", article("port", "Big Port", "vi")),
        ("new", article("port", "con", "vi")),
        ("new", article("port", "deep-water-port", "vi")),
        ("new", article("port", "a", "fr")),
        ("translate", json!({ "article": ARTICLE, "lang": "en" })),
        ("translate", json!({ "article": ARTICLE, "lang": "fr" })),
        ("translate", json!({ "article": "port", "lang": "ko" })),
        (
            "translate",
            json!({ "article": "port/deep-water", "lang": "ko" }),
        ),
        (
            "translate",
            json!({ "article": "port/nothing-of-the-kind", "lang": "ko" }),
        ),
        ("done", json!({ "article": ARTICLE, "lang": "vi" })),
        ("done", json!({ "article": ARTICLE, "lang": "ja" })),
        ("unused", json!({ "article": "../x" })),
        ("unused", json!({ "document": "nothing" })),
        (
            "discard",
            json!({ "article": ARTICLE, "file": "article.json" }),
        ),
        ("begin", begun),
        ("link", json!({ "to": "javascript:alert(1)" })),
        ("parallel", json!({ "place": "site" })),
        ("machine", json!({ "place": VERSION, "known": "" })),
        (
            "mend",
            json!({ "place": VERSION, "known": "", "at": "/x", "wrong": "a" }),
        ),
        ("record", json!({ "message": "a", "name": "", "email": "" })),
        ("record", json!({ "message": "", "name": "a", "email": "" })),
        (
            "record",
            json!({ "message": "a", "name": "a", "email": "" }),
        ),
        ("page", json!({ "slug": "about" })),
        ("page", json!({ "slug": "A B" })),
        ("document", json!({ "slug": "no-1" })),
        ("back", json!({})),
    ]
}

fn article(section: &str, slug: &str, lang: &str) -> Value {
    json!({ "section": section, "slug": slug, "lang": lang, "title": "" })
}

impl Desk {
    /// Asks in a language.
    fn post_in(&self, lang: Lang, task: &str, kind: &str, body: &str) -> Response {
        let headers = format!(
            "{}Accept-Language: {}\r\nContent-Type: {kind}\r\n",
            self.own(),
            lang.tag()
        );
        self.raw("POST", &format!("/api/{task}"), &headers, body)
    }
}

/// The words of a refusal.
fn why(answer: &Response) -> String {
    let said = read(answer);
    let message = said["message"].as_str().unwrap_or_default().to_owned();
    let help = said["now"]["help"].as_str().unwrap_or_default();
    format!("{message} {help}")
}

/// That a refusal in a language is in none of the others.
fn is_said_in_each_language(what: &str, ask: impl Fn(Lang) -> Response) {
    let said = Lang::ALL.map(|lang| {
        let answer = ask(lang);
        assert!(answer.status >= 400, "{what} is granted: {}", text(&answer));
        let why = why(&answer);
        assert!(why.len() > 3, "{what} has no words: {}", text(&answer));
        why
    });
    for (number, one) in said.iter().enumerate() {
        assert!(
            !said[..number].contains(one),
            "{what} is said alike in two languages: {one}"
        );
    }
}

#[test]
fn whatever_is_refused_is_said_in_the_language_of_the_desk() {
    let (folder, desk) = super::desk();
    for (task, wish) in wishes() {
        is_said_in_each_language(&format!("{task} {wish}"), |lang| {
            desk.post_in(lang, task, "application/json", &wish.to_string())
        });
    }
    desk.wish("register", &json!({}));
    desk.wish("document", &json!({ "slug": "no-1" }));
    let kind = "application/octet-stream";
    for (path, bytes) in [
        (format!("upload/{ARTICLE}/a.exe"), "MZ"),
        (format!("upload/{ARTICLE}/a.pdf"), "<html>"),
        (format!("upload/{ARTICLE}/a.jpg?picture"), ""),
        ("upload/port/nothing/a.pdf".to_owned(), "%PDF-1.7"),
        ("enclose/no-1/a.exe".to_owned(), "MZ"),
        (
            "enclose/no-1/a.svg".to_owned(),
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'/>",
        ),
        ("enclose/no-2/a.pdf".to_owned(), "%PDF-1.7"),
    ] {
        is_said_in_each_language(&path, |lang| desk.post_in(lang, &path, kind, bytes));
    }
    // A stranger reads it, too.
    let host = desk.host();
    is_said_in_each_language("a stranger", |lang| {
        let headers = format!(
            "Host: {host}\r\nOrigin: http://{host}\r\nAccept-Language: {}\r\n",
            lang.tag()
        );
        desk.raw("GET", "/api/portal", &headers, "")
    });
    // What the system says against a file is said in plain words.
    let file = folder.path().join(format!("content/{VERSION}.json"));
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    let wish = json!({ "place": VERSION }).to_string();
    is_said_in_each_language("a folder in place of a file", |lang| {
        desk.post_in(lang, "open", "application/json", &wish)
    });
}

#[test]
fn a_publication_that_fails_says_why_in_the_language_of_the_desk() {
    let (folder, desk) = super::desk();
    fs::create_dir(folder.path().join("site")).unwrap();
    fs::write(folder.path().join("site/notes.txt"), "mine").unwrap();
    desk.wish("publish", &json!({ "what": "notices" }));
    let outcome = |lang: Lang| {
        wait("it has ended", || {
            let headers = format!("{}Accept-Language: {}\r\n", desk.own(), lang.tag());
            let progress = read(&desk.raw("GET", "/api/publish", &headers, ""));
            (progress["running"] == false).then(|| progress["outcome"].clone())
        })
    };
    let said = Lang::ALL.map(|lang| {
        let outcome = outcome(lang);
        assert_eq!(outcome["kind"], "failed", "{outcome}");
        outcome["message"].as_str().unwrap().to_owned()
    });
    for (number, one) in said.iter().enumerate() {
        assert!(!said[..number].contains(one), "{said:?}");
    }
}

/// The texts in code that become the words of a refusal without being a message: what is refused is a `Message`, and
/// those are made of the catalogue, or of the words of another program.
fn made_of_texts(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            made_of_texts(group.stream(), found);
        }
        let TokenTree::Ident(word) = token else {
            continue;
        };
        if *word == "verbatim"
            && let Some(TokenTree::Group(group)) = tokens.get(at + 1)
        {
            found.push(group.stream().to_string());
        }
    }
}

#[test]
fn nothing_but_other_programs_words_is_refused_as_it_is() {
    let mut found = Vec::new();
    let root = Path::new(crate::ROOT).join("crates");
    let files = fs::read_dir(root.join("site/src/edit")).unwrap();
    let desk = fs::read_dir(root.join("desk/src")).unwrap();
    let mut read = 0;
    for entry in files.chain(desk).flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "rs") {
            let code = fs::read_to_string(&path).unwrap();
            made_of_texts(code.parse().unwrap(), &mut found);
            read += 1;
        }
    }
    assert!(read > 30, "{read}");
    // What Git says against a change, which is all that somebody can look up.
    assert_eq!(found, ["self . everything ()"]);
    // And no script takes words of the program for English.
    for (name, script) in super::words::scripts() {
        for call in ["error.message", "done.message", "history.message"] {
            for line in script.lines().filter(|line| line.contains(call)) {
                assert!(!line.contains("lang: \"en\""), "{name}: {line}");
            }
        }
    }
}
