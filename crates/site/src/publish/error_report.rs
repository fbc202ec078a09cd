//! The link at the end of an article that reports an error in it by mail. It is a paragraph of the
//! published body, so that neither pages nor the browser program know of it.

use editorial::content::duties::Duties;
use i18n::{Words, words};
use model::{Address, Block, Inline, Lang, Link};
use std::fmt::Write as _;

/// The paragraph at the end of an article that leads to the mailbox for errors, with subject and body
/// of the mail. `None` where the portal has no such mailbox.
pub(super) fn report_link(
    duties: &Duties,
    lang: Lang,
    title: &str,
    address: &str,
) -> Option<Block> {
    let mailbox = duties.report_errors.as_deref()?;
    let words = &words(lang).duties;
    let subject = Words::fill(words.report_subject, &[("title", title)]);
    let body = Words::fill(
        words.report_body,
        &[("address", address), ("language", lang.native_name())],
    );
    let to = format!(
        "mailto:{mailbox}?subject={}&body={}",
        encoded(&subject),
        encoded(&body.replace('\n', "\r\n"))
    );
    let to = Address::new(&to).ok()?;
    Some(Block::Paragraph(vec![Inline::Link(Link {
        to,
        text: vec![Inline::Text(words.report_error.to_owned())],
        lang: None,
    })]))
}

/// A value of a `mailto:` address (RFC 6068), percent-encoded.
fn encoded(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len() * 2);
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mail_has_title_address_and_language_and_nothing_that_ends_a_value() {
        let duties = Duties {
            report_errors: Some("editors@portal.example".to_owned()),
            ..Duties::default()
        };
        let address = "https://portal.example/vi/port/a/";
        let Some(Block::Paragraph(runs)) =
            report_link(&duties, Lang::Vi, "Cảng & biển? 100%", address)
        else {
            panic!("no link")
        };
        let [Inline::Link(Link { to, .. })] = &runs[..] else {
            panic!("{runs:?}")
        };
        let (mailbox, rest) = to.as_str().split_once("?subject=").unwrap();
        let (subject, body) = rest.split_once("&body=").unwrap();
        assert_eq!(mailbox, "mailto:editors@portal.example");
        assert!(
            subject.contains("C%E1%BA%A3ng%20%26%20bi%E1%BB%83n%3F%20100%25"),
            "{subject}"
        );
        assert!(
            body.contains("https%3A%2F%2Fportal.example%2Fvi%2Fport%2Fa%2F%0D%0A"),
            "{body}"
        );
        assert!(body.contains("Ti%E1%BA%BFng%20Vi%E1%BB%87t"), "{body}");
        assert!(!subject.contains(['&', '#']) && !body.contains(['&', '#']));
        assert!(report_link(&Duties::default(), Lang::Vi, "a", address).is_none());
    }
}
