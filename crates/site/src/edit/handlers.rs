//! What the desk's page asks for, by name. Everything here may wait for the disk.

use super::answer::{self, Answer};
use super::git;
use super::planning;
use super::portal_itself;
use super::publishing::What;
use super::translating;
use super::uploads::{self, Folder, Gone};
use super::workshop::Visit;
use ::desk::beginning::{self, Beginning};
use ::desk::overview::Question;
use ::desk::paste;
use ::desk::place::{Kind, Place};
use ::desk::remark::{self, Remark};
use ::desk::store::{Edit, Shown, Trouble};
use ::desk::{form, names, slug};
use editorial::check::picture_file::is_picture;
use editorial::clock;
use editorial::diagnostics::{Message, Refusal, Stop};
use editorial::edit::{new, translations};
use editorial::json::reasons;
use editorial::message;
use hyper::StatusCode;
use model::{Address, Lang, Slug};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The answer to a question.
pub(super) fn ask(workshop: &Visit<'_>, task: &str) -> Answer {
    match task {
        "portal" => portal(workshop),
        "publish" => progress(workshop),
        "history" => answer::found(&git::history(workshop)),
        "check" => answer::found(&report(workshop)),
        task => match task.strip_prefix("picture/") {
            Some(path) => picture(workshop, path),
            None => answer::empty(StatusCode::NOT_FOUND),
        },
    }
}

/// The answer to a wish.
pub(super) fn act(workshop: &Visit<'_>, task: &str, wish: Value) -> Answer {
    match task {
        "list" => with(workshop, wish, |question: Question| {
            answer::found(&workshop.find(&question))
        }),
        "open" => with(workshop, wish, |Named { place }| open(workshop, &place)),
        "edit" => with(workshop, wish, |change: Change| edit(workshop, &change)),
        "rewrite" => with(workshop, wish, |change: Rewrite| rewrite(workshop, &change)),
        "step" => with(workshop, wish, |step: Step| step_of(workshop, &step)),
        "save" => with(workshop, wish, |saving: Saving| save(workshop, &saving)),
        "theirs" => with(workshop, wish, |Named { place }| {
            let taken = workshop.store().take_theirs(&place);
            shown(workshop, &place, taken)
        }),
        "slug" => with(workshop, wish, |wanted: Unnamed| propose(workshop, &wanted)),
        "new" => with(workshop, wish, |article: NewArticle| {
            begin_article(workshop, &article)
        }),
        "translate" => with(workshop, wish, |wanted: Translation| {
            translate(workshop, &wanted)
        }),
        "done" => with(workshop, wish, |wanted: Translation| {
            up_to_date(workshop, &wanted)
        }),
        "unused" => with(workshop, wish, |wish: Folder| {
            uploads::unused(workshop, &wish)
        }),
        "discard" => with(workshop, wish, |wish: Gone| {
            uploads::discard(workshop, &wish)
        }),
        "begin" => with(workshop, wish, |wish: Beginning| {
            settle(workshop, None, beginning::begin(workshop.content(), &wish))
        }),
        "paste" => with(workshop, wish, |Copied { html }| match html.len() {
            size if size > paste::MOST_BYTES => answer::empty(StatusCode::PAYLOAD_TOO_LARGE),
            _ => answer::found(&paste::pasted(&html)),
        }),
        "link" => with(workshop, wish, |Target { to }| match Address::new(&to) {
            Ok(to) => answer::found(&json!({ "to": to.as_str() })),
            Err(error) => refused(workshop, &reasons::said(&error.to_string())),
        }),
        "plan" => with(workshop, wish, |wish: planning::Wish| {
            planning::plan(workshop, &wish)
        }),
        "publish" => with(workshop, wish, |Wanted { what }| {
            workshop.publishing.begin(&workshop.publish, what);
            progress(workshop)
        }),
        "record" => with(workshop, wish, |wish: git::Wish| {
            match git::record(workshop, &wish) {
                Ok(recorded) => answer::found(&recorded),
                Err(why) => refused(workshop, &why),
            }
        }),
        "back" => match workshop.publishing.back(&workshop.publish) {
            Ok(()) => answer::found(&json!({})),
            Err(failure) => stopped(workshop, Stop::Failed(failure)),
        },
        task => {
            let done = translating::act(workshop, task, &wish);
            let done = done.or_else(|| portal_itself::act(workshop, task, &wish));
            done.unwrap_or_else(|| answer::empty(StatusCode::NOT_FOUND))
        }
    }
}

