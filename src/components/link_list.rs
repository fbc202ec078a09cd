//! Lists of links.

use super::erased::Erase;
use leptos::prelude::*;
use model::route::Route;

/// What those who hear a link hear before its figure.
const PAUSE: &str = ", ";

/// A link in a list.
#[derive(Debug)]
pub struct ListLink {
    /// The page that it leads to.
    pub route: Route,
    /// Its words.
    pub name: String,
    /// What stands behind its words: a number of articles, or of a part.
    pub figure: Option<String>,
    /// How that page stands to this one, where it is the one before or after it.
    pub rel: Option<&'static str>,
}

impl ListLink {
    /// A link with words alone.
    pub fn new(route: Route, name: impl Into<String>) -> Self {
        Self { route, name: name.into(), figure: None, rel: None }
    }
}

/// A list of links; `kind` says which one, for its looks.
#[component]
pub fn LinkList(
    /// The links.
    links: Vec<ListLink>,
    /// The class of the list: `entry-list`, `tag-list` and the like.
    kind: &'static str,
    /// The site's base.
    base: String,
    /// The id of what names the list.
    #[prop(optional)]
    labelled_by: Option<&'static str>,
) -> impl IntoView {
    let items = links.into_iter().map(|link| {
        let figure = link.figure.map(|figure| {
            view! { <span class="link-figure"><span class="visually-hidden">{PAUSE}</span>{figure}</span> }.erase()
        });
        view! { <li><a rel=link.rel href=link.route.href(&base)><span>{link.name}</span>{figure}</a></li> }.erase()
    });
    view! { <ul class=kind aria-labelledby=labelled_by>{items.collect_view()}</ul> }
}
