//! The HTML documents around the portal, as the native tool writes them.

use super::assets::{Assets, Monitoring};
use super::colours::Colours;
use super::head::Head;
use super::portal::App;
use super::shown::Shown;
use super::{json_ld, open_graph};
use hydration_context::SsrSharedContext;
use i18n::words;
use leptos::prelude::*;
use model::Site;
use model::route::Route;
use serde_json::Value;
use std::sync::Arc;

/// The HTML of a page, complete without the program but for its styles, which stand as
/// [`NO_STYLE`](super::NO_STYLE). `data` is the text of the page's document, with every `<` escaped. [`crate::browser`] compares `fingerprint` before it hydrates.
/// `structured` is what machines read of the page besides what follows from its document.
///
/// # Panics
/// Where `data` has a `<`, which could end its script element.
pub fn render(
    shown: &Shown,
    assets: &Assets,
    data: &str,
    fingerprint: &str,
    structured: Option<&Value>,
) -> String {
    assert!(!data.contains('<'), "the document's text must have no `<`");
    let (shown, assets, data, fingerprint) = (
        shown.clone(),
        assets.clone(),
        data.to_owned(),
        fingerprint.to_owned(),
    );
    let structured = structured.cloned();
    let site = shown.document.site.clone();
    render_in_owner(move || {
        let head = Head::of(&shown.document, &shown.route);
        let manifest = format!("{}{}", site.base, shown.route.manifest());
        view! {
            <!DOCTYPE html>
            <html lang=site.lang.tag()>
                <head>
                    <CommonHead assets=assets.clone() base=site.base.clone() />
                    <link rel="manifest" href=manifest />
                    <PageHead head=head shown=shown.clone() assets=assets.clone() structured=structured />
                </head>
                <body>
                    <div
                        id="portal"
                        data-base=site.base.clone()
                        data-api=assets.api()
                        data-refresh=assets.refresh
                        data-fingerprint=fingerprint
                    >
                        <App first=shown />
                    </div>
                    <script type="application/json" id="document">{data}</script>
                    <LateFiles assets=assets.clone() base=site.base />
                    {assets.monitoring.map(monitoring)}
                </body>
            </html>
        }
        .to_html()
    })
}

/// The HTML of the site's root, where the reader chooses a language. `src/boot.js` redirects to the
/// language that the browser prefers, without the program. `sites` holds the portal in each
/// language.
pub fn render_chooser(sites: &[Site], assets: &Assets) -> String {
    let (sites, assets) = (sites.to_vec(), assets.clone());
    render_in_owner(move || {
        let base = sites[0].base.clone();
        let links = sites.iter().map(|site| {
            let href = Route::Home(site.lang).href(&base);
            let tag = site.lang.tag();
            view! {
                <li>
                    <a class="chooser-link" href=href lang=tag hreflang=tag>
                        <strong class="chooser-lang">{site.lang.native_name()}</strong>
                        " "
                        <span>{site.name.clone()}</span>
                    </a>
                </li>
            }
        });
        let headings = sites.iter().map(|site| {
            view! { <span lang=site.lang.tag()>{words(site.lang).choose_language}</span> }
        });
        let alternates = sites.iter().map(|site| {
            let address = site.address(&Route::Home(site.lang));
            view! { <link rel="alternate" hreflang=site.lang.tag() href=address /> }
        });
        let address = sites[0].file_address("");
        view! {
            <!DOCTYPE html>
            <html lang=sites[0].lang.tag() data-choose="">
                <head>
                    <CommonHead assets=assets.clone() base=base.clone() />
                    <title>{sites[0].name.clone()}</title>
                    <meta name="description" content=format!("{}. {}", sites[0].name, sites[0].slogan) />
                    <link rel="canonical" href=address.clone() />
                    {alternates.collect_view()}
                    <link rel="alternate" hreflang="x-default" href=address />
                </head>
                <body>
                    <main class="chooser">
                        <h1 class="chooser-heading">{headings.collect_view()}</h1>
                        <nav><ul class="chooser-links">{links.collect_view()}</ul></nav>
                    </main>
                    <LateFiles assets base />
                </body>
            </html>
        }
        .to_html()
    })
}

/// The HTML that a host serves for any unknown address, in every language. The program, where it
/// runs, finds the language and the page that were meant.
pub fn render_not_found(sites: &[Site], assets: &Assets) -> String {
    let (sites, assets) = (sites.to_vec(), assets.clone());
    render_in_owner(move || {
        let base = sites[0].base.clone();
        let parts = sites.iter().map(|site| {
            let words = words(site.lang);
            let [home, archive] =
                [Route::Home(site.lang), Route::Archive(site.lang)].map(|route| route.href(&base));
            view! {
                <section lang=site.lang.tag()>
                    <h2>{words.not_found_title}</h2>
                    <p>{words.not_found_text}</p>
                    <p><a href=home>{words.to_home}</a></p>
                    <p><a href=archive>{words.archive}</a></p>
                </section>
            }
        });
        let text = format!("404 – {}", sites[0].name);
        let names = sites
            .iter()
            .map(|site| words(site.lang).not_found_title)
            .collect::<Vec<_>>()
            .join(" · ");
        view! {
            <!DOCTYPE html>
            <html lang=sites[0].lang.tag()>
                <head>
                    <CommonHead assets=assets.clone() base=base.clone() />
                    <title>{text}</title>
                    <meta name="description" content=names />
                    <meta name="robots" content="noindex" />
                </head>
                <body>
                    <div id="portal" data-base=base.clone() data-api=assets.api() data-refresh=assets.refresh>
                        <main class="lost">
                            <h1 class="lost-heading">"404"</h1>
                            {parts.collect_view()}
                        </main>
                    </div>
                    <LateFiles assets base />
                </body>
            </html>
        }
        .to_html()
    })
}

