//! The configuration of hosts, so that they serve the site as `site serve` does: headers, media
//! types, redirects, not-found pages and compressed files. All of it is made from
//! [`crate::hosting::policy`] and [`crate::publish::redirects`].

mod apache;
mod caddy;
mod files;
mod nginx;
mod root;

use crate::hosting::policy::{self, Embedding};
use crate::output::hashed_file;
use crate::publish::redirects::{self, GUESSED_SEGMENTS};
use editorial::content::catalogue::Item;
use editorial::diagnostics::Failure;
use model::Lang;
use model::route::Route;

/// The file of headers that Netlify, Cloudflare Pages and others read.
pub(crate) const HEADERS_FILE: &str = "_headers";
/// The file of redirects that they read.
pub(crate) const REDIRECTS_FILE: &str = "_redirects";

/// A program or a service that serves files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// The file `_headers`, which the site has already
    Headers,
    /// The file `_redirects`, which the site has already
    Redirects,
    /// A file to include in the `http` block of nginx
    Nginx,
    /// A file `.htaccess` for Apache 2.4
    Apache,
    /// A Caddyfile for Caddy 2
    Caddy,
}

/// A host that reads a file of its own in the site. What Netlify and Cloudflare Pages read is in
/// every site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum InSite {
    /// `.htaccess` for Apache 2.4
    Apache,
}

/// The inputs of a host's configuration.
pub(crate) struct Host {
    /// The path that the site stands under, with a slash at both ends.
    base: String,
    /// The folder of the host's root: the site stands in it where its base is `/`, else below it.
    root: String,
    /// The earlier addresses of articles and their present ones, as absolute paths.
    redirects: Vec<(String, String)>,
    /// The languages that the portal has.
    languages: Vec<Lang>,
    /// What pages may load from other hosts.
    embedding: Embedding,
}

impl Host {
    /// A host for the site under `base`, whose files are below `root`, with these languages and
    /// articles.
    pub(crate) fn new<'a>(
        base: &str,
        root: &str,
        languages: &[Lang],
        items: impl Iterator<Item = &'a Item>,
    ) -> Self {
        let href = |route: &Route| route.href(base);
        let redirects = items
            .flat_map(redirects::redirects)
            .map(|moved| (href(&moved.from), href(&moved.to)))
            .collect();
        Self {
            base: base.to_owned(),
            root: root.to_owned(),
            redirects,
            languages: languages.to_vec(),
            embedding: Embedding::Refused,
        }
    }

    /// The same host for a portal whose pages may load this from other hosts.
    pub(crate) fn with(self, embedding: Embedding) -> Self {
        Self { embedding, ..self }
    }

    /// The content security policies in headers: that of pages and other files without a hash in
    /// their names, and that of files with one.
    fn content_security() -> [String; 2] {
        ["", hashed_file::FOLDER].map(policy::content_security_header)
    }

    /// The configuration in a format.
    ///
    /// # Errors
    /// Where the format cannot express the root folder's name.
    pub(crate) fn config(&self, format: Format) -> Result<String, Failure> {
        match format {
            Format::Headers => Ok(self.headers_file()),
            Format::Redirects => Ok(self.redirects_file()),
            Format::Nginx => self.nginx(),
            Format::Apache => Ok(self.apache()),
            Format::Caddy => self.caddy(),
        }
    }

    /// The path segments that people guess, each with the language's own segment.
    fn guessed_segments(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        GUESSED_SEGMENTS
            .into_iter()
            .filter(|(_, lang)| self.languages.contains(lang))
            .map(|(guess, lang)| (guess, lang.tag()))
    }

    /// The languages, each with the path of its not-found page below the base.
    fn not_found_pages(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.languages
            .iter()
            .map(|&lang| (lang.tag(), Route::NotFound(lang).file()))
    }

    /// The base as the beginning of a regular expression.
    fn base_pattern(&self) -> String {
        self.base.replace('.', "\\.")
    }
}

#[cfg(test)]
mod tests;
