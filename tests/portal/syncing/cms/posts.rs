//! Answers as WordPress gives them, with what plugins for languages add, after their documentation.

use super::State;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many posts a page has at most, whatever is asked for: so few that a list has several.
const PAGE: usize = 2;

/// A post in the section `port`, with changes.
pub(super) fn post(id: u64, changes: &Value) -> Value {
    let mut post = json!({
        "id": id, "status": "publish", "modified_gmt": "2026-11-01T00:00:00", "date_gmt": "2026-10-01T03:00:00",
        "slug": format!("post-{id}"), "title": {"rendered": format!("Post {id}")},
        "content": {"rendered": "<p>A lead.</p><p>A text.</p>", "protected": false},
        "excerpt": {"rendered": "<p>A lead. A [&hellip;]</p>", "protected": false},
        "author": 1, "featured_media": 0, "categories": [3], "tags": [], "meta": [],
        "_embedded": {"author": [{"id": 1, "name": "An"}], "wp:term": [[{"id": 3, "slug": "port", "taxonomy": "category"}]]},
    });
    for (key, value) in changes.as_object().unwrap() {
        post[key] = value.clone();
    }
    post
}

/// The status, headers and body for a target; `None` where it is no one of WordPress.
pub(super) fn answer(target: &str, state: &mut State) -> Option<(u16, String, String)> {
    let route = ["/wp-json/wp/v2/", "/?rest_route=/wp/v2/"]
        .iter()
        .find_map(|root| target.strip_prefix(root))?;
    let (route, query) = route.split_once(['?', '&']).unwrap_or((route, ""));
    let value = |key: &str| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    };
    let refusal = |status: u16, code: &str, message: &str| {
        let body = json!({"code": code, "message": message, "data": {"status": status}});
        Some((status, String::new(), body.to_string()))
    };
    let as_editor = value("context") == Some("edit");
    if as_editor && !state.edits {
        return refusal(
            403,
            "rest_forbidden_context",
            "Sorry, you are not allowed to edit posts in this post type.",
        );
    }
    if route != "posts" {
        return refusal(
            404,
            "rest_no_route",
            "No route was found matching the URL and request method.",
        );
    }
    // WPML shows one language at a time: this one, unless it is asked for another that it has.
    let has_wpml = state
        .posts
        .values()
        .any(|post| !post["wpml_current_locale"].is_null());
    let lang = value("lang")
        .filter(|lang| ["vi", "en"].contains(lang))
        .unwrap_or("vi");
    let ids: Option<BTreeSet<u64>> =
        value("include").map(|ids| ids.split(',').map(|id| id.parse().unwrap()).collect());
    let found: Vec<&Value> = state
        .posts
        .iter()
        .filter(|(id, _)| ids.as_ref().is_none_or(|ids| ids.contains(id)))
        .filter(|(_, post)| !as_editor || post["author"] == 1)
        .map(|(_, post)| post)
        .filter(|post| {
            !has_wpml
                || post["wpml_current_locale"]
                    .as_str()
                    .is_some_and(|locale| locale.starts_with(lang))
        })
        .collect();
    let size = if ids.is_some() { 100 } else { PAGE };
    let page: usize = value("page").map_or(1, |page| page.parse().unwrap());
    let pages = found.len().div_ceil(size);
    if page > pages.max(1) {
        return refusal(
            400,
            "rest_post_invalid_page_number",
            "The page number requested is larger than the number of pages available.",
        );
    }
    let items: Vec<&Value> = found
        .iter()
        .skip((page - 1) * size)
        .take(size)
        .copied()
        .collect();
    let body = json!(items).to_string();
    let headers = format!(
        "X-WP-Total: {}\r\nX-WP-TotalPages: {pages}\r\n",
        found.len()
    );
    if ids.is_none()
        && page == 1
        && let Some(id) = state.vanishing.pop()
    {
        state.posts.remove(&id);
    }
    Some((200, headers, body))
}
