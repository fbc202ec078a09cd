//! Looks for changes of the content, and brings up the next generation beside the present one.

use crate::build::memory::Memory;
use crate::live::counter::Counter;
use crate::live::generation::Generation;
use crate::live::service::Service;
use crate::live::store::Store;
use crate::live::watcher::{self, Change, Told};
use crate::live::{Settings, log, stamp};
use editorial::clock;
use editorial::content::views::{ViewsFrom, WINDOW_DAYS};
use editorial::diagnostics::{Refusal, Stop, report};
use editorial::load;
use model::{Lang, Moment};
use notify::RecommendedWatcher;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// A look at the content may take this part of the time at most.
const MOST_SHARE: u32 = 20;

/// How long nobody may have wished for a look before it is taken: an editor's program saves in several
/// steps, and what it leaves between them is none of its own.
const QUIET: Duration = Duration::from_millis(15);

/// The most wishes that are waited for.
const MOST_WISHES: usize = 1_000;

/// How long the content is not looked at where the system tells of changes. A look opens every folder,
/// and an editor who saves meanwhile would wait for it.
const WATCHED: Duration = Duration::from_secs(30);

/// Keeps a service supplied with the content as it is.
pub(super) struct Keeper {
    settings: Settings,
    service: Arc<Service>,
    woken: Receiver<()>,
    /// What the system told of, where it is asked.
    told: Told,
    /// Makes it tell; `None` where it cannot, or need not.
    watcher: Option<RecommendedWatcher>,
    /// How often what is not saved was another, when it was looked at last.
    unsaved: u64,
    /// What one generation leaves to the next.
    memory: Arc<Memory>,
    store: Arc<Store>,
    /// The stamp of what the present generation, or the last attempt, was made of; `None` where nobody
    /// has looked since the system told of a change.
    seen: Option<u64>,
    number: u64,
    /// When the content is another one although nobody changes it, in minutes since 1970.
    next_change: Option<i64>,
    /// When the counts were looked at last.
    counted: Instant,
    /// Whether the last attempt failed for a reason that may be over.
    is_passing: bool,
}

impl Keeper {
    /// Brings up the first generation. Where the content cannot be taken over, what was served before
    /// the last end of the program is served again.
    ///
    /// # Errors
    /// Where the content has mistakes or cannot be read, and nothing was served before.
    pub(super) fn start(
        mut settings: Settings,
        service: Arc<Service>,
        (wake, woken): (Sender<()>, Receiver<()>),
    ) -> Result<Self, Stop> {
        let told = Told::default();
        // From before the first look, so that nothing is missed.
        let watching = || watcher::watch(&folders(&settings), told.clone(), wake);
        let watcher = settings.is_preview.then(watching).flatten();
        if watcher.is_some() {
            settings.refresh = settings.refresh.max(WATCHED);
        }
        let store = Store::open(settings.store.clone(), settings.disk);
        // A portal for readers changes now and then, and they have a better use for the room.
        let memory = if settings.is_preview {
            Memory::of_many()
        } else {
            Memory::default()
        };
        let mut keeper = Self {
            settings,
            service,
            woken,
            told,
            watcher,
            unsaved: 0,
            memory: Arc::new(memory),
            store: Arc::new(store),
            seen: None,
            number: 0,
            next_change: None,
            counted: Instant::now(),
            is_passing: false,
        };
        keeper.seen = Some(keeper.stamp());
        keeper.service.polish(&keeper.store);
        keeper.count();
        if let Err(stop) = keeper.bring_up() {
            // A desk is open before there is content to show; what it made last is of another path.
            if keeper.settings.framed_by.is_none() {
                let Some(last) = Generation::last(&keeper.settings.options, &keeper.store) else {
                    return Err(stop);
                };
                keeper.service.take(last);
            }
            keeper.note(stop);
        }
        Ok(keeper)
    }

    /// Looks for changes for as long as the process lives, on a thread of its own.
    pub(super) fn keep(mut self) {
        let kept = thread::Builder::new().name("keeper".to_owned());
        let started = kept.spawn(move || {
            let mut pause = self.settings.refresh;
            loop {
                let is_wish = match self.woken.recv_timeout(pause) {
                    Ok(()) => true,
                    Err(RecvTimeoutError::Timeout) => false,
                    Err(RecvTimeoutError::Disconnected) => return,
                };
                if is_wish {
                    // Several wishes at once are one.
                    let more = || self.woken.recv_timeout(QUIET).ok();
                    std::iter::from_fn(more).take(MOST_WISHES).for_each(drop);
                }
                pause = match self.change() {
                    Change::Articles(folders) => {
                        self.follow(folders);
                        self.settings.refresh
                    }
                    Change::Nothing | Change::Anything => self.look(),
                };
                if self.store.is_full() {
                    self.store.tidy();
                }
            }
        });
        if let Err(error) = started {
            log::event("error", &[("why", json!(error.to_string()))]);
        }
    }

