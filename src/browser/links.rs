//! What readers are about to follow.

use super::page::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AddEventListenerOptions, Element, Event};

/// Calls `noticed` with the path of every link of this site that is hovered, touched or focused, so that a request can be
/// on its way before the click, and, with `true`, of every one that is clicked.
///
/// It also marks every link that is clicked so that the router leaves the scroll position alone; the page that comes
/// decides about it once it is there.
pub fn watch(noticed: impl Fn(&str, bool) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let Some(link) = link_of(&event) else { return };
        let followed = event.type_() == "click";
        if followed {
            let _ = link.set_attribute("data-noscroll", "");
        }
        if let Some(path) = local_path(&link) {
            noticed(&path, followed);
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_passive(true);
    options.set_capture(true);
    for event in ["pointerover", "touchstart", "focusin", "click"] {
        let listener = closure.as_ref().unchecked_ref();
        let _ = window().add_event_listener_with_callback_and_add_event_listener_options(event, listener, &options);
    }
    closure.forget();
}

fn link_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("a[href]").ok()?
}

/// The path of a link that the router will handle.
fn local_path(link: &Element) -> Option<String> {
    let href = link.get_attribute("href")?;
    let external = link.get_attribute("rel").is_some_and(|rel| rel.split(' ').any(|word| word == "external"));
    (href.starts_with('/') && !href.starts_with("//") && !external).then_some(href)
}
