//! Files that every page loads, with their hashes.

/// A file that pages load, with the hash that it must have (Subresource Integrity).
#[derive(Clone, Debug)]
pub struct Asset {
    /// The file, from the site's base on.
    pub file: String,
    /// `sha384-…`.
    pub integrity: String,
}

/// The files that every page loads.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The script that applies the reader's display settings before the first paint.
    pub early: Asset,
    /// The style sheet.
    pub style: Asset,
    /// The script that starts the browser program.
    pub script: Asset,
    /// The icon, from the site's base on.
    pub icon: String,
    /// The same icon as PNG files.
    pub icons: Icons,
    /// Whether the site has share cards: see [`Route::card`](model::route::Route::card).
    pub cards: bool,
    /// The content security policy of the `<meta>` tag.
    pub policy: String,
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
