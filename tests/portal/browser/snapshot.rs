//! A snapshot of a page as readers, search engines and assistive technology get it.

use super::pages::Page;
use super::session::Browser;
use i18n::words;
use model::Lang;
use serde::Deserialize;

/// Everything that journeys compare.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct PageSnapshot {
    /// The address bar's path.
    pub(super) path: String,
    /// The language of the whole page.
    pub(super) lang: String,
    /// The head.
    pub(super) head: Head,
    /// The text of every heading of level 1.
    pub(super) headings: Vec<String>,
    /// The text of the main part.
    pub(super) main: String,
    /// The number of headers, main parts and footers.
    pub(super) frames: [usize; 3],
    /// The language tabs.
    pub(super) tabs: Vec<Tab>,
    /// The name and id of the focused element.
    pub(super) focus: String,
}

/// A page's head.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) robots: Option<String>,
    /// `hreflang` and address.
    pub(super) alternates: Vec<(String, String)>,
    /// Media type, name and address.
    pub(super) feeds: Vec<(String, String, String)>,
    pub(super) manifest: Option<String>,
}

/// A language tab.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Tab {
    pub(super) href: String,
    pub(super) lang: String,
    pub(super) hreflang: String,
    pub(super) title: String,
    pub(super) current: Option<String>,
    /// The text for assistive technology.
    pub(super) name: String,
    /// The visible text.
    pub(super) label: String,
}

