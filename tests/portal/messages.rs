//! The messages of `site check` in five languages. Those in the code are found as tokens, so that
//! neither comments nor the way of writing hide one.

use crate::check::text;
use crate::folder::copy;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The crates whose messages are in the catalogue.
const CRATES: [&str; 3] = ["editorial", "desk", "site"];

/// The languages of the catalogue; the code has the English.
const LANGS: [&str; 4] = ["vi", "ko", "ja", "zh-Hans"];

/// Every how many cases one is reported in another language.
const SAMPLE: usize = 3;

/// The sentences of the code, each with a file that has it.
#[derive(Default)]
struct Code {
    sentences: BTreeMap<String, PathBuf>,
    /// What is said as it is, although it stands in the code.
    verbatim: Vec<String>,
}

impl Code {
    /// Reads the code of the crates, without tests.
    fn read() -> Self {
        let mut code = Self::default();
        for name in CRATES {
            for file in sources(&Path::new(crate::ROOT).join("crates").join(name).join("src")) {
                let text = fs::read_to_string(&file).unwrap();
                let tokens: TokenStream = text.parse().expect("a file of the project is Rust");
                code.collect(tokens, &file);
            }
        }
        code
    }

    fn collect(&mut self, tokens: TokenStream, file: &Path) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            if let [TokenTree::Ident(word), TokenTree::Ident(name), ..] = rest
                && word == "mod"
                && name == "tests"
            {
                // A module of tests, whether it stands here or in a file of its own.
                at += 3;
                continue;
            }
            if let Some(sentence) = sentence(rest) {
                self.sentences.insert(sentence, file.to_owned());
            }
            if let [TokenTree::Ident(word), TokenTree::Group(group), ..] = rest
                && word == "verbatim"
            {
                let inner = group.stream().into_iter().next();
                self.verbatim.extend(inner.as_ref().and_then(literal));
            }
            if let TokenTree::Group(group) = &tokens[at] {
                self.collect(group.stream(), file);
            }
            at += 1;
        }
    }
}

/// The sentence that begins here: `message!("…"`, `sentence!("…"`, or `expecting = "…"`.
fn sentence(tokens: &[TokenTree]) -> Option<String> {
    let TokenTree::Ident(word) = tokens.first()? else {
        return None;
    };
    let mark =
        |sign| matches!(tokens.get(1), Some(TokenTree::Punct(mark)) if mark.as_char() == sign);
    if (word == "message" || word == "sentence") && mark('!') {
        let TokenTree::Group(group) = tokens.get(2)? else {
            return None;
        };
        return literal(&group.stream().into_iter().next()?);
    }
    (word == "expecting" && mark('='))
        .then(|| literal(tokens.get(2)?))
        .flatten()
}

/// The text of a literal.
fn literal(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    let written = literal.to_string();
    let inside = written.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut rest = inside.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match rest.next()? {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            '\n' => while rest.next_if(|c| c.is_whitespace()).is_some() {},
            'u' => {
                let code: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
                text.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
            }
            c => text.push(c),
        }
    }
    Some(text)
}

/// The files of Rust below a folder, without those of tests.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_tests = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !is_tests {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !is_tests {
            found.push(path);
        }
    }
    found
}

type Texts = BTreeMap<String, String>;

/// The catalogue: each sentence with its translations. No sentence stands in two files.
fn catalogue() -> BTreeMap<String, Texts> {
    let folder = Path::new(crate::ROOT).join("crates/editorial/messages");
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = fs::read(&path).unwrap();
        let texts: BTreeMap<String, Texts> = serde_json::from_slice(&file)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for (sentence, texts) in texts {
            let twice = all.insert(sentence.clone(), texts);
            assert!(
                twice.is_none(),
                "{}: {sentence:?} stands twice",
                path.display()
            );
        }
    }
    all
}

/// The places of a sentence, sorted.
fn places(sentence: &str) -> Vec<&str> {
    let mut places = editorial::diagnostics::places(sentence);
    places.sort_unstable();
    places
}

#[test]
fn every_message_is_there_in_every_language_with_the_same_places() {
    let code = Code::read();
    assert!(code.sentences.len() > 700, "only {}", code.sentences.len());
    let catalogue = catalogue();
    let mut wrong = Vec::new();
    for (sentence, file) in &code.sentences {
        let none = Texts::new();
        let texts = catalogue.get(sentence).unwrap_or(&none);
        for lang in LANGS {
            match texts.get(lang) {
                Some(text) if places(text) == places(sentence) && !text.trim().is_empty() => {}
                Some(text) => wrong.push(format!("{lang} has other places: {text}")),
                None => wrong.push(format!("{}: no {lang} for {sentence:?}", file.display())),
            }
        }
        let known: BTreeSet<&str> = LANGS.into_iter().collect();
        let others = texts.keys().filter(|lang| !known.contains(lang.as_str()));
        wrong.extend(others.map(|lang| format!("{sentence:?} has a text in {lang}")));
    }
    let unused = catalogue
        .keys()
        .filter(|key| !code.sentences.contains_key(*key));
    wrong.extend(unused.map(|key| format!("the code does not say {key:?}")));
    let words = code.verbatim.iter().filter(|text| text.contains(' '));
    wrong.extend(words.map(|text| format!("{text:?} is said in English alone")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sentences_are_found_however_they_are_written() {
    let mut code = Code::default();
    let text = r#"
        // message!("a comment")
        #[serde(expecting = "b")]
        struct A;
        fn f() { vec![message!("c \"{name}\"", name = g(message!("d \
            e"))), crate::message! { "f\u{e9}" }]; sentence!("g"); "message!(\"h\")"; Message::verbatim("i j"); }
        mod tests { fn f() { message!("k"); } }
    "#;
    code.collect(text.parse().unwrap(), Path::new("x.rs"));
    let found: Vec<&str> = code.sentences.keys().map(String::as_str).collect();
    assert_eq!(found, ["b", "c \"{name}\"", "d e", "fé", "g"]);
    assert_eq!(code.verbatim, ["i j"]);
}

/// The report of `site check` on a folder, in a language.
fn report(folder: &Path, lang: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(["check", "--lang", lang])
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(text(&output.stderr), "", "{lang}");
    text(&output.stdout)
}

#[test]
fn a_report_is_in_the_language_that_was_asked_for() {
    let root = Path::new(crate::ROOT).join("tests/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(root.join("check"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    let mut mistakes = 0;
    for (number, case) in cases.iter().step_by(SAMPLE).enumerate() {
        let folder = tempfile::tempdir().unwrap();
        copy(&root.join("base"), folder.path());
        crate::check::overlay(case, folder.path());
        let lang = LANGS[number % LANGS.len()];
        let english = fs::read_to_string(case.join("expected.txt")).unwrap();
        let said = report(folder.path(), lang);
        let lines: Vec<(&str, &str)> = english.lines().zip(said.lines()).collect();
        assert_eq!(english.lines().count(), said.lines().count(), "{said}");
        for (line, translated) in lines {
            let is_place = ["-->", "|"]
                .iter()
                .any(|sign| line.trim_start().starts_with(sign));
            let is_source = line
                .split_once(" |")
                .is_some_and(|(at, _)| at.parse::<u32>().is_ok());
            if line.is_empty() || is_place || is_source {
                assert_eq!(line, translated, "{}", case.display());
            } else {
                assert_ne!(line, translated, "{}", case.display());
                mistakes += 1;
            }
        }
    }
    assert!(mistakes > 200, "only {mistakes} lines were compared");
}
