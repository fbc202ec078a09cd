//! “Share this article”.

mod address;
mod row;

use crate::browser::task::spawn;
use crate::browser::{clipboard, share};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{Channel, Lang};
use row::ShareRow;

pub use address::share_address;

/// The id of the field that holds the page's address.
const ADDRESS_FIELD: &str = "page-address";

/// The device's share dialog, plain links to networks, and the page's address to copy. No third
/// party is contacted before the reader follows a link. The two buttons need the program, for which
/// `src/boot.js` keeps a press, and the first one a share dialog. Without scripts they are hidden
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
    let said = RwSignal::new("");
    let page = StoredValue::new((address.clone(), title.clone()));
    let share = move |_| {
        spawn(async move {
            let (address, title) = page.get_value();
            said.set(if share::share(&title, &address).await {
                ""
            } else {
                words.share_failed
            });
        });
    };
    let copy = move |_| {
        spawn(async move {
            let copied = clipboard::copy(&page.get_value().0).await;
            if !copied {
                clipboard::select_field(ADDRESS_FIELD);
            }
            said.set(if copied {
                words.link_copied
            } else {
                words.copy_refused
            });
        });
    };
    html! {
        <section class="share" aria-labelledby="share">
            <div class="share-head">
                <h2 class="share-heading" id="share">{words.share}</h2>
                <button class="share-native" type="button" on:click=share>{words.share_with_app}</button>
            </div>
            <ShareRow address=address.clone() title=title lang=lang channels=channels qr=qr />
            <div class="share-copy">
                <input
                    class="share-address"
                    id=ADDRESS_FIELD
                    type="text"
                    readonly
                    value=address
                    aria-label=words.page_address
                />
                <button class="share-button" type="button" on:click=copy>{words.copy_link}</button>
            </div>
            <p class="share-status" role="status">{move || said.get()}</p>
        </section>
    }
}
