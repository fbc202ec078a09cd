//! The HTML documents around the portal, as the native tool writes them.

use super::assets::{Assets, Monitoring};
use super::colours::Colours;
use super::head::Head;
use super::portal::App;
use super::shown::Shown;
use super::{NO_STYLE, STYLE_HASH, json_ld, open_graph};
use crate::markup::{Markup, html};
use hydration_context::SsrSharedContext;
use i18n::words;
use leptos::prelude::*;
use model::Site;
use model::route::Route;
use serde_json::Value;
use std::sync::Arc;

/// The room for what a page has of its own in its head, in bytes: most need less.
const HEAD: usize = 8 << 10;

/// The same for the inside of the portal's element.
const PORTAL: usize = 32 << 10;

/// Stands for a place while a shell is written. No text of a portal has this character
/// (`crates/editorial/src/diagnostics/characters.rs`).
const PLACE: &str = "\u{1}";

/// What all pages of a language have around what is their own, written once.
pub struct Shell {
    /// What stands before the first place, between two places, and behind the last one.
    parts: Vec<String>,
}

/// What a page has of its own, as HTML.
pub struct Own {
    /// The part of the head that describes the page.
    pub head: String,
    /// The inside of the portal's element.
    pub portal: String,
}

/// What becomes of a page after it was rendered.
pub struct Finish<'a> {
    /// The hash of the styles, as a policy names it.
    pub style_hash: &'a str,
    /// The styles, as CSS.
    pub styles: &'a str,
    /// The fingerprint of the portal's element. [`crate::browser`] compares it before it hydrates.
    pub fingerprint: &'a str,
    /// The text of the page's document, with every `<` escaped.
    pub data: &'a str,
}

impl Shell {
    /// The shell of a portal in a language.
    pub fn new(site: &Site, assets: &Assets) -> Self {
        let manifest = format!("{}{}", site.base, Route::Home(site.lang).manifest());
        let (base, assets) = (site.base.clone(), assets.clone());
        let (lang, api, refresh) = (site.lang.tag(), assets.api(), assets.refresh);
        let written = document(move || {
            html! {
                <html lang=lang>
                    <head>
                        <CommonHead assets=assets.clone() base=base.clone() />
                        <link rel="manifest" href=manifest />
                        {PLACE}
                    </head>
                    <body>
                        <div
                            id="portal"
                            data-base=base.clone()
                            data-api=api
                            data-refresh=refresh
                            data-fingerprint=PLACE
                        >
                            {PLACE}
                        </div>
                        <script type="application/json" id="document">{PLACE}</script>
                        <LateFiles assets=assets.clone() base=base />
                        {assets.monitoring.map(monitoring)}
                    </body>
                </html>
            }
        });
        let styled = NO_STYLE.replacen("><", &format!(">{PLACE}<"), 1);
        let written = written
            .replacen(STYLE_HASH, PLACE, 1)
            .replacen(NO_STYLE, &styled, 1);
        let parts = written.split(PLACE).map(str::to_owned).collect();
        Self { parts }
    }

    /// The texts around what pages have of their own.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(String::as_str)
    }

    /// The whole page, complete without the program.
    ///
    /// # Panics
    /// Where the document's text has a `<`, which could end its script element.
    pub fn page(&self, own: &Own, finish: &Finish<'_>) -> String {
        assert!(
            !finish.data.contains('<'),
            "the document's text must have no `<`"
        );
        let places = [
            finish.style_hash,
            finish.styles,
            &own.head,
            finish.fingerprint,
            &own.portal,
            finish.data,
        ];
        let parts = self.parts().map(str::len);
        let length = parts.chain(places.map(str::len)).sum::<usize>();
        let mut page = String::with_capacity(length);
        let mut places = places.into_iter();
        for part in self.parts() {
            page.push_str(part);
            page.push_str(places.next().unwrap_or_default());
        }
        page
    }
}

