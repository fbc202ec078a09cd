//! The portal as a whole: the frame around the page, and the page in it.

use crate::components::{
    Banners, Choices, Footer, LanguageTabs, Masthead, Notices, SectionNav, SkipLink, State, Status,
};
use crate::model::Document;
use crate::pages::PageView;
use crate::route::Route;
use leptos::prelude::*;
use leptos_router::components::Router;
use std::sync::Arc;

/// The page that is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its address.
    pub route: Route,
    /// All that it shows.
    pub document: Arc<Document>,
}

/// The portal, beginning with a page that is there already.
#[component]
pub fn App(
    /// The page.
    first: Shown,
) -> impl IntoView {
    // The router wants its base without a slash at the end, and none for the root.
    let base = first.document.site.base.trim_end_matches('/').to_owned();
    view! {
        <Router base=base>
            <Portal first=first />
        </Router>
    }
}

/// The frame, which stays, and the page in it, which changes.
#[component]
fn Portal(
    /// The page that it begins with.
    first: Shown,
) -> impl IntoView {
    Choices::provide();
    let shown = RwSignal::new(first);
    let state = RwSignal::new(State::Quiet);
    let retry = live(shown, state);
    let lang = Memo::new(move |_| shown.with(|shown| shown.route.lang()));
    // The pictures and the name are made anew only for another language.
    let skip_link = move || view! { <SkipLink lang=lang.get() /> };
    let top = move || {
        lang.track();
        let site = shown.with_untracked(|shown| shown.document.site.clone());
        view! {
            <Banners banners=site.banners.clone() base=site.base.clone() />
            <Masthead site=site />
        }
    };
    let tabs = move || {
        let Shown { route, document } = shown.get();
        let base = document.site.base.clone();
        view! { <LanguageTabs route=route base=base tabs=document.site.languages.clone() languages=document.languages.clone() /> }
    };
    let sections = move || {
        let Shown { route, document } = shown.get();
        view! { <SectionNav site=document.site.clone() route=route /> }
    };
    let notices = move || {
        let site = shown.get().document.site.clone();
        view! { <Notices notices=site.notices lang=site.lang base=site.base /> }
    };
    let page = move || view! { <PageView document=(*shown.get().document).clone() /> };
    let footer = move || {
        lang.track();
        view! { <Footer site=shown.with_untracked(|shown| shown.document.site.clone()) /> }
    };
    view! {
        {skip_link}
        <header class="header">{top} {tabs} {sections}</header>
        {notices}
        <main class="main" id="content" tabindex="-1">{page}</main>
        {footer}
        <Status state=state lang=lang retry=retry />
    }
}

/// Brings the portal to life where there is a browser: from now on the address decides what is shown. Returns what tries
/// an address again.
fn live(shown: RwSignal<Shown>, state: RwSignal<State>) -> Callback<String> {
    #[cfg(target_arch = "wasm32")]
    return super::life::follow(shown, state);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (shown, state);
        Callback::new(|_| ())
    }
}