/// The HTML of a redirect: from an address that people guess, or from a page's former address.
pub fn render_moved(site: &Site, route: &Route, assets: &Assets) -> String {
    let (site, route, assets) = (site.clone(), route.clone(), assets.clone());
    render_in_owner(move || {
        let href = route.href(&site.base);
        view! {
            <!DOCTYPE html>
            <html lang=site.lang.tag()>
                <head>
                    <meta charset="utf-8" />
                    <meta http-equiv="Content-Security-Policy" content=assets.policy />
                    <meta http-equiv="refresh" content=format!("0; url={href}") />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="robots" content="noindex" />
                    <title>{site.name.clone()}</title>
                    <link rel="canonical" href=site.absolute(&href) />
                </head>
                <body>
                    <p><a href=href>{site.name}</a></p>
                </body>
            </html>
        }
        .to_html()
    })
}

/// The common beginning of every head. The policy precedes everything that it governs. Nothing here
/// keeps a browser from painting the page.
#[component]
fn CommonHead(assets: Assets, base: String) -> impl IntoView {
    view! {
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content=assets.page_policy />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {theme_colour("contrast", "(prefers-contrast: more)", Colours::BAND_IN_CONTRAST)}
        {theme_colour("light", "(prefers-color-scheme: light)", Colours::BAND)}
        {theme_colour("dark", "(prefers-color-scheme: dark)", Colours::BAND_IN_THE_DARK)}
        <script>{assets.early}</script>
        <style></style>
        <link rel="icon" type="image/svg+xml" href=format!("{base}{}", assets.icon) />
        <link rel="apple-touch-icon" href=format!("{base}{}", assets.icons.touch) />
    }
}

/// The common end of every body: files that the first paint can do without. The page has the styles
/// of what stands in it; the style sheet has those of what comes later, and of paper.
#[component]
fn LateFiles(assets: Assets, base: String) -> impl IntoView {
    view! {
        <link
            rel="stylesheet"
            href=format!("{base}{}", assets.style.file)
            integrity=assets.style.integrity
        />
        <script
            src=format!("{base}{}", assets.script.file)
            integrity=assets.script.integrity
            defer
        ></script>
    }
}

/// The state's monitoring: the call, and the script of another host. Without a hash the script is asked
/// for without `crossorigin`, which its host would have to allow.
fn monitoring(monitoring: Monitoring) -> impl IntoView {
    let cors = monitoring.integrity.as_ref().map(|_| "anonymous");
    view! {
        <script>{monitoring.call}</script>
        <script
            src=monitoring.script
            integrity=monitoring.integrity
            crossorigin=cors
            referrerpolicy="strict-origin"
            async
        ></script>
    }
}

/// The `theme-color` of a theme. Browsers take the first whose `media` matches. Where the reader
/// has chosen a theme, `src/early.js` lets only that one match.
fn theme_colour(
    theme: &'static str,
    media: &'static str,
    colour: &'static str,
) -> impl IntoView + use<> {
    let meta = leptos::html::meta()
        .attr("name", "theme-color")
        .attr("data-of", theme);
    meta.attr("media", media).attr("content", colour)
}

/// The part of a head that describes its page.
#[component]
fn PageHead(head: Head, shown: Shown, assets: Assets, structured: Option<Value>) -> impl IntoView {
    let hidden = head
        .canonical
        .is_none()
        .then(|| view! { <meta name="robots" content="noindex" /> });
    let properties = open_graph::properties(&shown, &head, &assets);
    let properties = properties.into_iter().map(|(property, content)| {
        leptos::html::meta()
            .attr("property", property)
            .attr("content", content)
    });
    let structured = json_ld::graph(&shown, &head, &assets, structured);
    let structured =
        structured.map(|data| view! { <script type="application/ld+json">{data}</script> });
    let canonical = head
        .canonical
        .map(|address| view! { <link rel="canonical" href=address /> });
    let alternates = head
        .alternates
        .into_iter()
        .map(|(lang, address)| view! { <link rel="alternate" hreflang=lang href=address /> });
    let feeds = head.feeds.into_iter().map(
        |feed| view! { <link rel="alternate" type=feed.kind title=feed.title href=feed.href /> },
    );
    view! {
        <title>{head.title}</title>
        <meta name="description" content=head.description />
        {hidden}
        {canonical}
        {alternates.collect_view()}
        {feeds.collect_view()}
        {properties.collect_view()}
        <meta name="twitter:card" content=open_graph::card_of_x(&assets) />
        {structured}
    }
}

/// Renders with the owner that Leptos needs, and cleans up.
fn render_in_owner(render: impl FnOnce() -> String) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    let html = owner.with(render);
    owner.unset_with_forced_cleanup();
    // Leptos marks dynamic texts with `<!>` for hydration. Content cannot contain the mark, because
    // `<` is escaped in texts, attributes and the document's block. A title has no comments, so
    // readers would see the mark there. Elsewhere HTML requires the comment in full; browsers parse
    // both to the same node.
    html.replacen("<!></title>", "</title>", 1)
        .replace("<!>", "<!---->")
}