/// Renders what a page has of its own. `structured` is what machines read of the page besides what
/// follows from its document.
pub fn render(shown: &Shown, assets: &Assets, structured: Option<&Value>) -> Own {
    let head = Head::of(&shown.document, &shown.route);
    let mut own = Own {
        head: String::with_capacity(HEAD),
        portal: String::with_capacity(PORTAL),
    };
    page_head(head, shown, assets, structured).write(&mut own.head);
    in_owner(|| html! { <App first=shown.clone() /> }.write(&mut own.portal));
    own
}

/// The HTML of the site's root, where the reader chooses a language. `src/boot.js` redirects to the
/// language that the browser prefers, without the program. `sites` holds the portal in each
/// language.
pub fn render_chooser(sites: &[Site], assets: &Assets) -> String {
    let (sites, assets) = (sites.to_vec(), assets.clone());
    document(move || {
        let base = sites[0].base.clone();
        let links = sites.iter().map(|site| {
            let href = Route::Home(site.lang).href(&base);
            let tag = site.lang.tag();
            html! {
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
            html! { <span lang=site.lang.tag()>{words(site.lang).choose_language}</span> }
        });
        let alternates = sites.iter().map(|site| {
            let address = site.address(&Route::Home(site.lang));
            html! { <link rel="alternate" hreflang=site.lang.tag() href=address /> }
        });
        let address = sites[0].file_address("");
        html! {
            <html lang=sites[0].lang.tag() data-choose="">
                <head>
                    <CommonHead assets=assets.clone() base=base.clone() />
                    <title>{sites[0].name.clone()}</title>
                    <meta name="description" content=format!("{}. {}", sites[0].name, sites[0].slogan) />
                    <link rel="canonical" href=address.clone() />
                    {alternates.collect::<Vec<_>>()}
                    <link rel="alternate" hreflang="x-default" href=address />
                </head>
                <body>
                    <main class="chooser">
                        <h1 class="chooser-heading">{headings.collect::<Vec<_>>()}</h1>
                        <nav><ul class="chooser-links">{links.collect::<Vec<_>>()}</ul></nav>
                    </main>
                    <LateFiles assets=assets base=base />
                </body>
            </html>
        }
    })
}

/// The HTML that a host serves for any unknown address, in every language. The program, where it
/// runs, finds the language and the page that were meant.
pub fn render_not_found(sites: &[Site], assets: &Assets) -> String {
    let (sites, assets) = (sites.to_vec(), assets.clone());
    document(move || {
        let base = sites[0].base.clone();
        let parts = sites.iter().map(|site| {
            let words = words(site.lang);
            let [home, archive] =
                [Route::Home(site.lang), Route::Archive(site.lang)].map(|route| route.href(&base));
            html! {
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
        html! {
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
                            {parts.collect::<Vec<_>>()}
                        </main>
                    </div>
                    <LateFiles assets=assets base=base />
                </body>
            </html>
        }
    })
}

/// The HTML of a redirect: from an address that people guess, or from a page's former address.
pub fn render_moved(site: &Site, route: &Route, assets: &Assets) -> String {
    let (site, route, assets) = (site.clone(), route.clone(), assets.clone());
    document(move || {
        let href = route.href(&site.base);
        html! {
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
    })
}

/// The common beginning of every head. The policy precedes everything that it governs. Nothing here
/// keeps a browser from painting the page.
#[component]
fn CommonHead(assets: Assets, base: String) -> Markup {
    html! {
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content=assets.page_policy />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {theme_colour("contrast", "(prefers-contrast: more)", Colours::BAND_IN_CONTRAST)}
        {theme_colour("light", "(prefers-color-scheme: light)", Colours::BAND)}
        {theme_colour("dark", "(prefers-color-scheme: dark)", Colours::BAND_IN_THE_DARK)}
        <script>{assets.early.to_string()}</script>
        <style></style>
        <link rel="icon" type="image/svg+xml" href=format!("{base}{}", assets.icon) />
        <link rel="apple-touch-icon" href=format!("{base}{}", assets.icons.touch) />
    }
}

/// The common end of every body: files that the first paint can do without. The page has the styles
/// of what stands in it; the style sheet has those of what comes later, and of paper.
#[component]
fn LateFiles(assets: Assets, base: String) -> Markup {
    html! {
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
fn monitoring(monitoring: Monitoring) -> Markup {
    let cors = monitoring.integrity.as_ref().map(|_| "anonymous");
    html! {
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
fn theme_colour(theme: &'static str, media: &'static str, colour: &'static str) -> Markup {
    html! { <meta name="theme-color" data-of=theme media=media content=colour /> }
}

/// The part of a head that describes its page.
fn page_head(head: Head, shown: &Shown, assets: &Assets, structured: Option<&Value>) -> Markup {
    let hidden = head
        .canonical
        .is_none()
        .then(|| html! { <meta name="robots" content="noindex" /> });
    let properties = open_graph::properties(shown, &head, assets).into_iter();
    let properties = properties
        .map(|(property, content)| html! { <meta property=property content=content /> })
        .collect::<Vec<_>>();
    let structured = json_ld::graph(shown, &head, assets, structured);
    let structured =
        structured.map(|data| html! { <script type="application/ld+json">{data}</script> });
    let canonical = head
        .canonical
        .map(|address| html! { <link rel="canonical" href=address /> });
    let alternates = head
        .alternates
        .into_iter()
        .map(|(lang, address)| html! { <link rel="alternate" hreflang=lang href=address /> });
    let feeds = head.feeds.into_iter().map(
        |feed| html! { <link rel="alternate" type=feed.kind title=feed.title href=feed.href /> },
    );
    html! {
        <title>{head.title}</title>
        <meta name="description" content=head.description />
        {hidden}
        {canonical}
        {alternates.collect::<Vec<_>>()}
        {feeds.collect::<Vec<_>>()}
        {properties}
        <meta name="twitter:card" content=open_graph::card_of_x(assets) />
        {structured}
    }
}

/// A whole document of HTML.
fn document(view: impl FnOnce() -> Markup) -> String {
    let mut html = "<!DOCTYPE html>".to_owned();
    in_owner(|| view().write(&mut html));
    html
}

/// Runs with the owner that the signals of Leptos need, and cleans up.
fn in_owner(run: impl FnOnce()) {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
    owner.with(run);
    owner.unset_with_forced_cleanup();
}

#[cfg(test)]
mod tests {
    use super::{Assets, Finish, NO_STYLE, Own, STYLE_HASH, Shell};
    use crate::app::{Asset, Icons};
    use model::{Lang, Site};

    fn assets() -> Assets {
        let asset = |file: &str| Asset {
            file: file.to_owned(),
            integrity: "sha384-a".to_owned(),
        };
        let icon = || "icon.png".to_owned();
        Assets {
            early: "if (1 < 2) {}".into(),
            style: asset("style.css"),
            script: asset("app.js"),
            icon: "icon.svg".to_owned(),
            icons: Icons {
                small: icon(),
                large: icon(),
                maskable: icon(),
                touch: icon(),
            },
            cards: false,
            policy: String::new(),
            page_policy: format!("style-src '{STYLE_HASH}'"),
            api: String::new(),
            monitoring: None,
            refresh: Some(1_000),
        }
    }

    #[test]
    fn what_a_page_has_of_its_own_stands_in_its_place() {
        let site = Site::bare(Lang::Vi, "https://portal.example", "/");
        let shell = Shell::new(&site, &assets());
        let own = Own {
            head: "<title>a</title>".to_owned(),
            portal: "<main>b</main>".to_owned(),
        };
        let finish = Finish {
            style_hash: "sha256-c",
            styles: "p{color:red}",
            fingerprint: "3-f",
            data: "{\"d\":1}",
        };
        let page = shell.page(&own, &finish);
        for part in [
            "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\">",
            "content=\"style-src 'sha256-c'\">",
            "<script>if (1 < 2) {}</script><style>p{color:red}</style>",
            "manifest.webmanifest\"><title>a</title></head><body><div id=\"portal\" data-base=\"/\" \
             data-refresh=\"1000\" data-fingerprint=\"3-f\"><main>b</main></div>",
            "<script type=\"application/json\" id=\"document\">{\"d\":1}</script>",
            " defer></script></body></html>",
        ] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        assert!(!page.contains(NO_STYLE) && !page.contains('\u{1}'));
    }
}
