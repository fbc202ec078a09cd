//! The names of an article's pictures. A file that is described in different words has a name for
//! each description, because an article may show one picture several times.

use crate::serialised::PictureText;
use crate::slugs::UniqueSlugs;
use model::{Lang, Slug};
use std::collections::{HashMap, VecDeque};

/// The names that were given, and the words that each stands for.
#[derive(Default)]
pub(super) struct PictureNames {
    /// Every name with the path of its file.
    all: Vec<(String, String)>,
    taken: UniqueSlugs,
    /// The names by language, path and alternative text.
    by_alternative: HashMap<(Lang, String, String), String>,
    /// The same with the caption.
    by_caption: HashMap<(Lang, String, String, Option<String>), String>,
    /// The names of a file that has no words in a language yet.
    silent: HashMap<(Lang, String), VecDeque<String>>,
}

impl PictureNames {
    /// Every name with the path of its file, in the order in which they were given.
    pub(super) fn all(&self) -> &[(String, String)] {
        &self.all
    }

    /// The name that fits: one with the same words, or one without words in this language. A
    /// picture without a caption may share the name of one with a caption.
    pub(super) fn known(&mut self, lang: Lang, path: &str, text: &PictureText) -> Option<String> {
        let (path, alternative) = (path.to_owned(), text.alternative.clone());
        let same = match &text.caption {
            None => self.by_alternative.get(&(lang, path.clone(), alternative)),
            Some(_) => {
                self.by_caption
                    .get(&(lang, path.clone(), alternative, text.caption.clone()))
            }
        };
        if let Some(name) = same {
            return Some(name.clone());
        }
        let name = self.silent.get_mut(&(lang, path.clone()))?.pop_front()?;
        self.describe(lang, &path, text, &name);
        Some(name)
    }

    /// Gives a picture a name of its own.
    pub(super) fn give(
        &mut self,
        lang: Lang,
        path: &str,
        text: &PictureText,
        wanted: &Slug,
    ) -> String {
        let name = self.taken.take(wanted, |_| false).to_string();
        self.all.push((name.clone(), path.to_owned()));
        for other in Lang::ALL.into_iter().filter(|other| *other != lang) {
            self.silent
                .entry((other, path.to_owned()))
                .or_default()
                .push_back(name.clone());
        }
        self.describe(lang, path, text, &name);
        name
    }

    fn describe(&mut self, lang: Lang, path: &str, text: &PictureText, name: &str) {
        let (path, alternative) = (path.to_owned(), text.alternative.clone());
        self.by_alternative
            .entry((lang, path.clone(), alternative.clone()))
            .or_insert_with(|| name.to_owned());
        self.by_caption
            .entry((lang, path, alternative, text.caption.clone()))
            .or_insert_with(|| name.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_one_name_for_each_description() {
        let text = |alternative: &str, caption: Option<&str>| PictureText {
            alternative: alternative.to_owned(),
            caption: caption.map(str::to_owned),
        };
        let wanted = Slug::new("port").unwrap();
        let mut names = PictureNames::default();
        let mut name = |lang, text: &PictureText| {
            names
                .known(lang, "p.png", text)
                .unwrap_or_else(|| names.give(lang, "p.png", text, &wanted))
        };
        assert_eq!(name(Lang::En, &text("A", Some("B"))), "port");
        assert_eq!(name(Lang::En, &text("A", None)), "port");
        assert_eq!(name(Lang::En, &text("C", None)), "port-2");
        assert_eq!(name(Lang::En, &text("A", Some("D"))), "port-3");
        assert_eq!(name(Lang::Vi, &text("X", None)), "port");
        assert_eq!(name(Lang::Vi, &text("X", None)), "port");
        assert_eq!(name(Lang::Vi, &text("Y", None)), "port-2");
        assert_eq!(names.all().len(), 3);
    }
}
