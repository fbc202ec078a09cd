//! Links that readers hover, touch, focus or click, and their return to the page.

use super::page::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AddEventListenerOptions, Element, Event};

/// The event of a page that goes out of sight, or comes back.
const RETURN: &str = "visibilitychange";

/// Calls `on_link` with the path of every link of this site that is hovered, touched or focused, so
/// that a request can start before the click. For a click, the second argument is `true`. The path is
/// empty where the page comes into sight again.
///
/// Marks every clicked link with `data-noscroll`, so that the router does not scroll. The portal
/// scrolls once the page is shown.
pub fn watch(on_link: impl Fn(&str, bool) + 'static) {
    let closure = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let kind = event.type_();
        if kind == RETURN {
            if !document().hidden() {
                on_link("", false);
            }
            return;
        }
        let Some(link) = link_of(&event) else { return };
        let clicked = kind == "click";
        if clicked {
            let _ = link.set_attribute("data-noscroll", "");
        }
        if let Some(path) = local_path(&link) {
            on_link(&path, clicked);
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_passive(true);
    options.set_capture(true);
    for event in ["pointerover", "touchstart", "focusin", "click", RETURN] {
        let listener = closure.as_ref().unchecked_ref();
        let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
            event, listener, &options,
        );
    }
    closure.forget();
}

fn link_of(event: &Event) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("a[href]").ok()?
}

/// The path of a link that the router will handle.
fn local_path(link: &Element) -> Option<String> {
    link.closest("[href^='/']:not([href^='//']):not([rel~=external])")
        .ok()??
        .get_attribute("href")
}
