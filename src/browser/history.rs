//! Scroll positions of history entries.
//!
//! The browser restores a position as soon as the address changes, which is before the page is
//! shown. So the portal restores positions itself from the first navigation on: each entry has a
//! number in `history.state`, and memory holds the position of each number. After a reload, the
//! browser restores the position.
//!
//! The `scroll` event comes with the next frame, which may be late on a slow device. So the
//! position is also read when an entry is left: on `popstate`, and before another page is shown.

use super::address;
use super::page::{document, window};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AddEventListenerOptions, ScrollRestoration};

thread_local! {
    /// The positions by the numbers of their entries, the newest last.
    static POSITIONS: RefCell<Vec<(u32, f64)>> = RefCell::default();
    static CURRENT: Cell<u32> = const { Cell::new(0) };
    static NEWEST: Cell<u32> = const { Cell::new(0) };
    /// The path and the query of the current entry.
    static ADDRESS: RefCell<String> = RefCell::default();
    /// Whether the page of the current entry is still loading after a move in the history. Scroll
    /// positions until then do not belong to the entry.
    static SUSPENDED: Cell<bool> = const { Cell::new(false) };
}

/// Starts to record positions, and to call `on_move` after each move in the history. Called once.
pub fn start(on_move: impl Fn() + 'static) {
    take_entry_number();
    let options = AddEventListenerOptions::new();
    options.set_passive(true);
    listen("scroll", &options, record_scroll);
    // Runs before the browser restores a position. Between parts of one page, the browser's
    // position is right.
    listen("popstate", &options, move || {
        if ADDRESS.with_borrow(|before| *before != address::current()) {
            record_scroll();
            suspend_recording();
        }
        on_move();
    });
    listen("pagehide", &options, || {
        set_restoration(ScrollRestoration::Auto);
    });
}

/// Makes the portal restore the position of the current entry, before the reader leaves it for
/// another page. The setting belongs to the entry, and the next one inherits it.
pub fn use_manual_restoration() {
    set_restoration(ScrollRestoration::Manual);
}

/// Records the scroll position of the current entry. Called before another page is shown.
pub fn record_scroll() {
    if !SUSPENDED.get() {
        let y = window().scroll_y().unwrap_or_default();
        POSITIONS.with_borrow_mut(|positions| {
            positions.retain(|(number, _)| *number != CURRENT.get());
            positions.push((CURRENT.get(), y));
        });
    }
}

/// Suspends recording while the page of the current entry is loading.
pub fn suspend_recording() {
    SUSPENDED.set(true);
}

/// Resumes recording where loading failed and the page that is shown stays.
pub fn resume_recording() {
    SUSPENDED.set(false);
}

/// Pushes an entry with this address, unless the address bar has it already. Without `#`, the part of
/// the page does not matter.
pub fn ensure_address(href: &str) {
    let mut there = address::current();
    if href.contains('#') {
        there += &address::hash();
    }
    if there != href
        && let Ok(history) = window().history()
    {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(href));
    }
}

/// Scrolls after the page of the current entry is shown: to the recorded position of an entry that
/// was visited, else to the part that the address names, else to the top.
pub fn restore_scroll() {
    let position = take_entry_number().then(position);
    match position {
        Some(y) => window().scroll_to_with_x_and_y(0.0, y.unwrap_or_default()),
        None if scroll_to_hash() => {}
        None => window().scroll_to_with_x_and_y(0.0, 0.0),
    }
}

/// Switches to the current entry where only the query has changed and the page stays.
pub fn adopt_entry() {
    record_scroll();
    take_entry_number();
}

/// Resumes recording after the page has changed in place, and scrolls to the recorded position, if
/// any.
pub fn resume_in_place() {
    SUSPENDED.set(false);
    if let Some(y) = position() {
        window().scroll_to_with_x_and_y(0.0, y);
    }
}

/// Makes the number of the history entry the current one. `true` where the entry had a number,
/// because the reader has visited it before.
fn take_entry_number() -> bool {
    SUSPENDED.set(false);
    ADDRESS.set(address::current());
    let Ok(history) = window().history() else {
        return false;
    };
    let number = history.state().ok().and_then(|state| state.as_f64());
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is a number that was written here"
    )]
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

/// The recorded position of the current entry.
fn position() -> Option<f64> {
    POSITIONS.with_borrow(|positions| {
        let (_, y) = positions
            .iter()
            .find(|(number, _)| *number == CURRENT.get())?;
        Some(*y)
    })
}

/// Scrolls to the element that the address names after `#`; `false` where there is none. The
/// browser only does this for elements that exist when the page loads, and not for those mounted
/// later.
pub fn scroll_to_hash() -> bool {
    let hash = address::hash();
    let element = hash
        .strip_prefix('#')
        .filter(|id| !id.is_empty())
        .and_then(|id| document().get_element_by_id(id));
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

/// Adds a listener to the window that is never removed.
fn listen(event: &str, options: &AddEventListenerOptions, action: impl FnMut() + 'static) {
    let closure = Closure::<dyn FnMut()>::new(action);
    let listener = closure.as_ref().unchecked_ref();
    let _ = window()
        .add_event_listener_with_callback_and_add_event_listener_options(event, listener, options);
    closure.forget();
}
