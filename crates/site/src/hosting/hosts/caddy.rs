//! Caddy 2.
//!
//! Caddy sorts most directives by kind; within `route` they keep their order. A path that is none
//! of our own addresses is not found, as with nginx. The first rules read the path as it was sent,
//! the later ones Caddy's normalised path, which is the same by then.

use super::{Host, root};
use crate::hosting::own_address::{self, SEGMENT};
use crate::hosting::policy::{self, FEEDS, TYPES};
use crate::output::hashed_file;
use crate::publish::security_txt::FILE as SECURITY;
use editorial::diagnostics::Failure;
use std::fmt::Write;

impl Host {
    /// A Caddyfile.
    ///
    /// # Errors
    /// Where Caddy cannot express the root folder's name.
    pub(super) fn caddy(&self) -> Result<String, Failure> {
        let root = root::for_caddy(&self.root)?;
        Ok(format!(
            "# The name of your host in place of :80 brings a certificate with it. This site is the portal's alone: it knows no\n\
             # address but those that the portal can have.\n\
             :80 {{\n\troot * {root}\n{QUERY}{}{}\
             \troute {{\n{}{}\t\tfile_server {{\n\t\t\tdisable_canonical_uris\n\t\t\tprecompressed br gzip\n\t\t}}\n\t}}\n{}}}\n",
            self.caddy_headers(),
            types(),
            self.caddy_refusals(),
            self.caddy_redirects(),
            self.caddy_not_found(),
        ))
    }

    /// Rules that refuse requests.
    fn caddy_refusals(&self) -> String {
        let (pattern, below) = (self.base_pattern(), own_address::below());
        format!(
            "\t\t@other not method GET HEAD\n\t\theader @other Allow \"GET, HEAD\"\n\t\terror @other 405\n\
             \t\t@strange not vars_regexp {{http.request.uri}} `^(?:{pattern}|/){below}(?:\\?|$)`\n\
             \t\terror @strange 404\n"
        )
    }

    /// Redirects of earlier and guessed addresses, and rules for folders.
    fn caddy_redirects(&self) -> String {
        let (base, pattern, below) = (&self.base, self.base_pattern(), own_address::below());
        let mut text = format!(
            "\t\t@index path_regexp index `^({pattern}(?:{SEGMENT}/)+)index\\.html$`\n\
             \t\tredir @index {{re.index.1}}{{portal_query}} 308\n"
        );
        for (from, to) in &self.redirects {
            let _ = writeln!(text, "\t\tredir {from} {to}{{portal_query}} 308");
        }
        for (guess, lang) in self.guessed_segments() {
            let _ = writeln!(
                text,
                "\t\t@guess_{guess} path_regexp {guess} `^{pattern}{guess}(?:/({below}))?$`\n\
                 \t\tredir @guess_{guess} {base}{lang}/{{re.{guess}.1}}{{portal_query}} 308"
            );
        }
        text.push_str(FOLDERS);
        if base != "/" {
            // The file belongs at the root of the host, wherever the site is.
            let _ = writeln!(text, "\t\trewrite /{SECURITY} {base}{SECURITY}");
        }
        text
    }

    /// The headers. No two rules set the same header of one response, so their order does not
    /// matter.
    fn caddy_headers(&self) -> String {
        let base = &self.base;
        let mut text = "\theader {\n".to_owned();
        for (name, value) in policy::common(self.embedding) {
            let _ = writeln!(text, "\t\t{name} \"{value}\"");
        }
        text.push_str("\t}\n");
        let feeds = FEEDS.map(|(file, _)| format!("*/{file}")).join(" ");
        let hashed = format!("{base}{}*", hashed_file::FOLDER);
        let shared = format!("{base}{}* {feeds}", policy::CARDS);
        let [page, file] = Self::content_security();
        for (name, paths, header, value) in [
            (
                "hashed",
                format!("path {hashed}"),
                policy::CACHE_CONTROL,
                policy::IMMUTABLE,
            ),
            (
                "file",
                format!("path {hashed}"),
                policy::CONTENT_SECURITY,
                file.as_str(),
            ),
            (
                "changing",
                format!("not path {hashed}"),
                policy::CACHE_CONTROL,
                policy::NO_CACHE,
            ),
            (
                "page",
                format!("not path {hashed}"),
                policy::CONTENT_SECURITY,
                page.as_str(),
            ),
            (
                "shared",
                format!("path {shared}"),
                policy::RESOURCE_POLICY,
                policy::CROSS_ORIGIN,
            ),
            (
                "ours",
                format!("not path {shared}"),
                policy::RESOURCE_POLICY,
                policy::SAME_ORIGIN,
            ),
        ] {
            let _ = writeln!(
                text,
                "\t@{name} {paths}\n\theader @{name} {header} \"{value}\""
            );
        }
        text
    }

    /// Answers unknown addresses with a not-found page and a page's headers, whatever was asked
    /// for.
    fn caddy_not_found(&self) -> String {
        let base = &self.base;
        let mut text = "\thandle_errors {\n".to_owned();
        let mut page = policy::headers("404.html");
        policy::embed(&mut page, self.embedding);
        let kind = ("Content-Type", policy::content_type("404.html").to_owned());
        for (name, value) in page.iter().chain(std::iter::once(&kind)) {
            let _ = writeln!(text, "\t\theader {name} \"{value}\"");
        }
        for (lang, page) in self.not_found_pages() {
            let _ = writeln!(
                text,
                "\t\t@lost_{lang} {{\n\t\t\t{NOT_FOUND}\n\t\t\tpath {base}{lang}/*\n\t\t}}\n\
                 \t\thandle @lost_{lang} {{\n\t\t\trewrite * {base}{page}\n{AS_IT_IS}\t\t}}"
            );
        }
        let _ = writeln!(
            text,
            "\t\t@lost {NOT_FOUND}\n\t\thandle @lost {{\n\t\t\trewrite * {base}404.html\n{AS_IT_IS}\t\t}}\n\t}}"
        );
        text
    }
}

/// The query as it was sent, with its question mark, where there is one.
const QUERY: &str =
    "\tmap {query} {portal_query} {\n\t\t\"\" \"\"\n\t\tdefault \"?{query}\"\n\t}\n";

/// The address of a folder ends with a slash, and that of a file does not. Caddy's own rule for
/// this is switched off, because it redirects to any path that was asked for.
const FOLDERS: &str = "\t\t@folder {\n\t\t\tnot path */\n\t\t\tfile {path}/\n\t\t}\n\
    \t\tredir @folder {path}/{portal_query} 308\n\
    \t\t@nowhere {\n\t\t\tpath */\n\t\t\tnot file {path}/\n\t\t}\n\t\terror @nowhere 404\n";

/// Sends the page, whether or not the path of the request ends with a slash.
const AS_IT_IS: &str = "\t\t\tfile_server {\n\t\t\t\tdisable_canonical_uris\n\t\t\t}\n";

/// The condition that nothing was found.
const NOT_FOUND: &str = "expression {http.error.status_code} == 404";

fn types() -> String {
    let mut text = String::new();
    for (number, (file, kind)) in FEEDS.iter().enumerate() {
        let _ = writeln!(
            text,
            "\t@feed{number} path */{file}\n\theader @feed{number} Content-Type \"{kind}\""
        );
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
