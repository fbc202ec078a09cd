//! The page in the DOM: its elements, its embedded document, its address.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Window};

/// The id of the portal's root element.
pub const ROOT: &str = "portal";
/// The id of the script element with the page's document.
pub const DATA: &str = "document";
/// The selector of the element that `src/search.js` fills; it is prerendered empty.
const SEARCH_PLACE: &str = ".search-place";
/// The class of the elements that `src/lazy/controls.js` adds.
const PANEL: &str = "tools-panel";
/// The root's attribute with the fingerprint of its prerendered content.
pub const FINGERPRINT: &str = "data-fingerprint";

/// The window.
pub(super) fn window() -> Window {
    web_sys::window().expect("the program runs in a window")
}

/// The document.
pub(super) fn document() -> Document {
    window().document().expect("a window has a document")
}

/// The element with this id.
pub fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// The portal's root element.
pub fn root() -> Option<HtmlElement> {
    element(ROOT)?.dyn_into().ok()
}

/// The document that the page was prerendered from, as JSON.
pub fn embedded_document() -> Option<String> {
    element(DATA)?.text_content()
}

/// The site's base, as the page's root names it: `/` or `/portal/`.
pub fn base() -> Option<String> {
    root()?.get_attribute("data-base")
}

/// Whether the site has an API, which is asked for documents first.
pub fn has_api() -> bool {
    root().is_some_and(|root| root.has_attribute("data-api"))
}

/// Whether the tree below `root` is, node by node, the prerendered one. A page translator, an
/// extension or another build makes it differ. The content of the search's element is ignored.
pub fn is_as_prerendered(root: &Element) -> bool {
    root.get_attribute(FINGERPRINT).is_some_and(|recorded| {
        let mut fingerprint = model::Fingerprint::default();
        let walker = document().create_tree_walker_with_what_to_show(root, !0);
        let place = root.query_selector(SEARCH_PLACE).ok().flatten();
        if let Ok(walker) = walker {
            while let Ok(Some(node)) = walker.next_node() {
                let is_panel = node
                    .dyn_ref::<Element>()
                    .is_some_and(|element| element.class_name() == PANEL);
                if !is_panel {
                    fingerprint.add(&node.node_name());
                }
                if is_panel || place.as_ref().is_some_and(|place| **place == node) {
                    // Skips the content.
                    while let Ok(Some(_)) = walker.last_child() {}
                }
            }
        }
        recorded == fingerprint.to_string()
    })
}

/// Empties an element.
pub fn clear(element: &Element) {
    element.set_text_content(None);
}

/// Marks the program as running, for styles that then show what needs it.
pub fn mark_ready() {
    if let Some(html) = document().document_element() {
        let _ = html.set_attribute("data-app", "ready");
    }
}

/// Takes the focus from what has it. Removing that from the page otherwise makes the browser compute
/// the styles of the whole page, which is about to go: a third of the time of a click.
pub fn release_focus() {
    let active = document().active_element();
    if let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let _ = active.blur();
    }
}

/// Moves the focus to the page's heading, where screen readers then read it, without scrolling
/// there.
pub fn focus_heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    if let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = heading.focus_with_options(&options);
    }
}

/// Moves the focus to an element that otherwise takes none, and so into view.
pub fn reveal(id: &str) {
    if let Some(element) = element(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.set_tab_index(-1);
        let _ = element.focus();
    }
}

/// Closes the open menu in the header, so that the next page begins with its own content.
pub fn close_menu() {
    if let Ok(Some(menu)) = document().query_selector(".header details[open]") {
        let _ = menu.remove_attribute("open");
    }
}

/// Opens another address by a full load.
pub fn open(href: &str) {
    let _ = window().location().assign(href);
}

/// Opens another address by a full load; the back button does not return here.
pub fn replace(href: &str) {
    let _ = window().location().replace(href);
}

/// The languages that the reader prefers, best first.
pub fn preferred_languages() -> Vec<String> {
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

/// The path of the page of this origin that the reader came from by a full load, without query and
/// fragment.
pub fn referrer_path() -> Option<String> {
    let (from, origin) = (document().referrer(), window().location().origin().ok()?);
    let path = from.strip_prefix(&origin)?;
    Some(path.split(['?', '#']).next().unwrap_or_default().to_owned())
}

/// The path of the address bar.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}
