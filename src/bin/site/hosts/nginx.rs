//! nginx.
//!
//! Nothing that a request decides about stands in a header without a pattern around it that admits no line end.

use super::Host;
use crate::policy::{self, FEEDS, TYPES, UNKNOWN_TYPE};
use std::collections::BTreeMap;
use std::fmt::Write;

/// What an address of ours is made of.
const PLAIN: &str = "[A-Za-z0-9/._-]*";

impl Host {
    /// A file to include in nginx's `http` block.
    pub(super) fn nginx(&self) -> String {
        let Self { root, .. } = self;
        format!(
            "# Include this in the http block of nginx. Listening, names and certificates are yours to add.\n\
             {}\
             server {{\n    \
                 listen 80;\n    \
                 root \"{root}\";\n    \
                 index index.html;\n    \
                 absolute_redirect off;\n    \
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
            headers(),
            self.nginx_places(),
        )
    }

    /// What depends on the address alone.
    fn nginx_maps(&self) -> String {
        let (base, pattern) = (&self.base, self.base_pattern());
        let mut text = String::new();
        let _ = writeln!(text, "map $uri $portal_cache {{");
        let _ = writeln!(text, "    default \"{}\";", policy::ASK);
        let _ = writeln!(text, "    \"~^{pattern}{}\" \"{}\";\n}}", policy::HASHED, policy::FOR_EVER);
        let _ = writeln!(text, "map $uri $portal_sharing {{");
        let _ = writeln!(text, "    default \"{}\";", policy::OURS);
        let _ = writeln!(text, "    \"~^{pattern}{}\" \"{}\";", policy::CARDS, policy::ANYBODYS);
        for (file, _) in FEEDS {
            let _ = writeln!(text, "    \"~/{}$\" \"{}\";", file.replace('.', "\\."), policy::ANYBODYS);
        }
        let _ = writeln!(text, "}}\nmap $uri $portal_lost {{\n    default \"{base}404.html\";");
        for (lang, page) in self.lost() {
            let _ = writeln!(text, "    \"~^{pattern}{lang}/\" \"{base}{page}\";");
        }
        text.push_str("}\n");
        text
    }

    /// Moved addresses, feeds, folders, and what is nowhere.
    fn nginx_places(&self) -> String {
        let (base, pattern) = (&self.base, self.base_pattern());
        let mut text = "    error_page 404 $portal_lost;\n".to_owned();
        let _ = writeln!(
            text,
            "    if ($request_uri ~ \"^({pattern}[^?]+/)index\\.html(\\?.*)?$\") {{ return 308 $1$2; }}"
        );
        for (from, to) in &self.moves {
            let _ = writeln!(text, "    location = {from} {{ return 308 {to}$is_args$args; }}");
        }
        for (guess, lang) in self.guessed() {
            let _ = writeln!(
                text,
                "    location ~ \"^{pattern}{guess}(?:/({PLAIN}))?$\" {{ return 308 {base}{lang}/$1$is_args$args; }}"
            );
        }
        for (file, kind) in FEEDS {
            let file = file.replace('.', "\\.");
            let _ = writeln!(text, "    location ~ \"/{file}$\" {{ types {{ }} default_type {kind}; }}");
        }
        let _ = writeln!(
            text,
            "    location ~ \"^/{PLAIN}[A-Za-z0-9_-]$\" {{\n        \
                 if (-d $request_filename) {{ return 308 $uri/$is_args$args; }}\n    }}"
        );
        text
    }
}

/// The media types; nginx adds the character set itself.
fn types() -> String {
    let mut endings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (ending, kind) in TYPES {
        endings.entry(kind.split(';').next().unwrap_or(kind)).or_default().push(ending);
    }
    let lines = endings.iter().map(|(kind, endings)| format!("        {kind} {};\n", endings.join(" ")));
    format!("types {{\n{}    }}", lines.collect::<String>())
}

fn headers() -> String {
    let mut text = String::new();
    for (name, value) in policy::common() {
        let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
    }
    let _ = writeln!(text, "    add_header {} $portal_cache always;", policy::CACHE);
    let _ = writeln!(text, "    add_header {} $portal_sharing always;", policy::SHARING);
    text
}
