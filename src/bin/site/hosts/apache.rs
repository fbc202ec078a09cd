//! Apache 2.4, with `mod_headers`, `mod_mime`, `mod_dir` and `mod_rewrite`.

use super::Host;
use crate::policy::{self, FEEDS, TYPES};
use std::fmt::Write;

impl Host {
    /// A file `.htaccess` for the site's folder.
    pub(super) fn apache(&self) -> String {
        let mut text = "# Put this into the site's folder as .htaccess; the host allows it with `AllowOverride All`.\n\
            Options -Indexes -MultiViews\nDirectoryIndex index.html\n\n"
            .to_owned();
        text.push_str(&types());
        text.push_str(&self.apache_headers());
        text.push_str(&self.apache_lost());
        text.push_str(&self.apache_rewrites());
        text
    }

    fn apache_headers(&self) -> String {
        let mut text = String::new();
        for (name, value) in policy::common() {
            let _ = writeln!(text, "Header always set {name} \"{value}\"");
        }
        // Where nothing is at an address, these ask for the address of the page that says so.
        let hashed = format!("%{{REQUEST_URI}} =~ m#^{}{}#", self.base_pattern(), policy::HASHED);
        let feeds = FEEDS.map(|(file, _)| format!("/{}$", file.replace('.', "\\."))).join("|");
        let shared = format!("%{{REQUEST_URI}} =~ m#^{}{}|{feeds}#", self.base_pattern(), policy::CARDS);
        let _ = writeln!(text, "Header always set {} \"{}\" \"expr=!({hashed})\"", policy::CACHE, policy::ASK);
        let _ = writeln!(text, "Header always set {} \"{}\" \"expr={hashed}\"", policy::CACHE, policy::FOR_EVER);
        let _ = writeln!(text, "Header always set {} \"{}\" \"expr=!({shared})\"", policy::SHARING, policy::OURS);
        let _ = writeln!(text, "Header always set {} \"{}\" \"expr={shared}\"\n", policy::SHARING, policy::ANYBODYS);
        text
    }

    fn apache_lost(&self) -> String {
        let base = &self.base;
        let mut text = format!("ErrorDocument 404 {base}404.html\n");
        for (lang, page) in self.lost() {
            let of = format!("%{{REQUEST_URI}} =~ m#^{}{lang}/#", self.base_pattern());
            let _ = writeln!(text, "<If \"{of}\">\n    ErrorDocument 404 {base}{page}\n</If>");
        }
        text.push('\n');
        text
    }

    fn apache_rewrites(&self) -> String {
        let base = &self.base;
        let mut text = "RewriteEngine On\n".to_owned();
        // Within a folder's file the patterns begin below that folder.
        for (from, to) in &self.moves {
            let below = from.strip_prefix(base.as_str()).unwrap_or(from);
            let _ = writeln!(text, "RewriteRule ^{}$ {to} [R=308,L]", below.replace('.', "\\."));
        }
        for (guess, lang) in self.guessed() {
            let _ = writeln!(text, "RewriteRule ^{guess}(?:/([A-Za-z0-9/._-]*))?$ {base}{lang}/$1 [R=308,L]");
        }
        let _ = writeln!(
            text,
            "RewriteCond %{{THE_REQUEST}} \" {}([^? ]+/)index\\.html[? ]\"\nRewriteRule ^ {base}%1 [R=308,L]",
            self.base_pattern()
        );
        for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
            let _ = writeln!(
                text,
                "RewriteCond %{{HTTP:Accept-Encoding}} \\b{encoding}\\b\n\
                 RewriteCond %{{REQUEST_FILENAME}}.{ending} -f\n\
                 RewriteRule ^(.+)$ $1.{ending} [L]"
            );
        }
        text.push_str(COMPRESSED);
        text
    }
}

/// A compressed file has the type of the file that it was made from; `.br` must not be taken for Breton.
const COMPRESSED: &str = "RemoveLanguage .br\nRemoveType .gz\nAddEncoding br .br\nAddEncoding gzip .gz\n\
    Header append Vary Accept-Encoding\n";

fn types() -> String {
    let mut text = String::new();
    for (ending, kind) in TYPES {
        let (kind, charset) = kind.split_once("; charset=").unwrap_or((kind, ""));
        let _ = writeln!(text, "AddType {kind} .{ending}");
        if !charset.is_empty() {
            let _ = writeln!(text, "AddCharset {charset} .{ending}");
        }
    }
    for (file, kind) in FEEDS {
        let file = file.replace('.', "\\.");
        let _ = writeln!(text, "<FilesMatch \"^{file}(\\.(br|gz))?$\">\n    ForceType {kind}\n</FilesMatch>");
    }
    text.push('\n');
    text
}
