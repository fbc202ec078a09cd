//! Steps that several journeys take.

use super::engine::Engine;
use super::pages::Page;
use super::proxy::Fault;
use super::session::Browser;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Scripts after which a page has no clipboard to write to: it refuses, or it is missing.
pub(super) const WITHOUT_CLIPBOARD: [&str; 2] = [
    "Clipboard.prototype.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))",
    "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })",
];

impl Browser {
    /// Waits until a page is shown.
    pub(super) async fn until_page(&self, page: &Page) {
        self.until_shown(&page.path, &page.heading()).await;
    }

    /// Waits until the first element that matches the selector has this text. A missing element has
    /// none.
    pub(super) async fn until_message(&self, selector: &str, text: &str) {
        let (element, expected) = (Value::from(selector), Value::from(text));
        let expression =
            format!("(document.querySelector({element})?.textContent ?? '').trim() === {expected}");
        self.until(&format!("the reader is told “{text}”"), &expression)
            .await;
    }

    /// Follows the link to a page, and waits until the page is shown.
    pub(super) async fn follow_to(&self, page: &Page) {
        self.follow(&page.path).await;
        self.until_page(page).await;
    }

    /// Goes one step back in the history.
    pub(super) async fn back(&self) {
        self.driver.back().await.unwrap();
    }

    /// Goes one step forward in the history.
    pub(super) async fn forward(&self) {
        self.driver.forward().await.unwrap();
    }

    /// Goes one step back in the history, and waits until the page is shown.
    pub(super) async fn back_to(&self, page: &Page) {
        self.back().await;
        self.until_page(page).await;
    }

    /// Marks the window's current load. Each full load takes the mark away.
    pub(super) async fn mark_load(&self) {
        self.run::<()>("window.isMarked = true").await;
    }

    /// Whether nothing was loaded in full since [`Browser::mark_load`].
    pub(super) async fn is_marked_load(&self) -> bool {
        self.run("return window.isMarked === true").await
    }

    /// Follows the link to a path whose document fails to load, and waits for the message.
    pub(super) async fn follow_in_vain(&self, path: &str) {
        self.site
            .inject_fault(&format!("/{path}index.json"), Fault::Status(500));
        self.follow(path).await;
        self.until(
            "the failure is told",
            "document.querySelector('.status-button')",
        )
        .await;
    }

    /// Allows pages to use the clipboard. Only Chromium refuses it otherwise.
    pub(super) async fn allow_clipboard(&self) {
        if self.engine == Engine::Chromium {
            let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
            let grant = json!({ "permissions": permissions, "origin": self.site.origin() });
            self.cdp("Browser.grantPermissions", grant).await;
        }
    }

    /// Pastes the clipboard into a new field, and waits until the field has this text.
    pub(super) async fn until_pasted(&self, text: &str) {
        let add = "const field = document.createElement('textarea'); field.id = 'elsewhere'; \
            document.querySelector('main').prepend(field)";
        self.run::<()>(add).await;
        self.find("#elsewhere")
            .await
            .send_keys(Key::Control + "v")
            .await
            .unwrap();
        let expression = format!(
            "document.getElementById('elsewhere').value === {}",
            Value::from(text)
        );
        self.until(&format!("“{text}” is pasted"), &expression)
            .await;
    }
}