const SNAPSHOT: &str = r#"
    const all = (selector) => [...document.querySelectorAll(selector)];
    const of = (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null;
    const text = (element) => element?.textContent ?? "";
    const focused = document.activeElement;
    return {
        path: location.pathname,
        lang: document.documentElement.lang,
        head: {
            title: document.title,
            description: of("meta[name=description]", "content"),
            canonical: of("link[rel=canonical]", "href"),
            robots: of("meta[name=robots]", "content"),
            alternates: all("link[rel=alternate][hreflang]").map((link) => [link.getAttribute("hreflang"), link.getAttribute("href")]),
            feeds: all("link[rel=alternate][type]").map((link) => ["type", "title", "href"].map((name) => link.getAttribute(name))),
            manifest: of("link[rel=manifest]", "href"),
        },
        headings: all("h1").map(text),
        main: text(document.querySelector("main")),
        frames: ["header", "main", "footer"].map((name) => all(`body ${name}`).length),
        tabs: all(".language-tabs a").map((tab) => ({
            href: tab.getAttribute("href"),
            lang: tab.lang,
            hreflang: tab.hreflang,
            title: tab.title,
            current: tab.getAttribute("aria-current"),
            name: [...tab.querySelectorAll("span:not([aria-hidden])")].map(text).join(""),
            label: text(tab.querySelector("[aria-hidden]")),
        })),
        focus: focused ? focused.localName + (focused.id && `#${focused.id}`) : "",
    };
"#;

impl PageSnapshot {
    /// Takes a snapshot of the current page.
    pub(super) async fn at(browser: &Browser) -> Self {
        browser.run(SNAPSHOT).await
    }

    /// Checks the page against its document.
    pub(super) fn check(&self, page: &Page) {
        let (path, site) = (&page.path, &page.document["site"]);
        assert_eq!(
            self.path,
            format!("{}{path}", site["base"].as_str().unwrap())
        );
        assert_eq!(self.lang, page.lang.tag(), "the language of {path}");
        assert_eq!(
            self.headings.len(),
            1,
            "headings of {path}: {:?}",
            self.headings
        );
        let heading = page.heading();
        assert!(
            self.headings[0].starts_with(&heading),
            "{path} is headed {:?} instead of {heading:?}",
            self.headings
        );
        assert_eq!(self.frames, [1, 1, 1], "header, main and footer of {path}");
        for text in page.texts() {
            assert!(self.main.contains(text), "{path} lacks the text {text:?}");
        }
        self.check_head(page);
        self.check_tabs(page);
    }

    fn check_head(&self, page: &Page) {
        let (path, head) = (&page.path, &self.head);
        let site = &page.document["site"];
        let home = page.document["page"]["home"].is_object();
        let named = if home {
            site["slogan"].as_str().unwrap().to_owned()
        } else {
            page.heading()
        };
        let portal = site["name"].as_str().unwrap();
        assert!(
            head.title.starts_with(&named) && head.title.ends_with(portal),
            "the title of {path} is {:?}",
            head.title
        );
        assert!(
            head.description
                .as_ref()
                .is_some_and(|text| !text.is_empty()),
            "{path} has no description"
        );
        let below = format!("{}{}/", site["base"].as_str().unwrap(), page.lang.tag());
        assert_eq!(
            head.manifest,
            Some(format!("{below}manifest.webmanifest")),
            "{path}"
        );
        let of_language = [format!("{below}feed.xml"), format!("{below}feed.json")];
        let feeds: Vec<&String> = head
            .feeds
            .iter()
            .map(|(.., address)| address)
            .take(2)
            .collect();
        assert_eq!(
            feeds,
            of_language
                .iter()
                .filter(|_| page.is_findable())
                .collect::<Vec<_>>(),
            "{path}"
        );
        if !page.is_findable() {
            let expected = (None, Some("noindex".to_owned()), Vec::new());
            assert_eq!(
                (
                    head.canonical.clone(),
                    head.robots.clone(),
                    head.alternates.clone()
                ),
                expected,
                "{path}"
            );
            return;
        }
        assert_eq!(
            (head.canonical.clone(), head.robots.clone()),
            (Some(page.canonical()), None),
            "{path}"
        );
        if page.is_part() {
            return assert_eq!(head.alternates, [], "{path}");
        }
        let address = |tag: &str| {
            page.canonical()
                .replacen(&format!("/{}/", page.lang.tag()), &format!("/{tag}/"), 1)
        };
        let mut expected: Vec<_> = page
            .languages()
            .iter()
            .map(|&tag| (tag.to_owned(), address(tag)))
            .collect();
        let default = if home {
            address("").replace("//", "/").replacen(":/", "://", 1)
        } else {
            address("en")
        };
        expected.push(("x-default".to_owned(), default));
        assert_eq!(head.alternates, expected, "{path}");
    }

    fn check_tabs(&self, page: &Page) {
        let expected = Lang::ALL.map(|lang| {
            let (own, base) = (
                page.lang.tag(),
                page.document["site"]["base"].as_str().unwrap(),
            );
            let below = if page.is_nowhere() {
                ""
            } else {
                page.path.strip_prefix(own).unwrap().trim_start_matches('/')
            };
            let missing = lang != page.lang && !page.languages().contains(&lang.tag());
            // A missing month, year or tag is replaced by its overview. The counterpart of a part
            // is the front of its list.
            let is_article = page.document["page"]["article"].is_object()
                || page.document["page"]["untranslated"].is_object();
            let below = match below.split('/').next() {
                Some("archive") if missing => "archive/",
                Some("tags") if missing => "tags/",
                _ if lang == page.lang => below,
                _ => below.split_once("page/").map_or(below, |(front, _)| front),
            };
            let said = if is_article {
                words(page.lang).not_translated
            } else {
                words(page.lang).no_articles
            };
            let note = if missing {
                format!(" ({said})")
            } else {
                String::new()
            };
            Tab {
                href: format!("{base}{}/{below}", lang.tag()),
                lang: lang.tag().to_owned(),
                hreflang: lang.tag().to_owned(),
                title: lang.native_name().to_owned(),
                current: (lang == page.lang).then(|| "true".to_owned()),
                name: format!("{}{note}", lang.native_name()),
                label: ["Vi", "En", "Kr", "Ja", "Cn"]
                    [Lang::ALL.iter().position(|&other| other == lang).unwrap()]
                .to_owned(),
            }
        });
        assert_eq!(self.tabs, expected, "the tabs of {}", page.path);
    }
}
