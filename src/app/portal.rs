//! The portal as a whole: the frame around the page, and the page in it.

use super::shown::{Controls, Shown, Signals};
use super::suggestion::is_there_in;
use crate::browser::address;
use crate::components::{
    Banners, Footer, LanguageTabs, Masthead, Notices, SectionNav, SkipLink, State, Status,
    Suggestion,
};
use crate::markup::{Markup, html};
use crate::pages::PageView;
use leptos::prelude::*;
use model::Site;
use model::route::Route;
use std::sync::Arc;

/// The portal: the frame, which stays, and the page in it, which changes.
#[component]
pub fn App(
    /// The first page, which is loaded already.
    first: Shown,
) -> Markup {
    let signals = Signals {
        newest: RwSignal::new(Some(Arc::clone(&first.document))),
        frame: RwSignal::new(first.clone()),
        shown: RwSignal::new(first),
        parallel: RwSignal::new(None),
        state: RwSignal::new(State::Quiet),
        suggested: RwSignal::new(None),
    };
    let Signals { shown, frame, .. } = signals;
    let Controls { retry, decline } = start_navigation(signals);
    // Banners and masthead are rendered again only when the language changes.
    let skip_link = move || html! { <SkipLink lang=frame.get().route.lang() /> };
    let top = move || {
        let document = frame.get().document;
        let Site {
            banners,
            name,
            slogan,
            lang,
            base,
            ..
        } = &document.site;
        html! {
            <Banners banners=banners.clone() base=base.clone() />
            <Masthead name=name.clone() slogan=slogan.clone() lang=*lang base=base.clone() />
        }
    };
    let tabs = move || {
        let Shown { route, document } = shown.get();
        let base = document.site.base.clone();
        html! { <LanguageTabs route=route base=base tabs=document.site.languages.clone() languages=document.languages.clone() /> }
    };
    let sections = move || {
        let Shown { route, document } = shown.get();
        let Site { sections, base, .. } = &document.site;
        html! { <SectionNav sections=sections.clone() base=base.clone() lang=document.site.lang route=route /> }
    };
    let notices = move |emergencies: bool| {
        let document = signals.newest.get()?;
        let Site {
            notices,
            lang,
            base,
            ..
        } = &document.site;
        Some(
            html! { <Notices notices=notices.clone() emergencies=emergencies lang=*lang base=base.clone() /> },
        )
    };
    let page = move || html! { <PageView document=(*shown.get().document).clone() parallel=signals.parallel /> };
    let footer = move || html! { <Footer site=frame.get().document.site.clone() /> };
    let suggestion = move || {
        let (lang, shown) = (signals.suggested.get()?, shown.get());
        is_there_in(&shown, lang).then(|| {
            let href = format!(
                "{}{}",
                shown
                    .route
                    .in_language(lang)
                    .href(&shown.document.site.base),
                address::hash()
            );
            html! { <Suggestion lang=lang href=href decline=decline /> }
        })
    };
    // The front page has more room for the pictures.
    let is_front = move || shown.with(|shown| matches!(shown.route, Route::Home(_)));
    let header = move || {
        if is_front() {
            "header header-front"
        } else {
            "header"
        }
    };
    html! {
        {skip_link}
        {move || notices(true)}
        <header class=header>{top} {tabs} {sections}</header>
        {move || notices(false)}
        <main class="main" id="content" tabindex="-1">{page}</main>
        {footer}
        <div class="edge">
            {suggestion}
            <Status state=signals.state retry=retry />
        </div>
    }
}

/// Starts the navigation in the browser. Natively, the controls do nothing.
fn start_navigation(signals: Signals) -> Controls {
    #[cfg(target_arch = "wasm32")]
    return super::navigation::start(signals);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = signals;
        Controls {
            retry: |_| (),
            decline: || (),
        }
    }
}