/// A document.
#[derive(Deserialize)]
struct Named {
    place: Place,
}

/// Changes of a document.
#[derive(Deserialize)]
struct Change {
    place: Place,
    known: String,
    edits: Vec<Edit>,
}

/// A document as a whole.
#[derive(Deserialize)]
struct Rewrite {
    place: Place,
    known: String,
    text: String,
}

/// A step back or forward.
#[derive(Deserialize)]
struct Step {
    place: Place,
    known: String,
    back: bool,
}

/// Saving a document, over what was seen in its file.
#[derive(Deserialize)]
struct Saving {
    place: Place,
    known: String,
    over: Option<String>,
}

/// A title that a name is wanted for.
#[derive(Deserialize)]
struct Unnamed {
    title: String,
    lang: String,
    section: Slug,
}

/// A new article.
#[derive(Deserialize)]
struct NewArticle {
    section: String,
    slug: String,
    lang: String,
    title: String,
}

/// A language of an article.
#[derive(Deserialize)]
struct Translation {
    article: String,
    lang: String,
}

/// What was copied elsewhere.
#[derive(Deserialize)]
struct Copied {
    html: String,
}

/// What is to be published.
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    what: What,
}

/// Where a link is to lead.
#[derive(Deserialize)]
struct Target {
    to: String,
}

/// Answers a wish of this form.
pub(super) fn with<T: DeserializeOwned>(
    workshop: &Visit<'_>,
    wish: Value,
    answer: impl FnOnce(T) -> Answer,
) -> Answer {
    match serde_json::from_value(wish) {
        Ok(wish) => answer(wish),
        Err(_) => refused(
            workshop,
            &message!("the desk asked for what this program does not know: load its page anew"),
        ),
    }
}

/// The answer to what cannot be done, and why.
pub(super) fn refused(workshop: &Visit<'_>, message: &Message) -> Answer {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    answer::refused(workshop.lang, status, "refused", message, &Value::Null)
}

/// How far publishing is.
fn progress(workshop: &Visit<'_>) -> Answer {
    let progress = workshop.publishing.progress(&workshop.publish);
    answer::found(&progress.in_lang(workshop.lang))
}

/// What there is to know of the portal before anything is opened.
fn portal(workshop: &Visit<'_>) -> Answer {
    let site = fs::read(Place::Site.file(workshop.content()));
    let site: Value = site
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default();
    let is_needed = beginning::is_needed(workshop.content());
    let langs: Vec<&str> = workshop.langs().into_iter().map(Lang::tag).collect();
    answer::found(&json!({
        "begins": is_needed,
        "offered": is_needed.then(beginning::offered),
        "langs": langs,
        "names": site["names"],
        "origin": site["origin"],
        "sections": site["sections"],
        "tags": site["tags"],
        "spellings": workshop.checked().glossary().names(),
        "translates": workshop.translator.is_some(),
        "pages": portal_itself::pages(workshop, &site),
        "duties": portal_itself::duties(workshop),
        "schemas": {
            "site": form::schema(Kind::Site),
            "glossary": form::schema(Kind::Glossary),
            "standing": form::schema(Kind::Standing),
            "register": form::schema(Kind::Register),
            "document": form::schema(Kind::Document),
            "questions": form::schema(Kind::Questions),
            "assessment": form::schema(Kind::Assessment),
            "article": form::schema(Kind::Article),
            "version": form::schema(Kind::Version),
        },
        "preview": workshop.preview,
        "unsaved": workshop.store().unsaved(),
        "now": clock::now(),
        "out": workshop.publish.out.display().to_string(),
    }))
}

/// Everything that `site check` says of what is saved.
fn report(workshop: &Visit<'_>) -> Vec<Remark> {
    let checked = workshop.checked();
    let problems = checked.problems.iter();
    let on_disk = &mut |place: &Place| fs::read_to_string(place.file(workshop.content())).ok();
    problems
        .map(|problem| remark::of(problem, workshop.content(), on_disk).in_lang(workshop.lang))
        .collect()
}

