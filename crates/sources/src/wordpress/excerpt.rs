//! Tells an excerpt that somebody wrote from one that WordPress made of the text.

/// What themes put behind an excerpt that they made: a link to the rest.
const MORE: [&str; 3] = ["more-link", "link-more", "read-more"];

/// Whether an excerpt is nothing but the beginning of a text. WordPress leaves out pictures,
/// galleries and the like, so it may also be what follows them. Both are HTML.
pub(super) fn is_made_of(excerpt: &str, body: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let words = letters(without_end(&import::words(before_link(excerpt))));
    let mut rest = words.as_str();
    for block in import::texts(body) {
        let block = letters(&block);
        if rest.is_empty() || block.starts_with(rest) {
            return true;
        }
        // A block that is not in it was left out.
        rest = rest.strip_prefix(block.as_str()).unwrap_or(rest);
    }
    rest.is_empty()
}

/// The excerpt before the link of the theme.
fn before_link(excerpt: &str) -> &str {
    let at = MORE.iter().filter_map(|name| excerpt.find(name)).min();
    let end = at.and_then(|at| excerpt[..at].rfind('<'));
    end.map_or(excerpt, |end| &excerpt[..end])
}

/// The excerpt before the three dots at its end.
fn without_end(text: &str) -> &str {
    let text = text.trim_end();
    ["[…]", "[...]", "…", "..."]
        .iter()
        .find_map(|dots| text.strip_suffix(dots))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = "<figure><img src=a.jpg alt=x><figcaption>Cảng</figcaption></figure>\n<p>Tàu vào bến &#8220;mới&#8221; sáng nay.</p>\n<h2>Sau đó</h2>\n<p>Hàng được dỡ xuống.</p>";

    #[test]
    fn the_beginning_of_the_text_is_no_lead() {
        for (excerpt, is_made) in [
            ("<p>Tàu vào bến &#8220;mới&#8221; sáng [&hellip;]</p>", true),
            (
                "<p>Tàu vào bến &#8220;mới&#8221; sáng nay. Sau đó Hàng được dỡ xuống.</p>\n",
                true,
            ),
            (
                "<p>Tàu vào bến mới &hellip; <a class=\"more-link\" href=\"/x\">Đọc tiếp</a></p>",
                true,
            ),
            (
                "<p>Tàu vào bến &#8220;mới&#8221; sáng nay. Hàng được dỡ&hellip;</p>",
                true,
            ),
            ("", true),
            ("<p>Một bến tàu lớn hơn.</p>", false),
            ("<p>Sáng nay, tàu vào bến.</p>", false),
            ("<p>Tàu vào bến mới, và không đi nữa.</p>", false),
        ] {
            assert_eq!(is_made_of(excerpt, BODY), is_made, "{excerpt}");
        }
        assert!(!is_made_of("<p>Một bến.</p>", ""));
    }
}
