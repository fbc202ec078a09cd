//! The head of the page in the browser.

use super::page::document;

/// Sets the title in the browser's tab.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the language of the whole page.
pub fn set_lang(tag: &str) {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("lang", tag);
    }
}

/// Sets the attribute `value` on the first element `name` with the attribute `key`, and creates the
/// element where it is missing. Without a value, removes the element.
pub fn set(name: &str, key: (&str, &str), value: (&str, Option<&str>)) {
    let document = document();
    let found = document
        .query_selector(&format!("{name}[{}=\"{}\"]", key.0, key.1))
        .ok()
        .flatten();
    let Some(text) = value.1 else {
        if let Some(element) = found {
            element.remove();
        }
        return;
    };
    let element = found.or_else(|| {
        let element = document.create_element(name).ok()?;
        element.set_attribute(key.0, key.1).ok()?;
        document.head()?.append_child(&element).ok()?;
        Some(element)
    });
    // A browser may fetch the target of a link again when its address is set to the same value.
    if let Some(element) =
        element.filter(|element| element.get_attribute(value.0).as_deref() != Some(text))
    {
        let _ = element.set_attribute(value.0, text);
    }
}

/// Replaces all `<link rel="alternate">`. Each new one is a list of attributes and values.
pub fn set_alternates(alternates: &[Vec<(&str, String)>]) {
    let document = document();
    if let Ok(old) = document.query_selector_all("link[rel=\"alternate\"]") {
        for at in 0..old.length() {
            if let Some(parent) = old
                .item(at)
                .and_then(|node| node.parent_node().zip(Some(node)))
            {
                let _ = parent.0.remove_child(&parent.1);
            }
        }
    }
    for attributes in alternates {
        if let (Ok(link), Some(head)) = (document.create_element("link"), document.head()) {
            let _ = link.set_attribute("rel", "alternate");
            for (name, value) in attributes {
                let _ = link.set_attribute(name, value);
            }
            let _ = head.append_child(&link);
        }
    }
}
