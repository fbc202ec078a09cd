//! `_headers` and `_redirects`, as Netlify and Cloudflare Pages read them.
//!
//! Where two rules match an address, these hosts join the values of a header that both set. So no
//! two rules that can match one address set the same header, but for the content security policy:
//! of two policies, a browser follows both, so that files with a hash have the strict one as well. `Cache-Control` of pages is left to
//! the host, which revalidates by default. Pages have no [`policy::RESOURCE_POLICY`], because no
//! rule could exempt the feeds from it.

use super::Host;
use crate::hosting::policy;
use crate::output::hashed_file;
use std::fmt::Write;

impl Host {
    /// The file of headers.
    pub(super) fn headers_file(&self) -> String {
        let base = &self.base;
        let mut text = String::new();
        let mut rule = |path: String, headers: &[(&str, &str)]| {
            let _ = writeln!(text, "{path}");
            for (name, value) in headers {
                let _ = writeln!(text, "  {name}: {value}");
            }
        };
        let [page, file] = Self::content_security();
        let common = policy::common(self.embedding);
        let mut common: Vec<(&str, &str)> = common
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        common.push((policy::CONTENT_SECURITY, &page));
        rule(format!("{base}*"), &common);
        let hashed = [
            (policy::CONTENT_SECURITY, file.as_str()),
            (policy::CACHE_CONTROL, policy::IMMUTABLE),
            (policy::RESOURCE_POLICY, policy::SAME_ORIGIN),
        ];
        rule(format!("{base}{}*", hashed_file::FOLDER), &hashed);
        rule(
            format!("{base}{}*", policy::CARDS),
            &[(policy::RESOURCE_POLICY, policy::CROSS_ORIGIN)],
        );
        for lang in self.languages.iter().map(|lang| lang.tag()) {
            for (file, kind) in policy::FEEDS {
                let headers = [
                    ("Content-Type", kind),
                    (policy::RESOURCE_POLICY, policy::CROSS_ORIGIN),
                ];
                rule(format!("{base}{lang}/{file}"), &headers);
                rule(format!("{base}{lang}/:section/{file}"), &headers);
            }
        }
        text
    }

    /// The file of redirects. The not-found pages at its end are for Netlify; Cloudflare Pages
    /// finds them by itself and reports that it ignores those lines.
    pub(super) fn redirects_file(&self) -> String {
        let base = &self.base;
        let mut text = String::new();
        for (from, to) in &self.redirects {
            let _ = writeln!(text, "{from} {to} 301");
        }
        for (guess, lang) in self.guessed_segments() {
            let _ = writeln!(text, "{base}{guess}/* {base}{lang}/:splat 301");
        }
        for (lang, page) in self.not_found_pages() {
            let _ = writeln!(text, "{base}{lang}/* {base}{page} 404");
        }
        text
    }
}
