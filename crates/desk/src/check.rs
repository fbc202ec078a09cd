//! The messages of `site check`: for everything, and for one article while it is written.

use crate::overview::Mistakes;
use crate::place::Place;
use crate::remark::{self, Remark};
use crate::store::Store;
use editorial::content::glossary::Glossary;
use editorial::content::selection::Selection;
use editorial::diagnostics::{Failure, Problem, Severity};
use editorial::load::article_cache::ArticleCache;
use editorial::load::{self, single::Surroundings};
use model::{Lang, Slug};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What `site check` checks without options.
const SELECTION: Selection = Selection {
    drafts: false,
    as_of: None,
};

/// What is known of the content as it is on the disk.
#[derive(Default)]
pub struct Checked {
    surroundings: Surroundings,
    /// Every problem and warning.
    pub problems: Vec<Problem>,
    /// The languages of the portal; empty where `site.json` has a mistake.
    pub langs: Vec<Lang>,
}

impl Checked {
    /// Checks everything. What did not change since is taken from the cache at `cache`.
    ///
    /// # Errors
    /// Where something cannot be read.
    pub fn all(content: &Path, cache: Option<(&PathBuf, u64)>) -> Result<Self, Failure> {
        let mut known = cache.map_or_else(ArticleCache::default, |(file, tool)| {
            ArticleCache::read(file, tool)
        });
        let loaded = load::load(content, &mut known, &SELECTION)?;
        if let Some((file, _)) = cache {
            known.write(file);
        }
        let mut problems = loaded.problems;
        problems.extend(loaded.warnings);
        let langs = loaded.content.map(|content| content.site.languages);
        Ok(Self {
            surroundings: loaded.surroundings,
            problems,
            langs: langs.unwrap_or_default(),
        })
    }

    /// The articles that there are, as section and slug.
    pub fn articles(&self) -> impl Iterator<Item = &(Slug, Slug)> {
        self.surroundings.articles()
    }

    /// Which articles have mistakes, and in which languages.
    pub fn mistakes(&self, content: &Path) -> Mistakes {
        let mut mistakes: Mistakes = HashMap::new();
        let errors = self.problems.iter();
        for problem in errors.filter(|problem| problem.severity == Severity::Error) {
            let remark = remark::of(problem, content, &mut |_| None);
            let lang = match &remark.place {
                Some(Place::Version(_, _, lang)) => Some(*lang),
                _ => None,
            };
            if let Some(name) = article_of(&remark, content) {
                mistakes.entry(name).or_default().insert(lang);
            }
        }
        mistakes
    }

    /// What there is to say of an article as it is written in `store`, saved or not.
    ///
    /// # Errors
    /// Where something of it cannot be read.
    pub fn article(
        &mut self,
        store: &mut Store,
        article: (&Slug, &Slug),
    ) -> Result<Vec<Remark>, Failure> {
        let content = store.content().to_owned();
        let instead = store.instead_of(article);
        let problems = self
            .surroundings
            .check(&content, article, instead, &SELECTION)?;
        Ok(remarks_of(problems, &content, store))
    }

    /// What there is to say of the portal's settings, its glossary and its standing pages, as they are
    /// written in `store`, saved or not.
    ///
    /// # Errors
    /// Where something of it cannot be read.
    pub fn portal(&self, store: &mut Store) -> Result<Vec<Remark>, Failure> {
        let content = store.content().to_owned();
        let instead = store.instead_of_portal();
        let problems = self
            .surroundings
            .check_portal(&content, instead, &SELECTION)?;
        Ok(remarks_of(problems, &content, store))
    }

    /// The names of the portal, as they are saved.
    pub fn glossary(&self) -> &Glossary {
        self.surroundings.glossary()
    }
}

/// The messages with their fields, each once.
fn remarks_of(mut problems: Vec<Problem>, content: &Path, store: &mut Store) -> Vec<Remark> {
    problems.sort_by(|one, other| one.order().cmp(&other.order()));
    problems.dedup();
    let remarks = problems
        .iter()
        .map(|problem| remark::of(problem, content, &mut |place| store.text(place)));
    remarks.collect()
}

/// The article that a message is about.
fn article_of(remark: &Remark, content: &Path) -> Option<(Slug, Slug)> {
    if let Some(place) = &remark.place {
        return place
            .article()
            .map(|(section, slug)| (section.clone(), slug.clone()));
    }
    let articles = editorial::diagnostics::shown(&content.join("articles"));
    let below = remark.file.strip_prefix(&articles)?;
    let mut parts = below.trim_start_matches('/').split('/');
    let mut slug = || Slug::new(parts.next()?).ok();
    Some((slug()?, slug()?))
}

