//! Contact details of an organisation or a person.

use super::key_facts::term;
use crate::markup::{IntoMarkup, Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::{Contact, Lang, Line};

/// A name and its contact details.
#[component]
pub(super) fn ContactBlock(
    /// The contact.
    contact: Contact,
    /// The language of the page.
    lang: Lang,
) -> Markup {
    let words = words(lang);
    let Contact {
        name,
        post,
        address,
        telephone,
        fax,
        email,
        web,
        hours,
    } = contact;
    let plain =
        |name: &'static str, text: Option<String>| text.map(|text| term(name, text.into_markup()));
    let leads = |name: &'static str, line: Option<Line>| {
        line.map(|Line { text, to }| {
            term(name, html! { <a href=to.as_str().to_owned()>{text}</a> })
        })
    };
    let ways = [
        plain(words.address, address),
        leads(words.telephone, telephone),
        plain(words.fax, fax),
        leads(words.email_address, email),
        leads(words.website, web),
        plain(words.opening_hours, hours),
    ];
    let label = name.clone();
    let post = post.map(|post| html! { <p class="contact-post">{post}</p> });
    html! {
        <div class="contact terms" role="group" aria-label=label>
            <p class="contact-name">{name}</p>
            {post}
            <dl>{ways.into_iter().flatten().collect::<Vec<_>>()}</dl>
        </div>
    }
}
