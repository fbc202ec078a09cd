//! `robots.txt` (RFC 9309): every page may be found; only lists of search results are not worth a visit.

use crate::publish::sitemap::INDEX;
use model::route::Route;
use model::{Lang, Site};

/// The file's path below the site's base. Robots look for it at the root of the host only.
pub(crate) const FILE: &str = "robots.txt";

/// What robots are told.
pub(crate) fn robots(site: &Site) -> String {
    let index = site.file_address(INDEX);
    let result = |lang: &Lang| format!("Disallow: {}?q=\n", Route::Search(*lang).href(&site.base));
    let results: String = site.languages.iter().map(result).collect();
    format!("User-agent: *\nAllow: /\n{results}\nSitemap: {index}\n")
}
