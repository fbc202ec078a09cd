//! The share row.

use super::address::share_address;
use crate::markup::{Markup, html};
use i18n::{Words, words};
use leptos::prelude::*;
use model::{Channel, Lang};

/// The side of the QR code's picture, in pixels.
const QR: &str = "192";

/// A plain link for each channel. WeChat has no share address: its entry unfolds a QR code, which
/// the browser loads only then.
#[component]
pub(super) fn ShareRow(
    /// The page's full address.
    address: String,
    /// The page's title.
    title: String,
    /// The language of the page.
    lang: Lang,
    /// The channels, in order.
    channels: Vec<Channel>,
    /// The path of the QR code, base included.
    qr: String,
) -> Markup {
    let words = words(lang);
    let items = channels.into_iter().map(|channel| {
        let (label, name) = match channel.name(lang) {
            Some(name) => (name, Words::fill(words.share_on, &[("network", name)])),
            None => (words.email, words.share_by_mail.to_owned()),
        };
        let class = format!("share-link share-{}", channel.word());
        let way = match share_address(channel, &address, &title) {
            Some(href) => html! {
                <a class=class href=href rel="external noopener noreferrer" aria-label=name>{label}</a>
            },
            None => html! {
                <details class="share-qr">
                    <summary class=class aria-label=name>{label}</summary>
                    <img class="share-code" src=qr.clone() alt=words.qr_code width=QR height=QR loading="lazy" />
                    <p>{words.scan}</p>
                </details>
            },
        };
        html! { <li>{way}</li> }
    });
    html! { <ul class="share-links">{items.collect::<Vec<_>>()}</ul> }
}