#[cfg(test)]
mod typed;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Edit;
    use proptest::prelude::*;
    use proptest::test_runner::Config;
    use serde_json::{Value, json};
    use std::fs;

    /// The smallest portal of the tests.
    pub(super) fn portal() -> tempfile::TempDir {
        let place = tempfile::tempdir().unwrap();
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/base/content");
        copy(&base, place.path());
        place
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }

    #[test]
    fn a_draft_is_checked_as_it_is_written_and_a_message_stands_at_its_field() {
        let place = portal();
        let mut store = Store::open(place.path()).unwrap();
        let mut checked = Checked::all(place.path(), None).unwrap();
        assert_eq!(checked.mistakes(place.path()), Mistakes::new());
        let name = Place::parse("articles/port/deep-water-port/vi").unwrap();
        let (section, slug) = name.article().unwrap();
        let before = checked.article(&mut store, (section, slug)).unwrap();
        assert!(
            before.iter().all(|remark| remark.severity == "warning"),
            "{before:?}"
        );
        let known = store.show(&name).unwrap().known;
        let edits: Result<Vec<crate::store::Edit>, _> = serde_json::from_str(
            r#"[{ "do": "insert", "at": "/body/0", "value": { "paragraph": "See [it](/port/nothing/)" } },
                { "do": "set", "at": "/lead", "value": "**a" }]"#,
        );
        store.edit(&name, &known, &edits.unwrap()).unwrap();
        let remarks = checked.article(&mut store, (section, slug)).unwrap();
        let at: Vec<String> = remarks
            .iter()
            .filter(|remark| remark.severity == "error" && remark.place.as_ref() == Some(&name))
            .map(|remark| remark.at.to_string())
            .collect();
        assert_eq!(at, ["/lead", "/body/0/paragraph"], "{remarks:?}");
        // What is not saved is nothing that the site has.
        assert_eq!(
            Checked::all(place.path(), None)
                .unwrap()
                .mistakes(place.path()),
            Mistakes::new()
        );
    }

    #[test]
    fn helps_show_characters_as_a_field_takes_them() {
        let place = portal();
        let mut store = Store::open(place.path()).unwrap();
        let mut checked = Checked::all(place.path(), None).unwrap();
        let name = Place::parse("articles/port/deep-water-port/vi").unwrap();
        let known = store.show(&name).unwrap().known;
        let text = "a ** b, `c`, &amp; &lt; &quot; &bsol; d](e) <b>f</b>";
        let edits = json!([{ "do": "set", "at": "/lead", "value": text }]);
        let edits: Vec<Edit> = serde_json::from_value(edits).unwrap();
        store.edit(&name, &known, &edits).unwrap();
        let article = name.article().unwrap();
        let remarks = checked.article(&mut store, article).unwrap();
        let helps: Vec<String> = remarks
            .iter()
            .filter(|remark| remark.at.to_string() == "/lead")
            .filter_map(|remark| Some(remark.clone().in_lang(Lang::Ko).help?.to_string()))
            .collect();
        let all = helps.join("\n");
        for sign in [
            "\\*\\*",
            "\\`",
            "\\&",
            "\\<",
            "\\](",
            "이 부호 그대로라면 \"를",
        ] {
            assert!(all.contains(sign), "{sign}: {all}");
        }
        for doubled in ["\\\\*", "\\\\`", "\\\\&", "\\\\<", "\\\\]", "\\\""] {
            assert!(!all.contains(doubled), "{doubled}: {all}");
        }
        // A file is JSON, in which they are doubled.
        let known = store.show(&name).unwrap().known;
        store.save(&name, &known, None).unwrap();
        let report = Checked::all(place.path(), None).unwrap().problems;
        let helps = report.iter().filter_map(|problem| problem.help.as_deref());
        assert!(helps.into_iter().any(|help| help.contains("\\\\*\\\\*")));
    }

    #[test]
    fn a_picture_that_is_not_in_its_place_yet_is_checked_as_if_it_were() {
        let place = portal();
        let mut store = Store::open(place.path()).unwrap();
        let mut checked = Checked::all(place.path(), None).unwrap();
        let facts = Place::parse("articles/port/deep-water-port/article").unwrap();
        let article = facts.article().unwrap();
        let picture = synthetic::pictures::png((3, 2), 2, 8, 0);
        let home = crate::home::Home::of_article(article);
        let kept = crate::upload::keep(&mut store, &home, "Lake.png", "png", &picture).unwrap();
        // Nothing names it, and no check, build or other desk meets it.
        let errors = |remarks: &[Remark]| {
            remarks
                .iter()
                .filter(|remark| remark.severity == "error")
                .map(|remark| remark.message.to_string())
                .collect::<Vec<_>>()
        };
        let none: Vec<String> = Vec::new();
        assert_eq!(errors(&checked.article(&mut store, article).unwrap()), none);
        assert_eq!(
            Checked::all(place.path(), None)
                .unwrap()
                .mistakes(place.path()),
            Mistakes::new()
        );
        let known = store.show(&facts).unwrap().known;
        let edit = json!([{ "do": "set", "at": "/pictures/lake", "value": { "file": kept.file } }]);
        let edits: Vec<Edit> = serde_json::from_value(edit).unwrap();
        let named = store.edit(&facts, &known, &edits).unwrap();
        // The file is there; what it shows has to be said in both languages.
        let said = errors(&checked.article(&mut store, article).unwrap());
        assert!(
            said.len() == 2 && said.iter().all(|message| message.contains("alternative")),
            "{said:?}"
        );
        store.save(&facts, &named.known, None).unwrap();
        assert_eq!(errors(&checked.article(&mut store, article).unwrap()), said);
        assert_eq!(store.arrivals(&home), none);
    }

    #[test]
    fn an_article_with_a_mistake_is_known_with_its_language() {
        let place = portal();
        let folder = place.path().join("articles/port/deep-water-port");
        fs::write(folder.join("vi.json"), "{").unwrap();
        let checked = Checked::all(place.path(), None).unwrap();
        let mistakes = checked.mistakes(place.path());
        let (_, langs) = mistakes.iter().next().unwrap();
        assert!(langs.contains(&Some(Lang::Vi)), "{mistakes:?}");
        fs::remove_file(folder.join("article.json")).unwrap();
        let mistakes = Checked::all(place.path(), None)
            .unwrap()
            .mistakes(place.path());
        assert!(
            mistakes.values().next().unwrap().contains(&None),
            "{mistakes:?}"
        );
    }

    /// A value as it may come from a form, right or wrong.
    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            "[a-cđ港*_`<>&\\[\\]()\\\\ ]{0,8}".prop_map(Value::from),
            Just(json!(
                "see [it](/port/nothing/) and [that](https://a.example/)"
            )),
            Just(json!("2026-05-13T08:30+07:00")),
            Just(json!(null)),
            Just(json!(7)),
            Just(json!(true)),
            Just(json!({ "paragraph": "a **b**" })),
            Just(json!({ "heading": "*a*" })),
            Just(json!({ "list": [] })),
            Just(json!({ "table": { "caption": "c", "header": ["h"], "rows": [["x", "y"]] } })),
            Just(json!({ "picture": "nothing" })),
            Just(json!({ "nothing": "of the kind" })),
            Just(json!([{ "at": "2014-01-01T00:00Z", "text": "<b>x" }])),
        ]
    }

    fn edit() -> impl Strategy<Value = Value> {
        let place = prop_oneof![
            Just("/headline"),
            Just("/lead"),
            Just("/body"),
            Just("/body/0"),
            Just("/body/0/paragraph"),
            Just("/history"),
            Just("/draft"),
            Just("/translated_from"),
            Just("/unknown"),
        ];
        prop_oneof![
            4 => (place, value()).prop_map(|(at, value)| json!({ "do": "set", "at": at, "value": value })),
            2 => value().prop_map(|value| json!({ "do": "insert", "at": "/body/0", "value": value })),
            1 => Just(json!({ "do": "remove", "at": "/body/0" })),
            1 => Just(json!({ "do": "move", "from": "/body/0", "to": 1 })),
        ]
    }

    proptest! {
        #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(60) })]

        /// Whatever is edited, the check has nothing against it, or says so at a value that is there.
        #[test]
        fn every_message_stands_at_a_field(edits in proptest::collection::vec(edit(), 1..6)) {
            let place = portal();
            let mut store = Store::open(place.path()).unwrap();
            let mut checked = Checked::all(place.path(), None).unwrap();
            let name = Place::parse("articles/port/deep-water-port/vi").unwrap();
            let mut shown = store.show(&name).unwrap();
            for edit in edits {
                let edit: Edit = serde_json::from_value(edit).unwrap();
                // One that does not fit is refused, and changes nothing.
                if let Ok(now) = store.edit(&name, &shown.known, &[edit]) {
                    shown = now;
                }
            }
            let value = shown.value.unwrap();
            let remarks = checked.article(&mut store, name.article().unwrap()).unwrap();
            for remark in &remarks {
                prop_assert!(remark.place.is_some(), "{:?} of {}", remark, value);
                if remark.place.as_ref() == Some(&name) {
                    let there = value.pointer(&remark.at.to_string());
                    prop_assert!(there.is_some(), "{:?} of {}", remark, value);
                }
            }
            // The whole check has the same against it, once it is saved.
            store.save(&name, &shown.known, None).unwrap();
            let errors = |remarks: &[Remark]| remarks.iter().filter(|remark| remark.severity == "error").count();
            let all = Checked::all(place.path(), None).unwrap();
            let said: Vec<Remark> = all.problems.iter().map(|problem| remark::of(problem, place.path(), &mut |_| None)).collect();
            prop_assert_eq!(errors(&remarks), errors(&said), "{}", value);
        }
    }
}
