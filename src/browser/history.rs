//! Scroll positions, entry by entry of the history.
//!
//! The browser restores a position as soon as the address changes, which is before the page is there. So from the first
//! change of page on, the portal does it itself: each entry carries a number in `history.state`, and the position of
//! each number is remembered while the page lives. A reload is the browser's own business again.
//!
//! A browser tells of a scroll with its next frame, and a slow device may take its time for that. So a position is also
//! looked at in the moment in which an entry is left: when its address goes, or when another page takes its place.

use super::page::{document, window};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AddEventListenerOptions, ScrollRestoration};

thread_local! {
    static POSITIONS: RefCell<HashMap<u32, f64>> = RefCell::default();
    static CURRENT: Cell<u32> = const { Cell::new(0) };
    static NEWEST: Cell<u32> = const { Cell::new(0) };
    /// The path and the query of the current entry.
    static ADDRESS: RefCell<String> = RefCell::default();
    /// Whether what belongs to the address is still to come after the reader has gone through the history. What moves
    /// until then is no place on the current entry.
    static WAITING: Cell<bool> = const { Cell::new(false) };
}

/// Begins to remember positions. Called once.
pub fn start() {
    adopt_entry();
    let options = AddEventListenerOptions::new();
    options.set_passive(true);
    listen("scroll", &options, remember);
    // Before the browser restores a position of its own. Within one page, from part to part, it is right to do so.
    listen("popstate", &options, || {
        if ADDRESS.with_borrow(|before| *before != address()) {
            remember();
            wait();
        }
    });
    listen("pagehide", &options, || set_restoration(ScrollRestoration::Auto));
}

/// The reader is about to leave the current entry for another page: from now on its position is ours to restore. The
/// setting belongs to the entry, and the next one inherits it.
pub fn leave() {
    set_restoration(ScrollRestoration::Manual);
}

/// Remembers where the reader is on the current entry. Called before another page takes the place of its own.
pub fn remember() {
    if !WAITING.get() {
        let y = window().scroll_y().unwrap_or_default();
        POSITIONS.with_borrow_mut(|positions| positions.insert(CURRENT.get(), y));
    }
}

/// What belongs to the address is still to come.
pub fn wait() {
    WAITING.set(true);
}

/// What belongs to the address does not come: the page that is shown stays, and the reader moves on it as before.
pub fn stay() {
    WAITING.set(false);
}

/// Makes sure that the address bar has this path and query, with an entry of its own where it has others.
pub fn ensure(href: &str) {
    if address() != href
        && let Ok(history) = window().history()
    {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

/// The page of the current entry is there: goes to where the reader was on it, or, on a new page, to the part that the
/// address names, or to the top.
pub fn settle() {
    let position = adopt_entry().then(|| POSITIONS.with_borrow(|positions| positions.get(&CURRENT.get()).copied()));
    match position {
        Some(y) => window().scroll_to_with_x_and_y(0.0, y.unwrap_or_default()),
        None if scroll_to_hash() => {}
        None => window().scroll_to_with_x_and_y(0.0, 0.0),
    }
}

/// The address has another query, and the page stays: its entry is one of its own from now on.
pub fn adopt() {
    remember();
    adopt_entry();
}

/// The page of the current entry has changed where it stands: goes to where the reader was on it, where that is known.
pub fn resume() {
    WAITING.set(false);
    if let Some(y) = POSITIONS.with_borrow(|positions| positions.get(&CURRENT.get()).copied()) {
        window().scroll_to_with_x_and_y(0.0, y);
    }
}

/// The path and the query of the address bar.
fn address() -> String {
    super::page::path() + &window().location().search().unwrap_or_default()
}

/// Makes the current entry's number the current one. `true` where it had one, so that the reader has been here before.
fn adopt_entry() -> bool {
    WAITING.set(false);
    ADDRESS.set(address());
    let Ok(history) = window().history() else { return false };
    let number = history.state().ok().and_then(|state| state.as_f64());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is a number that was written here")]
    if let Some(number) = number.map(|number| number as u32) {
        CURRENT.set(number);
        NEWEST.set(NEWEST.get().max(number));
        return true;
    }
    NEWEST.set(NEWEST.get() + 1);
    CURRENT.set(NEWEST.get());
    let _ = history.replace_state(&JsValue::from(NEWEST.get()), "");
    false
}

/// Scrolls to the element that the address names after `#`, where there is one. The browser does this itself for what was
/// there when the page was loaded, and does not for what was mounted later.
pub fn scroll_to_hash() -> bool {
    let hash = window().location().hash().unwrap_or_default();
    let element = hash.strip_prefix('#').filter(|id| !id.is_empty()).and_then(|id| document().get_element_by_id(id));
    if let Some(element) = &element {
        element.scroll_into_view();
    }
    element.is_some()
}

fn set_restoration(restoration: ScrollRestoration) {
    if let Ok(history) = window().history() {
        let _ = history.set_scroll_restoration(restoration);
    }
}

/// Listens on the window for as long as the page lives.
fn listen(event: &str, options: &AddEventListenerOptions, action: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(action);
    let listener = closure.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_add_event_listener_options(event, listener, options);
    closure.forget();
}
