//! “Share this article”.

use crate::browser::clipboard;
use crate::i18n::{Words, words};
use crate::model::Lang;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use leptos::prelude::*;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The id of the field that holds the page's address.
const ADDRESS_FIELD: &str = "page-address";

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Plain links that share the page, and its address to copy. Nothing is asked of anyone before the reader follows a
/// link. The button to copy needs the living page and is shown only there (`style/components/share.css`).
#[component]
pub fn Share(
    /// The page's full address.
    address: String,
    /// The page's title.
    title: String,
    /// The language of the page.
    lang: Lang,
) -> impl IntoView {
    let words = words(lang);
    let links = share_links(&address, &title).map(|(network, href)| {
        let (label, name) = match network {
            Some(network) => (network, Words::fill(words.share_on, &[("network", network)])),
            None => (words.share_by_mail, words.share_by_mail.to_owned()),
        };
        view! {
            <li>
                <a class="share-link" href=href rel="external noopener noreferrer" aria-label=name>{label}</a>
            </li>
        }
        .into_any()
    });
    let copied = RwSignal::new(None::<bool>);
    let to_copy = address.clone();
    let copy = move |_| {
        let address = to_copy.clone();
        leptos::task::spawn_local(async move {
            let done = clipboard::copy(&address).await;
            if !done {
                clipboard::select_field(ADDRESS_FIELD);
            }
            copied.set(Some(done));
        });
    };
    let said = move || match copied.get() {
        None => "",
        Some(true) => words.link_copied,
        Some(false) => words.copy_refused,
    };
    view! {
        <section class="share" aria-labelledby="share">
            <h2 class="share-heading" id="share">{words.share}</h2>
            <ul class="share-links">{links.collect_view()}</ul>
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
            <p class="share-status" role="status">{said}</p>
        </section>
    }
}

/// The networks, in the order of the row, with the addresses that share a page on them; `None` is e-mail.
///
/// Sources: X's developer documentation (`intent/tweet`); Facebook's `sharer.php`, which takes the address alone and reads
/// the rest from the page; Zalo's `share_external`, which its own widget opens with the address as JSON in base64;
/// RFC 6068 for `mailto:`.
pub fn share_links(address: &str, title: &str) -> [(Option<&'static str>, String); 4] {
    let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let quoted = address.replace('\\', "\\\\").replace('"', "\\\"");
    let zalo = STANDARD.encode(format!("{{\"url\":\"{quoted}\"}}"));
    [
        (Some("Facebook"), format!("https://www.facebook.com/sharer/sharer.php?u={}", encode(address))),
        (Some("Zalo"), format!("https://button-share.zalo.me/share_external?d={}", encode(&zalo))),
        (Some("X"), format!("https://x.com/intent/tweet?text={}&url={}", encode(title), encode(address))),
        (None, format!("mailto:?subject={}&body={}%0D%0A{}", encode(title), encode(title), encode(address))),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_addresses_are_exact_to_the_byte() {
        let title = "“Cảng & biển” – 100 % <港> 🚢 it's";
        let links = share_links("https://p.example/vi/port/a/", title);
        let encoded_title = "%E2%80%9CC%E1%BA%A3ng%20%26%20bi%E1%BB%83n%E2%80%9D%20%E2%80%93%20100%20%25%20%3C%E6%B8%AF%3E%20%F0%9F%9A%A2%20it%27s";
        let encoded_address = "https%3A%2F%2Fp.example%2Fvi%2Fport%2Fa%2F";
        let addresses = links.map(|(_, address)| address);
        assert_eq!(addresses[0], format!("https://www.facebook.com/sharer/sharer.php?u={encoded_address}"));
        // {"url":"https://p.example/vi/port/a/"}
        assert_eq!(
            addresses[1],
            "https://button-share.zalo.me/share_external?d=eyJ1cmwiOiJodHRwczovL3AuZXhhbXBsZS92aS9wb3J0L2EvIn0%3D"
        );
        assert_eq!(addresses[2], format!("https://x.com/intent/tweet?text={encoded_title}&url={encoded_address}"));
        assert_eq!(
            addresses[3],
            format!("mailto:?subject={encoded_title}&body={encoded_title}%0D%0A{encoded_address}")
        );
    }
}
