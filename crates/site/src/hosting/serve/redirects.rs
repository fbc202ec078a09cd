//! Redirects, read from the site's own `_redirects`.

use crate::hosting::hosts::REDIRECTS_FILE;
use crate::hosting::own_address;
use crate::hosting::serve::folder::Folder;
use std::collections::HashMap;

/// The redirects of a site. All are paths below the site's base, of the form that [`own_address`]
/// describes. A line of the file that leads elsewhere is ignored.
#[derive(Default)]
pub(super) struct Redirects {
    /// Redirects of single paths.
    exact: HashMap<String, String>,
    /// Redirects of all paths with a prefix, and what replaces the prefix: `kr` and `ko/`.
    prefixes: Vec<(String, String)>,
}

impl Redirects {
    /// Reads the redirects of a site.
    pub(super) fn of(folder: &Folder, base: &str) -> Self {
        let text = folder.read(REDIRECTS_FILE).unwrap_or_default();
        Self::read(&String::from_utf8_lossy(&text), base)
    }

    /// Parses a text in the format of `_redirects`.
    pub(super) fn read(text: &str, base: &str) -> Self {
        let mut redirects = Self::default();
        for line in text.lines() {
            let [from, to, "301"] = line.split(' ').collect::<Vec<_>>()[..] else {
                continue;
            };
            let Some((from, to)) = from.strip_prefix(base).zip(to.strip_prefix(base)) else {
                continue;
            };
            let (prefix, place) = (from.strip_suffix("/*"), to.strip_suffix(":splat"));
            match prefix.zip(place) {
                Some((prefix, to))
                    if own_address::is_plain(prefix) && own_address::is_plain(to) =>
                {
                    redirects.prefixes.push((prefix.to_owned(), to.to_owned()));
                }
                None if own_address::is_plain(from) && own_address::is_plain(to) => {
                    redirects.exact.insert(from.to_owned(), to.to_owned());
                }
                _ => {}
            }
        }
        redirects
    }

    /// The target of the redirect for a path. Both are below the base.
    pub(super) fn of_path(&self, below: &str) -> Option<String> {
        self.exact.get(below).cloned().or_else(|| {
            self.prefixes.iter().find_map(|(prefix, to)| {
                let rest = below.strip_prefix(prefix.as_str())?;
                let rest = if rest.is_empty() {
                    rest
                } else {
                    rest.strip_prefix('/')?
                };
                Some(format!("{to}{rest}"))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Redirects;

    #[test]
    fn nothing_moves_but_from_the_site_to_the_site() {
        let redirects = Redirects::read(
            "/portal/vi/old/ /portal/vi/new/ 301\n/portal/kr/* /portal/ko/:splat 301\n/portal/vi/* /portal/vi/404.html 404\n\
             /portal/a //evil.example/ 301\n/portal/b https://evil.example/ 301\n/portal/c /portal//evil.example/ 301\n\
             /portal/d /portal/\\evil.example/ 301\n/portal/e /portal/../x 301\n/portal/f /elsewhere/ 301\n\
             /portal//g /portal/vi/ 301\n/portal/h/* /portal//:splat 301\n/portal/i/* https://evil.example/:splat 301\n\
             /portal/* //evil.example/:splat 301\n",
            "/portal/",
        );
        for (path, to) in [
            ("vi/old/", Some("vi/new/")),
            ("kr", Some("ko/")),
            ("kr/", Some("ko/")),
            ("kr/port/x", Some("ko/port/x")),
            ("krx/", None),
            ("vi/x", None),
            ("a", None),
            ("b", None),
            ("c", None),
            ("d", None),
            ("e", None),
            ("f", None),
            ("/g", None),
            ("h/evil.example", None),
            ("i/x", None),
        ] {
            assert_eq!(redirects.of_path(path).as_deref(), to, "{path}");
        }
    }
}
