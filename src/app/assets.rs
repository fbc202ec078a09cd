//! What every page loads, and what stands in every page, with its hashes.

use std::sync::Arc;

/// The styles of a page as [`render`](super::render) leaves them: the native tool puts in what the
/// page needs.
pub const NO_STYLE: &str = "<style></style>";

/// The place of the hash of these styles in [`Assets::page_policy`].
pub const STYLE_HASH: &str = "sha256-pending";

/// A file that pages load, with the hash that it must have (Subresource Integrity).
#[derive(Clone, Debug)]
pub struct Asset {
    /// The file, from the site's base on.
    pub file: String,
    /// `sha384-…`.
    pub integrity: String,
}

/// What every page loads, or has in itself.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The text of the script that applies the reader's display settings before the first paint.
    pub early: Arc<str>,
    /// The style sheet, with the styles of all pages.
    pub style: Asset,
    /// The script that starts the browser program.
    pub script: Asset,
    /// The icon, from the site's base on.
    pub icon: String,
    /// The same icon as PNG files.
    pub icons: Icons,
    /// Whether the site has share cards: see [`Route::card`](model::route::Route::card).
    pub cards: bool,
    /// The content security policy of the `<meta>` tag, for a page without scripts and styles.
    pub policy: String,
    /// The same for a page with [`Assets::early`] and with styles, whose hash is [`STYLE_HASH`].
    pub page_policy: String,
    /// Where the browser program asks for documents before it asks the page's host; empty where there
    /// is no such place. Ends with a slash.
    pub api: String,
    /// The state's monitoring, where the portal has it.
    pub monitoring: Option<Monitoring>,
    /// After how many milliseconds a visible page asks for news again; `None` for never.
    pub refresh: Option<u32>,
}

impl Assets {
    /// The value of an attribute; `None` where it is left out.
    pub(super) fn api(&self) -> Option<String> {
        (!self.api.is_empty()).then(|| self.api.clone())
    }
}

/// A script of another host that tells its operator of each page that is read.
#[derive(Clone, Debug)]
pub struct Monitoring {
    /// The text of the script in the page that asks for it and tells it of pages.
    pub call: String,
    /// The address of the script.
    pub script: String,
    /// `sha384-…`, where it is known.
    pub integrity: Option<String>,
}

/// The portal's icon as pictures (PNG), from the site's base on.
#[derive(Clone, Debug)]
pub struct Icons {
    /// 192 pixels wide and high.
    pub small: String,
    /// 512 pixels wide and high.
    pub large: String,
    /// 512 pixels wide and high, without empty corners: a device cuts it to a shape of its own.
    pub maskable: String,
    /// 180 pixels wide and high, without empty corners: for the home screen of Apple's devices.
    pub touch: String,
}
