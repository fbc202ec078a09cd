//! Apache 2.4, with `mod_headers`, `mod_mime`, `mod_dir` and `mod_rewrite`.
//!
//! A path that is none of our own addresses is not found, as with the other hosts. The rules read
//! the request line as it was sent, because Apache has decoded the path and merged its slashes
//! before it reads `.htaccess`.

use super::Host;
use crate::hosting::own_address::{self, SEGMENT};
use crate::hosting::policy::{self, FEEDS, TYPES};
use crate::output::hashed_file;
use std::fmt::Write;

impl Host {
    /// A file `.htaccess` for the site's folder.
    pub(super) fn apache(&self) -> String {
        let mut text = "# Put this into the site's folder as .htaccess; the host allows it with `AllowOverride All`. Apache leads on under the\n\
            # name that was asked for: `UseCanonicalName On` in its own settings makes that your `ServerName`. `TraceEnable off`\n\
            # belongs there too.\n\
            Options -Indexes -MultiViews\nDirectoryIndex index.html\n\n"
            .to_owned();
        text.push_str(&types());
        text.push_str(&self.apache_headers());
        text.push_str(&self.apache_not_found());
        text.push_str(&self.apache_rewrites());
        text
    }

    fn apache_headers(&self) -> String {
        let mut text = String::new();
        for (name, value) in policy::common(self.embedding) {
            let _ = writeln!(text, "Header always set {name} \"{value}\"");
        }
        // For an unknown address, these see the path of the not-found page.
        let hashed = format!(
            "%{{REQUEST_URI}} =~ m#^{}{}#",
            self.base_pattern(),
            hashed_file::FOLDER
        );
        let feeds = FEEDS
            .map(|(file, _)| format!("/{}$", file.replace('.', "\\.")))
            .join("|");
        let shared = format!(
            "%{{REQUEST_URI}} =~ m#^{}{}|{feeds}#",
            self.base_pattern(),
            policy::CARDS
        );
        let _ = writeln!(
            text,
            "Header always set {} \"{}\" \"expr=!({hashed})\"",
            policy::CACHE_CONTROL,
            policy::NO_CACHE
        );
        let _ = writeln!(
            text,
            "Header always set {} \"{}\" \"expr={hashed}\"",
            policy::CACHE_CONTROL,
            policy::IMMUTABLE
        );
        let [page, file] = Self::content_security();
        for (value, condition) in [(page, format!("!({hashed})")), (file, hashed)] {
            let _ = writeln!(
                text,
                "Header always set {} \"{value}\" \"expr={condition}\"",
                policy::CONTENT_SECURITY
            );
        }
        let _ = writeln!(
            text,
            "Header always set {} \"{}\" \"expr=!({shared})\"",
            policy::RESOURCE_POLICY,
            policy::SAME_ORIGIN
        );
        let _ = writeln!(
            text,
            "Header always set {} \"{}\" \"expr={shared}\"\n",
            policy::RESOURCE_POLICY,
            policy::CROSS_ORIGIN
        );
        text
    }

    fn apache_not_found(&self) -> String {
        let base = &self.base;
        let mut text = format!("ErrorDocument 404 {base}404.html\n");
        for (lang, page) in self.not_found_pages() {
            let of = format!("%{{REQUEST_URI}} =~ m#^{}{lang}/#", self.base_pattern());
            let _ = writeln!(
                text,
                "<If \"{of}\">\n    ErrorDocument 404 {base}{page}\n</If>"
            );
        }
        text.push('\n');
        text
    }

    fn apache_rewrites(&self) -> String {
        let mut text = REWRITING.to_owned();
        let rules = self.apache_refusals() + self.apache_redirects().as_str();
        // The not-found page is an internal redirect, which skips all of these rules.
        let count = rules.matches("RewriteRule ").count();
        let _ = writeln!(
            text,
            "RewriteCond %{{ENV:REDIRECT_STATUS}} .\nRewriteRule ^ - [S={count}]"
        );
        text.push_str(&rules);
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

    /// Rules that refuse requests.
    fn apache_refusals(&self) -> String {
        let below = own_address::below();
        let mut text =
            "RewriteCond %{REQUEST_METHOD} !^(?:GET|HEAD)$\nRewriteRule ^ - [R=405,L]\n".to_owned();
        if let Some(folder) = self
            .base_pattern()
            .strip_suffix('/')
            .filter(|folder| !folder.is_empty())
        {
            // The folder without its last slash is no path below the base.
            let asked = format!("{ASKED}{folder}[? ]");
            let _ = writeln!(
                text,
                "RewriteCond %{{THE_REQUEST}} \"{asked}\"\nRewriteRule ^ {} [R=308,L]",
                self.base
            );
        }
        let asked = format!("!{}{below}[? ]", self.asked_below());
        let _ = writeln!(
            text,
            "RewriteCond %{{THE_REQUEST}} \"{asked}\"\nRewriteRule ^ - [R=404,L]"
        );
        text
    }

    /// Redirects of earlier and guessed addresses, and rules for folders.
    fn apache_redirects(&self) -> String {
        let (base, below) = (&self.base, own_address::below());
        let mut text = format!(
            "RewriteCond %{{THE_REQUEST}} \"{}((?:{SEGMENT}/)+)index\\.html[? ]\"\nRewriteRule ^ {base}%1 [R=308,L]\n",
            self.asked_below()
        );
        // Patterns in `.htaccess` match the path below its folder.
        for (from, to) in &self.redirects {
            let from = from
                .strip_prefix(base.as_str())
                .unwrap_or(from)
                .replace('.', "\\.");
            let _ = writeln!(text, "RewriteRule ^{from}$ {to} [R=308,L]");
        }
        for (guess, lang) in self.guessed_segments() {
            let _ = writeln!(
                text,
                "RewriteRule ^{guess}(?:/({below}))?$ {base}{lang}/$1 [R=308,L]"
            );
        }
        let _ = writeln!(
            text,
            "RewriteCond %{{THE_REQUEST}} \"{}((?:{SEGMENT}/)*{SEGMENT})[? ]\"\n\
             RewriteCond %{{REQUEST_FILENAME}} -d\nRewriteRule ^ {base}%1/ [R=308,L]\n\
             RewriteCond %{{REQUEST_FILENAME}} -d\nRewriteCond %{{REQUEST_FILENAME}}/index.html !-f\nRewriteRule ^ - [R=404,L]",
            self.asked_below()
        );
        text
    }

    /// A pattern for the beginning of a request line that asks for something below the base.
    fn asked_below(&self) -> String {
        format!("{ASKED}{}", self.base_pattern())
    }
}

/// A pattern for the beginning of a request line, up to its path.
const ASKED: &str = "^[A-Z]+ (?:[Hh][Tt][Tt][Pp][Ss]?://[^/?# ]*)?";

/// The rules also match a folder without its last slash, and redirect by themselves.
const REWRITING: &str = "DirectorySlash Off\nRewriteEngine On\nRewriteOptions AllowNoSlash\n";

/// A compressed file has the type of its original; `.br` must not be taken for Breton.
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
        let _ = writeln!(
            text,
            "<FilesMatch \"^{file}(\\.(br|gz))?$\">\n    ForceType {kind}\n</FilesMatch>"
        );
    }
    text.push('\n');
    text
}
