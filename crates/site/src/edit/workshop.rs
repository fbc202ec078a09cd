//! What the desk has open, and what is read again after a change.

use super::publishing::Publishing;
use super::translator::Translator;
use crate::build::options::Options;
use crate::live::Unsaved;
use ::desk::check::Checked;
use ::desk::overview::{self, Mistakes, Overview, Question};
use ::desk::remark::Remark;
use ::desk::store::Store;
use editorial::clock;
use editorial::diagnostics::Failure;
use editorial::json::Instead;
use model::{Lang, Slug};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a list is taken for true. What others write is in it after that.
const FRESH: Duration = Duration::from_secs(1);

/// The workshop as one request meets it: with the language of who asks.
pub(super) struct Visit<'a> {
    pub(super) workshop: &'a Workshop,
    /// The language in which messages are said.
    pub(super) lang: Lang,
}

impl Deref for Visit<'_> {
    type Target = Workshop;

    fn deref(&self) -> &Workshop {
        self.workshop
    }
}

/// What the desk has open.
pub(super) struct Workshop {
    store: Mutex<Store>,
    checked: Mutex<Checked>,
    list: Mutex<List>,
    /// How the portal is published.
    pub(super) publish: Options,
    /// Publishing, where it is under way.
    pub(super) publishing: Publishing,
    /// The program for machine translations.
    pub(super) translator: Option<Translator>,
    /// The address of the preview.
    pub(super) preview: String,
    /// What the preview shows although it is not saved.
    unsaved: Arc<Unsaved>,
    /// The same by article, and of what belongs to none: the last that had no mistake.
    shown: Mutex<BTreeMap<Option<(Slug, Slug)>, Instead>>,
    content: PathBuf,
    cache: (PathBuf, u64),
    /// Where the list is kept for the next start.
    kept: PathBuf,
    is_to_look: AtomicBool,
    is_checked: AtomicBool,
    /// Wakes whoever checks everything.
    wake: Mutex<Sender<()>>,
    /// Wakes whoever looks at all files for the list.
    seek: Mutex<Sender<()>>,
    /// Held by whoever looks at all files for the first time.
    turn: Mutex<()>,
}

/// The list of all articles, and when it was read.
#[derive(Default)]
struct List {
    overview: Overview,
    mistakes: Mistakes,
    looked: Option<Instant>,
}

impl Workshop {
    /// Opens the workshop, and begins to read everything.
    ///
    /// # Errors
    /// Where the system has no thread for it.
    pub(super) fn start(
        store: Store,
        (publish, command): (Options, Option<Vec<String>>),
        (state, translator): (PathBuf, Option<Translator>),
        preview: String,
        unsaved: Arc<Unsaved>,
    ) -> Result<Arc<Self>, Failure> {
        let (wake, woken) = mpsc::channel();
        let (seek, sought) = mpsc::channel();
        let tool = crate::build::tool()?;
        let workshop = Arc::new(Self {
            content: store.content().to_owned(),
            store: Mutex::new(store),
            checked: Mutex::default(),
            list: Mutex::new(List {
                overview: Overview::read(&state.join("list"), tool, &Lang::ALL),
                ..List::default()
            }),
            publish,
            publishing: Publishing::followed_by(command, state.join("published")),
            translator,
            preview,
            unsaved,
            shown: Mutex::default(),
            cache: (state.join("content"), tool),
            kept: state.join("list"),
            is_to_look: AtomicBool::new(false),
            is_checked: AtomicBool::new(false),
            wake: Mutex::new(wake),
            seek: Mutex::new(seek),
            turn: Mutex::default(),
        });
        workshop.read_again();
        let reader = Arc::clone(&workshop);
        thread::Builder::new()
            .name("workshop".to_owned())
            .spawn(move || reader.read(&woken))
            .map_err(no_thread)?;
        let looker = Arc::clone(&workshop);
        thread::Builder::new()
            .name("list".to_owned())
            .spawn(move || looker.seek(&sought))
            .map_err(no_thread)?;
        Ok(workshop)
    }

    /// The documents.
    pub(super) fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was found when everything was checked.
    pub(super) fn checked(&self) -> MutexGuard<'_, Checked> {
        self.checked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The content folder.
    pub(super) fn content(&self) -> &Path {
        &self.content
    }

    /// Notes that the desk wrote files.
    pub(super) fn wrote(&self, files: &[PathBuf]) {
        let mut store = self.store();
        for file in files {
            store.note(file);
        }
    }