    /// What changed, as far as somebody told of it.
    fn change(&mut self) -> Change {
        let unsaved = self.settings.unsaved.now().0;
        let is_written = std::mem::replace(&mut self.unsaved, unsaved) != unsaved;
        match self.told.take() {
            // What is not saved is in no file, and read each time.
            Change::Nothing if is_written && self.watcher.is_some() => {
                Change::Articles(HashSet::new())
            }
            told => told,
        }
    }

    /// Logs an event. A desk shows its editor what there is to know, and the terminal stays quiet.
    fn tell(&self, name: &str, facts: &[(&str, Value)]) {
        if self.settings.framed_by.is_none() {
            log::event(name, facts);
        }
    }

    fn stamp(&self) -> u64 {
        let files = stamp::of(folders(&self.settings));
        files.wrapping_add(self.settings.unsaved.now().0)
    }

    /// Brings up the next generation of what the system told of, without a look at all the rest.
    fn follow(&mut self, folders: HashSet<PathBuf>) {
        self.memory.suspect(Some(folders));
        self.seen = None;
        self.try_to_bring_up();
    }

    /// Looks at the content, and brings up the next generation where it changed: its stamp is another
    /// one. Returns how long nobody needs to look again.
    fn look(&mut self) -> Duration {
        let begin = Instant::now();
        let stamp = self.stamp();
        let pause = self.settings.refresh.max(begin.elapsed() * MOST_SHARE);
        let is_due = self
            .next_change
            .is_some_and(|minute| clock::now().minutes() >= minute);
        let is_counted = (self.service.is_to_count()
            || self.counted.elapsed() >= self.settings.count_again)
            && self.count();
        let is_same = self.seen.replace(stamp).is_none_or(|seen| seen == stamp);
        if !is_same || is_due || is_counted || self.is_passing {
            self.try_to_bring_up();
        }
        pause
    }

    fn try_to_bring_up(&mut self) {
        match self.bring_up() {
            Ok(()) => self.is_passing = false,
            Err(stop) => self.note(stop),
        }
    }

    /// Takes the views that were counted up to now, where the content chooses the counter. Returns
    /// whether they are others than before.
    fn count(&mut self) -> bool {
        self.counted = Instant::now();
        let Some(window_days) = self.window_days() else {
            return false;
        };
        let place = self.settings.views.clone();
        let counter = self.service.counter(|| Counter::start(place));
        let Some(counts) = counter.counts(window_days) else {
            return false;
        };
        let options = &mut self.settings.options;
        let is_new = options.counts.as_deref() != Some(&counts);
        options.counts = Some(Arc::new(counts));
        is_new
    }

    /// How many days “most read” looks back, where the content chooses the counter.
    fn window_days(&self) -> Option<u16> {
        let (_, site) = load::site_file(&self.settings.options.content).ok()?;
        let views = site.value?.views?;
        (views.from.0 == ViewsFrom::Counter && !self.settings.is_preview)
            .then(|| views.window_days.unwrap_or(WINDOW_DAYS))
    }

    /// Tells that content could not be taken over.
    fn note(&mut self, stop: Stop) {
        self.is_passing = matches!(stop, Stop::Failed(_));
        let why = said(stop, self.settings.lang);
        if self.service.refuse(&why) {
            self.tell("content not taken over", &[("why", json!(why))]);
        }
    }

    fn bring_up(&mut self) -> Result<(), Stop> {
        let mut options = self.settings.options.clone();
        options.instead = self.settings.unsaved.now().1;
        if self.settings.follows_clock {
            options.selection.as_of = Some(clock::now());
        }
        let begin = Instant::now();
        let generation = Generation::start(self.number + 1, options, &self.memory, &self.store)?;
        self.number = generation.number;
        let frame = &generation.frame;
        self.next_change = frame.next_change.map(Moment::minutes);
        self.tell(
            "content taken over",
            &[
                ("generation", json!(generation.number)),
                ("articles", json!(frame.articles)),
                ("warnings", json!(frame.warnings)),
                ("seconds", json!(begin.elapsed().as_secs_f64())),
                ("content", json!(shown(&self.settings.options.content))),
            ],
        );
        self.service.take(generation);
        Ok(())
    }
}

/// The folders that are looked at, the content folder first.
fn folders(settings: &Settings) -> Vec<&Path> {
    let options = &settings.options;
    let always = [options.content.as_path(), options.bundle.as_path()];
    let further = options.locales.as_deref();
    always.into_iter().chain(further).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Why content could not be taken over, as a person reads it.
fn said(stop: Stop, lang: Lang) -> String {
    match stop {
        Stop::Refused(Refusal::Problems {
            problems, files, ..
        }) => report::report(problems, files, lang),
        Stop::Refused(Refusal::Sentence(why)) => why.in_lang(lang),
        Stop::Failed(failure) => failure.message().in_lang(lang),
    }
}