/// A picture of an article: `section/slug/file`.
fn picture(workshop: &Visit<'_>, path: &str) -> Answer {
    let parts: Vec<&str> = path.split('/').collect();
    let [section, slug, file] = parts[..] else {
        return answer::empty(StatusCode::NOT_FOUND);
    };
    let stem = file.split('.').next().unwrap_or_default();
    let is_plain = [section, slug, stem]
        .iter()
        .all(|part| Slug::new(part).is_ok());
    if !is_plain || !is_picture(file) {
        return answer::empty(StatusCode::NOT_FOUND);
    }
    let folder = workshop.content().join("articles").join(section).join(slug);
    let is_file = |path: &Path| fs::symlink_metadata(path).is_ok_and(|about| about.is_file());
    let arrived = uploads::arrived(workshop, section, slug, file);
    let there = [folder.join(file)].into_iter().chain(arrived);
    let there = there
        .filter(|path| is_file(path))
        .find_map(|path| fs::read(path).ok());
    match there {
        Some(bytes) => answer::picture(file, bytes),
        None => answer::empty(StatusCode::NOT_FOUND),
    }
}

fn open(workshop: &Visit<'_>, place: &Place) -> Answer {
    let opened = workshop.store().show(place);
    shown(workshop, place, opened)
}

fn edit(workshop: &Visit<'_>, change: &Change) -> Answer {
    let Change {
        place,
        known,
        edits,
    } = change;
    let edited = workshop.store().edit(place, known, edits);
    shown(workshop, place, edited)
}

fn rewrite(workshop: &Visit<'_>, Rewrite { place, known, text }: &Rewrite) -> Answer {
    let rewritten = workshop.store().rewrite(place, known, text);
    shown(workshop, place, rewritten)
}

fn step_of(workshop: &Visit<'_>, Step { place, known, back }: &Step) -> Answer {
    let stepped = workshop.store().step(place, known, *back);
    shown(workshop, place, stepped)
}

fn save(workshop: &Visit<'_>, Saving { place, known, over }: &Saving) -> Answer {
    let saved = workshop.store().save(place, known, over.as_deref());
    if saved.is_ok() {
        workshop.changed(place.article());
    }
    shown(workshop, place, saved)
}

/// A document with what there is to say of it, or why there is none.
pub(super) fn shown(workshop: &Visit<'_>, place: &Place, shown: Result<Shown, Trouble>) -> Answer {
    let shown = match shown {
        Ok(shown) => shown,
        Err(trouble) => return troubled(workshop, place, trouble),
    };
    answer::found(&with_remarks(workshop, place, &shown))
}

fn with_remarks(workshop: &Visit<'_>, place: &Place, shown: &Shown) -> Value {
    let remarks = workshop.is_checked().then(|| {
        let mut store = workshop.store();
        let mut checked = workshop.checked();
        let remarks = match place.article() {
            Some(article) => checked.article(&mut store, article),
            None => checked.portal(&mut store),
        };
        // What cannot be read is said when it is saved.
        remarks.unwrap_or_default()
    });
    if let Some(remarks) = &remarks {
        workshop.show(place.article(), remarks);
    }
    let said = |remarks: Vec<Remark>| -> Vec<Remark> {
        let remarks = remarks.into_iter();
        remarks
            .map(|remark| remark.in_lang(workshop.lang))
            .collect()
    };
    let remarks = remarks.map(said);
    let row = place
        .article()
        .map(|(section, slug)| workshop.row(section.as_str(), slug.as_str()));
    let names = shown
        .value
        .as_ref()
        .map(|value| names::offers(workshop.checked().glossary(), place, value));
    json!({ "document": shown, "remarks": remarks, "row": row, "names": names })
}

fn troubled(workshop: &Visit<'_>, place: &Place, trouble: Trouble) -> Answer {
    let message = trouble.message();
    let conflict = |kind, now: &Shown| {
        let now = with_remarks(workshop, place, now);
        answer::refused(workshop.lang, StatusCode::CONFLICT, kind, &message, &now)
    };
    match &trouble {
        Trouble::Elsewhere(now) => conflict("elsewhere", now),
        Trouble::Changed(now) => conflict("changed", now),
        _ => stopped_by(workshop, &trouble),
    }
}

/// The answer to what is not done, where no two versions have to be shown.
pub(super) fn stopped_by(workshop: &Visit<'_>, trouble: &Trouble) -> Answer {
    let (status, kind) = match trouble {
        Trouble::Elsewhere(_) | Trouble::Changed(_) => (StatusCode::CONFLICT, "refused"),
        Trouble::Missing(_) => (StatusCode::NOT_FOUND, "missing"),
        Trouble::Refused(_) => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
        Trouble::Failed(_) => (StatusCode::INTERNAL_SERVER_ERROR, "failed"),
    };
    answer::refused(
        workshop.lang,
        status,
        kind,
        &trouble.message(),
        &Value::Null,
    )
}

