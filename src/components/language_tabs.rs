//! The language tabs: Vi En Kr Ja Cn.

use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use model::Lang;
use model::route::Route;

/// A tab for each language, leading to the same page in that language. The short labels are those
/// of the city's portal; assistive technology and the tooltip have the full native name. A tab
/// without a page says so, and leads to a fallback ([`Route::tab`]).
#[component]
pub fn LanguageTabs(
    /// The page that is shown.
    route: Route,
    /// The site's base.
    base: String,
    /// The languages of the portal.
    tabs: Vec<Lang>,
    /// The languages in which that page exists.
    languages: Vec<Lang>,
) -> Markup {
    let shown = route.lang();
    let missing = if matches!(route, Route::Article(..)) {
        words(shown).not_translated
    } else {
        words(shown).no_articles
    };
    let tabs = tabs.into_iter().map(|lang| {
        let exists = languages.contains(&lang) || lang == shown;
        let class = if exists {
            "language-tab"
        } else {
            "language-tab language-tab-missing"
        };
        let note = (!exists).then(|| format!(" ({missing})"));
        html! {
            <li>
                <a
                    class=class
                    href=route.tab(lang, &languages).href(&base)
                    lang=lang.tag()
                    hreflang=lang.tag()
                    title=lang.native_name()
                    aria-current=(lang == shown).then_some("true")
                >
                    <span aria-hidden="true">{lang.tab()}</span>
                    <span class="visually-hidden">{lang.native_name()}</span>
                    {note.map(|note| html! { <span class="visually-hidden" lang=shown.tag()>{note}</span> })}
                </a>
            </li>
        }
    });
    html! {
        <nav class="language-tabs" aria-label=words(shown).languages>
            <ul>{tabs.collect::<Vec<_>>()}</ul>
        </nav>
    }
}
