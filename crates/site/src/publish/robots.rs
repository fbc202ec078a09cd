//! `robots.txt` (RFC 9309): allows every page except lists of search results.

use crate::publish::sitemap::INDEX;
use model::route::Route;
use model::{Lang, Site};

/// The file's path below the site's base. Robots look for it at the root of the host only.
pub(crate) const FILE: &str = "robots.txt";

/// The text of the file.
pub(crate) fn robots(site: &Site) -> String {
    let index = site.file_address(INDEX);
    let result = |lang: &Lang| format!("Disallow: {}?q=\n", Route::Search(*lang).href(&site.base));
    let results: String = site.languages.iter().map(result).collect();
    format!("User-agent: *\nAllow: /\n{results}\nSitemap: {index}\n")
}
