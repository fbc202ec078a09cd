//! What texts of Wagtail name by number only: pictures, documents and pages. Each is asked for once.

use crate::adapter::Media;
use crate::client::{Client, SourceError};
use import::{Loss, fold};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The answers so far, by kind and number; `None` where the public sees nothing.
pub(super) type Answers = RefCell<BTreeMap<(&'static str, u64), Option<Value>>>;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) title: String,
    pub(super) address: String,
}

/// The library of one Wagtail.
pub(super) struct Library<'a> {
    pub(super) client: &'a Client,
    /// The path of the API.
    pub(super) api: &'a str,
    /// The address of the CMS.
    pub(super) address: &'a str,
    /// The articles, by the numbers of their pages.
    pub(super) pages: &'a BTreeMap<u64, Target>,
    pub(super) answers: &'a Answers,
    /// The first failure of the CMS; what was made then is not used.
    pub(super) failure: RefCell<Option<SourceError>>,
}

impl Library<'_> {
    /// A picture.
    pub(super) fn picture(&self, id: u64) -> Option<Media> {
        picture(&self.ask("images", id)?, self.address)
    }

    /// A document.
    pub(super) fn document(&self, id: u64) -> Option<Target> {
        self.target("documents", id, "download_url")
    }

    /// A page. One that is no article is a loss: readers of it leave the portal.
    pub(super) fn page(&self, id: u64, losses: &mut Vec<Loss>) -> Option<Target> {
        if let Some(article) = self.pages.get(&id) {
            return Some(article.clone());
        }
        let page = self.target("pages", id, "html_url")?;
        let what = "a link leads to Wagtail, because its page is no article";
        losses.push(Loss::new(what, &page.address));
        Some(page)
    }

    fn target(&self, kind: &'static str, id: u64, key: &str) -> Option<Target> {
        let found = self.ask(kind, id)?;
        Some(Target {
            title: found["title"].as_str().unwrap_or_default().to_owned(),
            address: whole(found["meta"][key].as_str()?, self.address),
        })
    }

    fn ask(&self, kind: &'static str, id: u64) -> Option<Value> {
        if let Some(known) = self.answers.borrow().get(&(kind, id)) {
            return known.clone();
        }
        if self.failure.borrow().is_some() {
            return None;
        }
        let path = format!("{}/{kind}/{id}/", self.api);
        match self.client.json_if_there(&path) {
            Ok(found) => {
                let mut answers = self.answers.borrow_mut();
                answers.insert((kind, id), found.clone());
                found
            }
            Err(error) => {
                *self.failure.borrow_mut() = Some(error);
                None
            }
        }
    }
}

/// A picture as the API shows it by itself, within a page, or as a rendition.
pub(super) fn picture(value: &Value, address: &str) -> Option<Media> {
    let one = value.as_array().map_or(Some(value), |all| all.first())?;
    let places = ["/meta/download_url", "/url", "/full_url"];
    let source = places
        .into_iter()
        .find_map(|place| one.pointer(place)?.as_str())?;
    let said = ["description", "alt", "alt_text"]
        .into_iter()
        .find_map(|key| one[key].as_str().filter(|words| !words.trim().is_empty()));
    // Wagtail itself takes the title where nothing else says what a picture shows.
    let title = one["title"]
        .as_str()
        .filter(|title| says_more(title, source));
    Some(Media {
        address: whole(source, address),
        alternative: said.or(title).unwrap_or_default().to_owned(),
        caption: String::new(),
    })
}

/// Whether a title is more than the name of its file, which Wagtail makes titles of.
fn says_more(title: &str, source: &str) -> bool {
    let stem = |name: &str| fold(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let file = source.split(['?', '#']).next().unwrap_or_default();
    let (title, file) = (
        stem(title),
        stem(file.rsplit('/').next().unwrap_or_default()),
    );
    match (title, file) {
        // A second file of the same name gets letters behind it.
        (Some(title), Some(file)) => !file.as_str().starts_with(title.as_str()),
        (title, _) => title.is_some(),
    }
}

/// The whole address of something at a path on the host of the CMS.
pub(super) fn whole(source: &str, address: &str) -> String {
    if !source.starts_with('/') || source.starts_with("//") {
        return source.to_owned();
    }
    let host = address.split('/').take(3).collect::<Vec<_>>().join("/");
    format!("{host}{source}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_picture_is_described_by_whoever_wrote_about_it() {
        let of = |value: Value| picture(&value, "https://a.example/cms").unwrap();
        let file = |title: &str, description: &str| {
            json!({"id": 1, "title": title, "description": description,
                "meta": {"download_url": "/media/original_images/cang_moi.x8Y.jpg"}})
        };
        assert_eq!(
            of(file("Cảng", "")).address,
            "https://a.example/media/original_images/cang_moi.x8Y.jpg"
        );
        for (title, description, alternative) in [
            ("Tàu vào cảng", "Con tàu", "Con tàu"),
            ("Tàu vào cảng", "", "Tàu vào cảng"),
            ("cang_moi.jpg", "", ""),
            ("Cảng mới", "", ""),
            ("", " ", ""),
        ] {
            assert_eq!(
                of(file(title, description)).alternative,
                alternative,
                "{title}"
            );
        }
        let rendition = json!({"url": "/a.jpg", "full_url": "https://m.example/a.jpg", "alt": "A"});
        assert_eq!(of(rendition).address, "https://a.example/a.jpg");
        assert_eq!(picture(&json!({"id": 1, "meta": {}}), ""), None);
        assert_eq!(picture(&Value::Null, ""), None);
    }
}
