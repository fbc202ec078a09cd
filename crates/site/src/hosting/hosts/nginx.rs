//! nginx.
//!
//! A path that is none of our own addresses is not found, before nginx decodes it or merges its
//! slashes. So a `Location` header takes nothing from a request but our own segments and the query
//! as it was sent.

use super::{Host, root};
use crate::hosting::own_address::{self, SEGMENT};
use crate::hosting::policy::{self, FEEDS, TYPES, UNKNOWN_TYPE};
use crate::output::hashed_file;
use crate::publish::security_txt::FILE as SECURITY;
use editorial::diagnostics::Failure;
use std::collections::BTreeMap;
use std::fmt::Write;

impl Host {
    /// A file to include in nginx's `http` block.
    ///
    /// # Errors
    /// Where nginx cannot express the root folder's name.
    pub(super) fn nginx(&self) -> Result<String, Failure> {
        let root = root::for_nginx(&self.root)?;
        Ok(format!(
            "# Include this in the http block of nginx. Listening, names and certificates are yours to add. This server is the\n\
             # portal's alone: it knows no address but those that the portal can have.\n\
             {}\
             server {{\n    \
                 listen 80;\n    \
                 root {root};\n    \
                 index index.html;\n    \
                 autoindex off;\n    \
                 absolute_redirect off;\n    \
                 server_tokens off;\n    \
                 charset utf-8;\n    \
                 charset_types text/css text/plain text/javascript text/calendar text/csv text/vtt;\n    \
                 # Compressed files beside the others. Brotli needs the module ngx_brotli; where it is there:\n    \
                 # brotli_static on;\n    \
                 gzip_static on;\n    \
                 gzip_vary on;\n    \
                 {}\n    \
                 default_type {UNKNOWN_TYPE};\n\n\
             {}\n\
             {}\
             }}\n",
            self.nginx_maps(),
            types(),
            headers(self.embedding),
            self.nginx_places(),
        ))
    }

    /// Variables that depend on the request line alone.
    fn nginx_maps(&self) -> String {
        let (base, pattern) = (&self.base, self.base_pattern());
        let mut text = String::new();
        let _ = writeln!(text, "map $uri $portal_cache {{");
        let _ = writeln!(text, "    default \"{}\";", policy::NO_CACHE);
        let _ = writeln!(
            text,
            "    \"~^{pattern}{}\" \"{}\";\n}}",
            hashed_file::FOLDER,
            policy::IMMUTABLE
        );
        let [page, file] = Self::content_security();
        let _ = writeln!(
            text,
            "map $uri $portal_content {{\n    default \"{page}\";\n    \"~^{pattern}{}\" \"{file}\";\n}}",
            hashed_file::FOLDER
        );
        let _ = writeln!(text, "map $uri $portal_sharing {{");
        let _ = writeln!(text, "    default \"{}\";", policy::SAME_ORIGIN);
        let _ = writeln!(
            text,
            "    \"~^{pattern}{}\" \"{}\";",
            policy::CARDS,
            policy::CROSS_ORIGIN
        );
        for (file, _) in FEEDS {
            let _ = writeln!(
                text,
                "    \"~/{}$\" \"{}\";",
                file.replace('.', "\\."),
                policy::CROSS_ORIGIN
            );
        }
        let _ = writeln!(
            text,
            "}}\nmap $uri $portal_lost {{\n    default \"{base}404.html\";"
        );
        for (lang, page) in self.not_found_pages() {
            let _ = writeln!(text, "    \"~^{pattern}{lang}/\" \"{base}{page}\";");
        }
        let below = own_address::below();
        let _ = writeln!(
            text,
            "}}\nmap $request_uri $portal_knows {{\n    default 0;\n    \"~^(?:{pattern}|/){below}(?:\\?|$)\" 1;"
        );
        text.push_str(
            "}\nmap $request_method $portal_allow {\n    default \"GET, HEAD\";\n    GET \"\";\n    HEAD \"\";\n}\n",
        );
        text
    }

    /// Rules that refuse requests, redirect, and serve feeds and folders.
    fn nginx_places(&self) -> String {
        let (base, pattern) = (&self.base, self.base_pattern());
        let mut text = NOWHERE.to_owned();
        let _ = writeln!(
            text,
            "    if ($request_uri ~ \"^({pattern}(?:{SEGMENT}/)+)index\\.html(?:\\?|$)\") {{ return 308 $1$is_args$args; }}"
        );
        for (from, to) in &self.redirects {
            let _ = writeln!(
                text,
                "    location = {from} {{ return 308 {to}$is_args$args; }}"
            );
        }
        let below = own_address::below();
        for (guess, lang) in self.guessed_segments() {
            let _ = writeln!(
                text,
                "    location ~ \"^{pattern}{guess}(?:/({below}))?$\" {{ return 308 {base}{lang}/$1$is_args$args; }}"
            );
        }
        for (file, kind) in FEEDS {
            let file = file.replace('.', "\\.");
            let _ = writeln!(
                text,
                "    location ~ \"/{file}$\" {{ types {{ }} default_type {kind}; }}"
            );
        }
        if let Some(folder) = base.strip_suffix('/').filter(|folder| !folder.is_empty()) {
            let _ = writeln!(
                text,
                "    location = {folder} {{ return 308 {base}$is_args$args; }}"
            );
            // The file belongs at the root of the host, wherever the site is.
            let _ = writeln!(
                text,
                "    location = /{SECURITY} {{ rewrite ^ {base}{SECURITY} break; }}"
            );
        }
        let _ = writeln!(
            text,
            "    location ~ \"^(?:{pattern}|/)(?:{SEGMENT}/)*{SEGMENT}$\" {{\n        \
                 if (-d $request_filename) {{ return 308 $uri/$is_args$args; }}\n    }}"
        );
        text
    }
}

/// Rules that refuse requests. They do not apply to the not-found page, which is served by an
/// internal redirect.
const NOWHERE: &str = "    error_page 404 @portal_lost;\n    \
    error_page 403 =404 @portal_lost;\n    \
    location @portal_lost { rewrite ^ $portal_lost break; }\n    \
    if ($request_method !~ \"^(?:GET|HEAD)$\") { return 405; }\n    \
    if ($portal_knows = 0) { return 404; }\n";

/// The media types; nginx adds the character set itself.
fn types() -> String {
    let mut endings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (ending, kind) in TYPES {
        endings
            .entry(kind.split(';').next().unwrap_or(kind))
            .or_default()
            .push(ending);
    }
    let lines = endings
        .iter()
        .map(|(kind, endings)| format!("        {kind} {};\n", endings.join(" ")));
    format!("types {{\n{}    }}", lines.collect::<String>())
}

fn headers(embedding: policy::Embedding) -> String {
    let mut text = String::new();
    for (name, value) in policy::common(embedding) {
        let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
    }
    let _ = writeln!(
        text,
        "    add_header {} $portal_cache always;",
        policy::CACHE_CONTROL
    );
    let _ = writeln!(
        text,
        "    add_header {} $portal_sharing always;",
        policy::RESOURCE_POLICY
    );
    let _ = writeln!(
        text,
        "    add_header {} $portal_content always;",
        policy::CONTENT_SECURITY
    );
    let _ = writeln!(text, "    add_header Allow $portal_allow always;");
    text
}
