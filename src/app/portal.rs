//! The portal as a whole: the frame around the page, and the page in it.

use super::shown::{Controls, Shown};
use super::suggestion::is_there_in;
use crate::components::{
    Banners, Footer, LanguageTabs, Masthead, Notices, SectionNav, SkipLink, State, Status,
    Suggestion,
};
use crate::markup::{Markup, html};
use crate::pages::PageView;
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use model::route::Route;
use model::{Document, Lang};
use std::sync::Arc;

/// The portal, starting with a page that is loaded already.
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
    /// The first page.
    first: Shown,
) -> Markup {
    // Of the same type as the parallel version: another type would cost half a kilobyte.
    let newest = RwSignal::new(Some(Arc::clone(&first.document)));
    let shown = RwSignal::new(first);
    let parallel = RwSignal::new(None);
    let state = RwSignal::new(State::Quiet);
    let suggested = RwSignal::new(None);
    let Controls { retry, decline } = start_navigation(shown, newest, parallel, state, suggested);
    let lang = Memo::new(move |_| shown.with(|shown| shown.route.lang()));
    // Banners and masthead are rendered again only when the language changes.
    let skip_link = move || html! { <SkipLink lang=lang.get() /> };
    let top = move || {
        lang.track();
        let site = shown.with_untracked(|shown| shown.document.site.clone());
        html! {
            <Banners banners=site.banners.clone() base=site.base.clone() />
            <Masthead site=site />
        }
    };
    let tabs = move || {
        let Shown { route, document } = shown.get();
        let base = document.site.base.clone();
        html! { <LanguageTabs route=route base=base tabs=document.site.languages.clone() languages=document.languages.clone() /> }
    };
    let sections = move || {
        let Shown { route, document } = shown.get();
        html! { <SectionNav site=document.site.clone() route=route /> }
    };
    let notices = move |emergencies: bool| {
        let site = newest.get()?.site.clone();
        Some(
            html! { <Notices notices=site.notices emergencies=emergencies lang=site.lang base=site.base /> },
        )
    };
    let page = move || html! { <PageView document=(*shown.get().document).clone() parallel=parallel.into() /> };
    let footer = move || {
        lang.track();
        html! { <Footer site=shown.with_untracked(|shown| shown.document.site.clone()) /> }
    };
    let hash = use_location().hash;
    let suggestion = move || {
        let (lang, shown) = (suggested.get()?, shown.get());
        is_there_in(&shown, lang).then(|| {
            let href = format!(
                "{}{}",
                shown
                    .route
                    .in_language(lang)
                    .href(&shown.document.site.base),
                hash.get()
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
            <Status state=state lang=lang retry=retry />
        </div>
    }
}

/// Starts the navigation in the browser. Natively, the controls do nothing.
fn start_navigation(
    shown: RwSignal<Shown>,
    newest: RwSignal<Option<Arc<Document>>>,
    parallel: RwSignal<Option<Arc<Document>>>,
    state: RwSignal<State>,
    suggested: RwSignal<Option<Lang>>,
) -> Controls {
    #[cfg(target_arch = "wasm32")]
    return super::navigation::start(shown, newest, parallel, state, suggested);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (shown, newest, parallel, state, suggested);
        Controls {
            retry: Callback::new(|_| ()),
            decline: Callback::new(|()| ()),
        }
    }
}
