//! The addresses of posts within a WordPress, by which links of texts find them: permalinks, and the
//! numbers that always work (`/?p=12`).

use serde_json::Value;
use std::collections::BTreeMap;

/// The articles that addresses lead to.
#[derive(Default)]
pub(super) struct Permalinks {
    by_address: BTreeMap<String, String>,
    by_number: BTreeMap<u64, String>,
    /// The host and the path of the WordPress itself.
    home: String,
}

impl Permalinks {
    /// None yet. `home` is the address of the WordPress.
    pub(super) fn new(home: &str) -> Self {
        Self {
            home: comparable(home),
            ..Self::default()
        }
    }

    /// Remembers which article a post belongs to. `post` is what lists show of it.
    pub(super) fn add(&mut self, number: u64, post: &Value, article: &str) {
        self.by_number.insert(number, article.to_owned());
        let link = post["link"].as_str().unwrap_or_default();
        let address = comparable(link);
        if number_in(link).is_none() && !address.is_empty() && address != self.home {
            self.by_address.insert(address, article.to_owned());
        }
    }

    /// The article that an address leads to.
    pub(super) fn article(&self, address: &str) -> Option<String> {
        let known = comparable(address);
        let by_number = || self.by_number.get(&number_in(address)?);
        let found = if known == self.home {
            by_number()
        } else {
            self.by_address.get(&known)
        };
        found.cloned()
    }
}

/// The number of a post in a query.
fn number_in(address: &str) -> Option<u64> {
    let (_, query) = address.split('#').next()?.split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix("p="));
    value?.parse().ok()
}

/// An address without its scheme, its `www.`, its end, its query, and the part of the page that it
/// names. Percent-encoding differs from text to text, so it is undone.
fn comparable(address: &str) -> String {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let address = address.strip_prefix("www.").unwrap_or(address);
    import::decoded(address.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_post_is_found_by_its_permalink_and_by_its_number() {
        let mut links = Permalinks::new("https://www.a.example/blog");
        let named = json!({"link": "https://www.a.example/blog/2026/10/b%E1%BA%BFn-m%E1%BB%9Bi/"});
        links.add(5, &named, "5");
        links.add(7, &json!({"link": "https://www.a.example/blog/?p=7"}), "5");
        links.add(9, &json!({}), "9");
        for (address, article) in [
            (
                "https://www.a.example/blog/2026/10/b%E1%BA%BFn-m%E1%BB%9Bi/",
                Some("5"),
            ),
            ("http://a.example/blog/2026/10/bến-mới#more", Some("5")),
            (
                "https://a.example/blog/2026/10/bến-mới/?utm_source=x",
                Some("5"),
            ),
            ("https://a.example/blog/?p=7", Some("5")),
            ("https://a.example/blog/?lang=en&p=9#a", Some("9")),
            ("https://a.example/blog/?p=8", None),
            ("https://a.example/blog/", None),
            ("https://a.example/blog/2026/10/", None),
            ("https://b.example/?p=7", None),
        ] {
            assert_eq!(links.article(address).as_deref(), article, "{address}");
        }
    }
}