fn propose(workshop: &Visit<'_>, wanted: &Unnamed) -> Answer {
    let Unnamed {
        title,
        lang,
        section,
    } = wanted;
    let lang = Lang::from_tag(lang).unwrap_or(Lang::Vi);
    let day: String = clock::now().to_string().chars().take(10).collect();
    let otherwise = Slug::new(&format!("{section}-{day}")).unwrap_or_else(|_| section.clone());
    let folder = workshop.content().join("articles").join(section.as_str());
    let proposed = slug::propose(title, lang, &otherwise, |slug| {
        folder.join(slug.as_str()).exists()
    });
    answer::found(&json!({ "slug": proposed }))
}

/// Makes an article, and opens it with nothing but its title: what the new files say is in them, so
/// that they pass the check, but nobody has to delete it.
fn begin_article(workshop: &Visit<'_>, article: &NewArticle) -> Answer {
    let NewArticle {
        section,
        slug,
        lang,
        title,
    } = article;
    let Some(lang) = Lang::from_tag(lang) else {
        return refused(workshop, &message!("this portal has no such language"));
    };
    let made = new::article(workshop.content(), section, slug, lang, clock::now());
    match made {
        Ok(made) => workshop.wrote(&made.files),
        Err(stop) => return stopped(workshop, stop),
    }
    let name = format!("articles/{section}/{slug}/{}", lang.tag());
    let Some(place) = Place::parse(&name) else {
        return refused(workshop, &message!("this is no name for an article"));
    };
    workshop.changed(place.article());
    let title = title.trim();
    let headline = if title.is_empty() {
        json!({ "do": "remove", "at": "/headline" })
    } else {
        json!({ "do": "set", "at": "/headline", "value": title })
    };
    let edits = json!([
        headline,
        { "do": "set", "at": "/lead", "value": "" },
        { "do": "set", "at": "/body/0/paragraph", "value": "" },
    ]);
    let edits: Vec<Edit> = serde_json::from_value(edits).unwrap_or_default();
    let opened = {
        let mut store = workshop.store();
        let first = store.show(&place);
        first.and_then(|first| store.edit(&place, &first.known, &edits))
    };
    shown(workshop, &place, opened)
}

fn translate(workshop: &Visit<'_>, Translation { article, lang }: &Translation) -> Answer {
    let Some(lang) = Lang::from_tag(lang) else {
        return refused(workshop, &message!("this portal has no such language"));
    };
    let made = new::translation(workshop.content(), article, lang);
    translating::keep_original(workshop, article);
    settle(workshop, Some(article), made.map(|made| made.files))
}

fn up_to_date(workshop: &Visit<'_>, Translation { article, lang }: &Translation) -> Answer {
    let Some(lang) = Lang::from_tag(lang) else {
        return refused(workshop, &message!("this portal has no such language"));
    };
    let done = translations::done(workshop.content(), article, lang);
    let file = format!("articles/{article}/{}.json", lang.tag());
    translating::keep_original(workshop, article);
    let files = done.map(|_| vec![workshop.content().join(file)]);
    settle(workshop, Some(article), files)
}

/// The answer after files were made, of an article or of the portal.
pub(super) fn settle(
    workshop: &Visit<'_>,
    article: Option<&str>,
    done: Result<Vec<PathBuf>, Stop>,
) -> Answer {
    match done {
        Ok(files) => {
            workshop.wrote(&files);
            let name = article.and_then(|article| article.split_once('/'));
            let name = name.and_then(|(section, slug)| {
                Some((Slug::new(section).ok()?, Slug::new(slug).ok()?))
            });
            workshop.changed(name.as_ref().map(|(section, slug)| (section, slug)));
            answer::found(&json!({}))
        }
        Err(stop) => stopped(workshop, stop),
    }
}

fn stopped(workshop: &Visit<'_>, stop: Stop) -> Answer {
    match stop {
        Stop::Refused(Refusal::Sentence(why)) => refused(workshop, &why),
        Stop::Refused(Refusal::Problems { .. }) => {
            refused(workshop, &message!("the content has mistakes"))
        }
        Stop::Failed(failure) => answer::refused(
            workshop.lang,
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            &failure.message(),
            &Value::Null,
        ),
    }
}
