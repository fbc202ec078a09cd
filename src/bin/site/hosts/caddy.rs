//! Caddy 2.

use super::Host;
use crate::policy::{self, FEEDS, TYPES};
use std::fmt::Write;

impl Host {
    /// A Caddyfile.
    pub(super) fn caddy(&self) -> String {
        let Self { root, .. } = self;
        format!(
            "# The name of your host in place of :80 brings a certificate with it.\n\
             :80 {{\n\troot * \"{root}\"\n{}{}{}\tfile_server {{\n\t\tprecompressed br gzip\n\t}}\n{}}}\n",
            self.caddy_moves(),
            self.caddy_headers(),
            types(),
            self.caddy_lost(),
        )
    }

    fn caddy_moves(&self) -> String {
        let (base, pattern) = (&self.base, self.base_pattern());
        let mut text =
            format!("\t@index path_regexp index ^({pattern}.+/)index\\.html$\n\tredir @index {{re.index.1}} 308\n");
        for (from, to) in &self.moves {
            let _ = writeln!(text, "\tredir {from} {to} 308");
        }
        for (guess, lang) in self.guessed() {
            let _ = writeln!(
                text,
                "\t@guess_{guess} path_regexp {guess} ^{pattern}{guess}(?:/([A-Za-z0-9/._-]*))?$\n\
                 \tredir @guess_{guess} {base}{lang}/{{re.{guess}.1}} 308"
            );
        }
        text
    }

    /// No two of these set the same header of one answer, so that their order does not matter.
    fn caddy_headers(&self) -> String {
        let base = &self.base;
        let mut text = "\theader {\n".to_owned();
        for (name, value) in policy::common() {
            let _ = writeln!(text, "\t\t{name} \"{value}\"");
        }
        text.push_str("\t}\n");
        let feeds = FEEDS.map(|(file, _)| format!("*/{file}")).join(" ");
        let hashed = format!("{base}{}*", policy::HASHED);
        let shared = format!("{base}{}* {feeds}", policy::CARDS);
        for (name, paths, header, value) in [
            ("hashed", format!("path {hashed}"), policy::CACHE, policy::FOR_EVER),
            ("changing", format!("not path {hashed}"), policy::CACHE, policy::ASK),
            ("shared", format!("path {shared}"), policy::SHARING, policy::ANYBODYS),
            ("ours", format!("not path {shared}"), policy::SHARING, policy::OURS),
        ] {
            let _ = writeln!(text, "\t@{name} {paths}\n\theader @{name} {header} \"{value}\"");
        }
        text
    }

    /// An answer to an unknown address is a page, whatever was asked for.
    fn caddy_lost(&self) -> String {
        let base = &self.base;
        let mut text = "\thandle_errors {\n".to_owned();
        let page = policy::headers("404.html");
        let kind = ("Content-Type", policy::content_type("404.html").to_owned());
        for (name, value) in page.iter().chain(std::iter::once(&kind)) {
            let _ = writeln!(text, "\t\theader {name} \"{value}\"");
        }
        for (lang, page) in self.lost() {
            let _ = writeln!(
                text,
                "\t\t@lost_{lang} {{\n\t\t\t{LOST}\n\t\t\tpath {base}{lang}/*\n\t\t}}\n\
                 \t\thandle @lost_{lang} {{\n\t\t\trewrite * {base}{page}\n\t\t\tfile_server\n\t\t}}"
            );
        }
        let _ = writeln!(
            text,
            "\t\t@lost {LOST}\n\t\thandle @lost {{\n\t\t\trewrite * {base}404.html\n\t\t\tfile_server\n\t\t}}\n\t}}"
        );
        text
    }
}

/// Where the error is that nothing is there.
const LOST: &str = "expression {http.error.status_code} == 404";

fn types() -> String {
    let mut text = String::new();
    for (number, (file, kind)) in FEEDS.iter().enumerate() {
        let _ = writeln!(text, "\t@feed{number} path */{file}\n\theader @feed{number} Content-Type \"{kind}\"");
    }
    for (ending, kind) in TYPES {
        // A feed has a type of its own.
        let feeds: Vec<String> = FEEDS.iter().map(|(file, _)| format!("*/{file}")).collect();
        let _ = writeln!(
            text,
            "\t@type_{ending} {{\n\t\tpath *.{ending}\n\t\tnot path {}\n\t}}\n\theader @type_{ending} Content-Type \"{kind}\"",
            feeds.join(" ")
        );
    }
    text
}
