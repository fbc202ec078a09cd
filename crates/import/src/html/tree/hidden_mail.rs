//! Mail addresses that Cloudflare hides from programs. It writes `[email protected]` in their place, and
//! the address as hexadecimal digits beside it, which a script of theirs undoes.

use html5ever::tendril::StrTendril;
use markup5ever_rcdom::{Handle, Node, NodeData, RcDom};

/// Where the links to hidden addresses lead.
const PAGE: &str = "/cdn-cgi/l/email-protection";

/// Puts the addresses back where they stood, as words and as links.
pub(super) fn reveal(dom: &RcDom) {
    let mut open = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        if let NodeData::Element { .. } = node.data {
            element(&node);
        }
        open.extend(node.children.borrow().iter().cloned());
    }
}

/// Whether a text may have such addresses.
pub(super) fn may_be_in(html: &str) -> bool {
    html.contains("data-cfemail") || html.contains(PAGE)
}

fn element(node: &Handle) {
    let NodeData::Element { attrs, .. } = &node.data else {
        return;
    };
    let mut words = None;
    for attribute in attrs.borrow().iter() {
        if &*attribute.name.local == "data-cfemail" {
            words = decoded(&attribute.value);
        }
    }
    for attribute in attrs.borrow_mut().iter_mut() {
        let to = attribute
            .value
            .split_once(PAGE)
            .map(|(_, to)| to.trim_start_matches('#'));
        if &*attribute.name.local != "href" || to.is_none() {
            continue;
        }
        if let Some(mail) = to.and_then(decoded).or_else(|| words.clone()) {
            attribute.value = StrTendril::from(format!("mailto:{mail}"));
        }
    }
    if let Some(words) = words {
        let contents = StrTendril::from(words).into();
        *node.children.borrow_mut() = vec![Node::new(NodeData::Text { contents })];
    }
}

/// The address in hexadecimal digits: the first two are what all others are mixed with.
fn decoded(digits: &str) -> Option<String> {
    let mut bytes = digits.as_bytes().chunks(2).map(|pair| {
        let pair = std::str::from_utf8(pair)
            .ok()
            .filter(|pair| pair.len() == 2)?;
        u8::from_str_radix(pair, 16).ok()
    });
    let key = bytes.next()??;
    let bytes: Option<Vec<u8>> = bytes.map(|byte| Some(byte? ^ key)).collect();
    let address = String::from_utf8(bytes?).ok()?;
    let is_plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    (is_plain && address.contains('@')).then_some(address)
}

#[cfg(test)]
mod tests {
    use crate::html::{visible, words};

    /// “a@b.example”, mixed with 0x42.
    const HIDDEN: &str = "422302206c273a232f322e27";

    #[test]
    fn addresses_stand_where_they_stood() {
        for html in [
            format!(
                "Mail: <a href='/cdn-cgi/l/email-protection' class='__cf_email__' data-cfemail='{HIDDEN}'>[email&#160;protected]</a>"
            ),
            format!(
                "Mail: <span class='__cf_email__' data-cfemail='{HIDDEN}'>[email&#160;protected]</span>"
            ),
        ] {
            assert_eq!(words(&html), "Mail: a@b.example");
            assert!(visible(&html).contains("a@b.example"));
        }
        let html =
            format!("<a href='https://old.example/cdn-cgi/l/email-protection#{HIDDEN}'>Write</a>");
        let body = crate::html::fragment(&html, &|to| model::Address::new(to).ok());
        assert!(
            format!("{:?}", body.blocks).contains("mailto:a@b.example"),
            "{:?}",
            body.blocks
        );
    }

    #[test]
    fn what_is_no_address_stays_as_it_is() {
        for digits in ["", "4", "zz", "42", "4223", "42é"] {
            let html = format!("<span data-cfemail='{digits}'>words</span>");
            assert_eq!(words(&html), "words", "{digits}");
        }
    }
}
