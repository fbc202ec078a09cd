//! The names in a file's code, read as tokens: comments and string literals do not count.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path as it is written: `crate::a::B` is `["crate", "a", "B"]`.
pub(super) type Written = Vec<String>;

/// All paths in a file's code, those of grouped imports one by one. A module of tests within the
/// file is left out.
pub(super) fn paths(code: &str) -> Vec<Written> {
    let tokens: TokenStream = code.parse().expect("a file of the project is Rust");
    let mut found = Vec::new();
    collect(tokens, &mut found);
    found
}

/// All identifiers and punctuation in a file's code, without literals and comments.
pub(super) fn words(code: &str) -> Vec<String> {
    fn collect(tokens: TokenStream, words: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => collect(group.stream(), words),
                TokenTree::Ident(word) => words.push(word.to_string()),
                TokenTree::Punct(mark) => words.push(mark.to_string()),
                TokenTree::Literal(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(
        code.parse().expect("a file of the project is Rust"),
        &mut found,
    );
    found
}

/// The types that a file declares, and the types that its inherent `impl` blocks belong to.
#[derive(Default)]
pub(super) struct Types {
    /// The names after `struct`, `enum` and `union`.
    pub(super) declared: Vec<String>,
    /// The names after `impl`, without traits.
    pub(super) implemented: Vec<String>,
}

impl Types {
    /// The types of a file's code.
    pub(super) fn of(code: &str) -> Self {
        let mut types = Self::default();
        types.collect(code.parse().expect("a file of the project is Rust"));
        types
    }

    fn collect(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) if is_braced(token) => self.collect(group.stream()),
                TokenTree::Ident(word)
                    if ["struct", "enum", "union"]
                        .iter()
                        .any(|keyword| word == keyword) =>
                {
                    if let Some(TokenTree::Ident(name)) = tokens.get(at + 1) {
                        self.declared.push(name.to_string());
                    }
                }
                TokenTree::Ident(word) if word == "impl" && begins_an_item(&tokens[..at]) => {
                    self.implemented.extend(inherent(&tokens[at + 1..]));
                }
                _ => {}
            }
        }
    }
}

/// Whether an `impl` after these tokens is a block, and not a type such as `impl Fn()`.
fn begins_an_item(before: &[TokenTree]) -> bool {
    match before.last() {
        None => true,
        Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::Parenthesis,
        Some(TokenTree::Ident(word)) => word == "unsafe",
        Some(TokenTree::Punct(mark)) => mark.as_char() == ';',
        Some(TokenTree::Literal(_)) => false,
    }
}

/// The name of the type in the head of an `impl` block, after the word `impl`; `None` where a trait
/// is implemented.
fn inherent(head: &[TokenTree]) -> Option<String> {
    let (mut depth, mut arrow, mut name) = (0, false, None);
    for token in head {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '<' => depth += 1,
            TokenTree::Punct(mark) if mark.as_char() == '>' && !arrow => depth -= 1,
            TokenTree::Ident(word) if depth == 0 && word == "for" => return None,
            TokenTree::Ident(word) if depth == 0 && word == "where" => break,
            TokenTree::Ident(word) if depth == 0 => name = Some(word.to_string()),
            TokenTree::Group(_) if depth == 0 => break,
            _ => {}
        }
        arrow = matches!(token, TokenTree::Punct(mark) if mark.as_char() == '-');
    }
    name
}

fn collect(tokens: TokenStream, found: &mut Vec<Written>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) if word == "mod" && is_tests(&tokens, at + 1) => at += 3,
            TokenTree::Ident(_) => at = path(&tokens, at, &[], found),
            TokenTree::Group(group) => {
                collect(group.stream(), found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Reads the path that begins at `at`. Returns the index after it.
fn path(tokens: &[TokenTree], mut at: usize, before: &[String], found: &mut Vec<Written>) -> usize {
    let mut written = before.to_vec();
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        written.push(word.to_string());
        at += 1;
        if !is_joined(tokens, at) {
            break;
        }
        at += 2;
        if matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == '*') {
            written.push("*".to_owned());
            break;
        }
        if let Some(TokenTree::Group(group)) = tokens.get(at).filter(|token| is_braced(token)) {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let mut inside = 0;
            while inside < inner.len() {
                let is_new_name = matches!(&inner[inside], TokenTree::Ident(word) if word == "as");
                inside = if is_new_name {
                    inside + 2
                } else {
                    path(&inner, inside, &written, found).max(inside + 1)
                };
            }
            return at + 1;
        }
    }
    if written.len() > before.len() {
        found.push(written);
    }
    at
}

fn is_tests(tokens: &[TokenTree], at: usize) -> bool {
    let name = matches!(tokens.get(at), Some(TokenTree::Ident(name)) if name == "tests");
    name && tokens.get(at + 1).is_some_and(is_braced)
}

fn is_joined(tokens: &[TokenTree], at: usize) -> bool {
    let colon =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(mark)) if mark.as_char() == ':');
    colon(at) && colon(at + 1)
}

fn is_braced(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

#[test]
fn paths_are_seen_however_they_are_written() {
    let seen = |code: &str| {
        paths(code)
            .into_iter()
            .map(|path| path.join("::"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        seen("use crate::{a, b::{c, D}};"),
        ["use", "crate::a", "crate::b::c", "crate::b::D"]
    );
    assert_eq!(
        seen("use super::super::pages;"),
        ["use", "super::super::pages"]
    );
    assert_eq!(
        seen("use super::{a as b, c};"),
        ["use", "super::a", "super::c"]
    );
    assert_eq!(seen("use super::*;"), ["use", "super::*"]);
    assert_eq!(
        seen("let x = \"https://a\"; crate::app::y()"),
        ["let", "x", "crate::app::y"]
    );
    assert_eq!(seen("// crate::app\n/* crate::pages */ a"), ["a"]);
    assert_eq!(seen("a; mod tests { use super::*; } b"), ["a", "b"]);
    assert_eq!(
        seen("view! { <p>{crate::app::z}</p> }"),
        ["view", "p", "crate::app::z", "p"]
    );
}

#[test]
fn inherent_implementations_are_told_from_those_of_traits() {
    let types = Types::of(
        "struct A; mod b { pub enum C {} impl<'a, F: Fn(&str) -> u8> super::D<'a, F> where F: for<'b> Fn(&'b str) {} }
         impl<T: Into<Vec<u8>>> From<T> for A { fn f() -> impl Fn() { struct E; impl E {} } }
         #[cfg(test)] impl A { fn g(_: impl Fn()) {} } unsafe impl Send for A {}",
    );
    assert_eq!(types.declared, ["A", "C", "E"]);
    assert_eq!(types.implemented, ["D", "E", "A"]);
}