    /// Notes that files have changed, of an article or of the portal: everything is checked again, and
    /// the preview looks. The article is in the list as it is now.
    pub(super) fn changed(&self, article: Option<(&Slug, &Slug)>) {
        self.is_to_look.store(true, Ordering::Relaxed);
        if let Some(article) = article {
            let langs = self.langs();
            let List {
                overview, mistakes, ..
            } = &mut *self.list();
            if !overview.is_empty() {
                overview.look_at(&self.content, article, &langs);
                overview.judge(clock::now(), mistakes);
            }
        }
        self.look_again();
        self.read_again();
    }

    /// Has the preview show what is not saved of an article, or of what belongs to none, where that has
    /// no mistake. Where it has one, what was shown before stays.
    pub(super) fn show(&self, article: Option<(&Slug, &Slug)>, remarks: &[Remark]) {
        if remarks.iter().any(|remark| remark.severity == "error") {
            return;
        }
        let instead = match article {
            Some(article) => self.store().instead_of(article),
            None => self.store().instead_of_portal(),
        };
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let name = article.map(|(section, slug)| (section.clone(), slug.clone()));
        if instead == Instead::default() {
            shown.remove(&name);
        } else {
            shown.insert(name, instead);
        }
        if self.unsaved.set(Instead::all(shown.values())) {
            self.is_to_look.store(true, Ordering::Relaxed);
        }
    }

    /// Whether the preview has to look for changes, since this was asked last.
    pub(super) fn is_to_look(&self) -> bool {
        self.is_to_look.swap(false, Ordering::Relaxed)
    }

    /// Whether everything was checked once. Until then nobody knows where links lead.
    pub(super) fn is_checked(&self) -> bool {
        self.is_checked.load(Ordering::Relaxed)
    }

    /// The articles that are as was asked.
    pub(super) fn find(&self, question: &Question) -> Value {
        let list = self.list();
        let is_unknown = list.overview.is_empty();
        let is_old = list.looked.is_none_or(|looked| looked.elapsed() > FRESH);
        drop(list);
        if is_unknown {
            self.look_first();
        } else if is_old {
            // What others have written is in the next answer.
            self.look_again();
        }
        json!(self.list().overview.find(question))
    }

    /// The titles of an article, by language.
    pub(super) fn row(&self, section: &str, slug: &str) -> Value {
        json!(self.list().overview.row(section, slug))
    }

    /// The languages of the portal.
    pub(super) fn langs(&self) -> Vec<Lang> {
        let langs = self.checked().langs.clone();
        if langs.is_empty() {
            Lang::ALL.to_vec()
        } else {
            langs
        }
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.list.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at all files, unless somebody has done so since the program began. Of several who want
    /// it at once, one looks.
    fn look_first(&self) {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let has_looked = self.list().looked.is_some();
        if !has_looked {
            self.look();
        }
        drop(turn);
    }

    /// Looks at all files. Meanwhile the list answers with what is known.
    fn look(&self) {
        let began = Instant::now();
        let known = self.list().overview.known();
        let found = overview::look(&known, &self.content);
        let langs = self.langs();
        let mut list = self.list();
        let List {
            overview,
            mistakes,
            looked,
        } = &mut *list;
        overview.take(found, &langs);
        overview.judge(clock::now(), mistakes);
        *looked = Some(began);
    }

    fn look_again(&self) {
        let seek = self.seek.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = seek.send(());
    }

    /// Looks at all files whenever it is woken, for as long as the process lives.
    fn seek(&self, sought: &Receiver<()>) {
        while sought.recv().is_ok() {
            while sought.try_recv().is_ok() {}
            self.look();
            let (_, tool) = &self.cache;
            self.list().overview.keep(&self.kept, *tool);
        }
    }

    fn read_again(&self) {
        let wake = self.wake.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = wake.send(());
    }

    /// Checks everything whenever it is woken, for as long as the process lives.
    fn read(&self, woken: &Receiver<()>) {
        // The list comes first: somebody waits for it.
        self.look_first();
        self.list().overview.keep(&self.kept, self.cache.1);
        while woken.recv().is_ok() {
            // Several wishes at once are one.
            while woken.try_recv().is_ok() {}
            let (file, tool) = &self.cache;
            // What cannot be read at this moment is read after the next change.
            let Ok(checked) = Checked::all(&self.content, Some((file, *tool))) else {
                continue;
            };
            let mistakes = checked.mistakes(&self.content);
            *self.checked() = checked;
            self.is_checked.store(true, Ordering::Relaxed);
            let mut list = self.list();
            list.overview.judge(clock::now(), &mistakes);
            list.mistakes = mistakes;
        }
    }
}

fn no_thread(error: std::io::Error) -> Failure {
    Failure::new(format!("cannot start a thread: {error}"))
}
