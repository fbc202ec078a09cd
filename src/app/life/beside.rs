//! What stands beside the article that is shown: the same article in the language that the address asks for.

use super::super::portal::Shown;
use super::{Life, parts, query_of};
use crate::browser::history;
use crate::components::State;
use crate::content::ContentError;
use crate::i18n::words;
use crate::model::{Document, Page};
use crate::route;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;

/// The article in the language that the address asks for; `None` where it asks for none that there is.
pub(super) type Version = Option<Result<Arc<Document>, ContentError>>;

impl Life {
    /// Puts the language that the address asks for beside the article that is shown, or takes it away again. The article
    /// itself stays as it is, whatever comes.
    pub(super) fn accompany(self: Rc<Self>, href: &str) {
        let asked = self.ask();
        let is_alone = self.beside.with_untracked(Option::is_none);
        if is_alone && route::beside(parts(href).1).is_none() {
            self.pending.set(false);
            return self.say(State::Quiet);
        }
        self.pending.set(true);
        history::wait();
        spawn_local(Rc::clone(&self).notice(asked));
        let href = href.to_owned();
        spawn_local(async move {
            let shown = self.shown.get_untracked();
            let beside = self.version_beside(&shown, &href).await;
            if self.asked.get() == asked {
                self.pending.set(false);
                self.put_beside(beside, href);
                leptos::task::tick().await;
                history::resume();
            }
        });
    }

    /// The article in the language that the address asks for beside its own; `None` where it asks for none that there is.
    pub(super) async fn version_beside(&self, shown: &Shown, href: &str) -> Version {
        let lang = route::beside(parts(href).1).filter(|lang| *lang != shown.route.lang())?;
        let is_there = matches!(shown.document.page, Page::Article(_)) && shown.document.languages.contains(&lang);
        if !is_there {
            return None;
        }
        Some(self.shelf.load(&query_of(&shown.route.in_language(lang))).await)
    }

    /// Shows what came beside the article, or says that it did not.
    pub(super) fn put_beside(&self, beside: Version, href: String) {
        let (document, state) = match beside {
            Some(Err(_)) => {
                let lang = self.shown.with_untracked(|shown| shown.route.lang());
                (None, State::Failed { reason: words(lang).beside_failed, href })
            }
            Some(Ok(document)) => (Some(document), State::Quiet),
            None => (None, State::Quiet),
        };
        if document.is_some() || self.beside.with_untracked(Option::is_some) {
            self.beside.set(document);
        }
        self.say(state);
    }
}
