//! Lists of links.

use crate::markup::{Markup, html};
use leptos::prelude::*;
use model::route::Route;

/// The pause that screen readers make before a link's figure.
const PAUSE: &str = ", ";

/// A link in a list.
#[derive(Debug)]
pub struct ListLink {
    /// The page that it leads to.
    pub route: Route,
    /// Its words.
    pub name: String,
    /// The text behind its words: a number of articles, a part or a title.
    pub figure: Option<String>,
    /// The `rel` of the link, where the page is the previous or the next one.
    pub rel: Option<&'static str>,
}

impl ListLink {
    /// A link with words alone.
    pub fn new(route: Route, name: impl Into<String>) -> Self {
        Self {
            route,
            name: name.into(),
            figure: None,
            rel: None,
        }
    }
}

/// A list of links, styled by `kind`.
#[component]
pub fn LinkList(
    /// The links.
    links: Vec<ListLink>,
    /// The class of the list: `link-list-entries`, `link-list-tags`, or one of the component that
    /// has it.
    kind: &'static str,
    /// The site's base.
    base: String,
    /// The id of the element that names the list.
    #[prop(optional)]
    labelled_by: Option<&'static str>,
) -> Markup {
    let items = links.into_iter().map(|link| {
        let figure = link.figure.map(|figure| {
            html! { <span class="link-list-figure"><span class="visually-hidden">{PAUSE}</span>{figure}</span> }
        });
        html! { <li><a rel=link.rel href=link.route.href(&base)><span>{link.name}</span>{figure}</a></li> }
    });
    html! { <ul class=kind aria-labelledby=labelled_by>{items.collect::<Vec<_>>()}</ul> }
}
