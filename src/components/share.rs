//! “Share this article”.

mod address;
mod row;

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{Channel, Lang};
use row::ShareRow;

pub use address::share_address;

/// The device's share dialog, plain links to networks, and the page's address to copy. No third
/// party is contacted before the reader follows a link. The two buttons are carried out by
/// `src/boot.js`, the first one where the device has a share dialog. Without scripts they are hidden
/// (`style/shared/living.css`).
#[component]
pub fn Share(
    /// The page's full address.
    address: String,
    /// The page's title.
    title: String,
    /// The language of the page.
    lang: Lang,
    /// The channels, in order.
    channels: Vec<Channel>,
    /// The path of the QR code that holds the address, base included.
    qr: String,
) -> Markup {
    let words = words(lang);
    html! {
        <section class="share" aria-labelledby="share">
            <div class="share-head">
                <h2 class="share-heading" id="share">{words.share}</h2>
                <button class="share-native" type="button">{words.share_with_app}</button>
            </div>
            <ShareRow address=address.clone() title=title lang=lang channels=channels qr=qr />
            <div class="share-copy">
                <input
                    class="share-address"
                    type="text"
                    readonly
                    value=address
                    aria-label=words.page_address
                />
                <button class="share-button" type="button">{words.copy_link}</button>
            </div>
            <p class="share-status" role="status"></p>
        </section>
    }
}
