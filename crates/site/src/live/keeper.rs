//! Looks for changes of the content, and brings up the next generation beside the present one.

use crate::live::counter::Counter;
use crate::live::generation::Generation;
use crate::live::service::Service;
use crate::live::store::Store;
use crate::live::{Settings, log, stamp};
use editorial::clock;
use editorial::content::views::{ViewsFrom, WINDOW_DAYS};
use editorial::diagnostics::{Refusal, Stop, report};
use editorial::load;
use model::Moment;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::Instant;

/// A look at the content may take this part of the time at most.
const MOST_SHARE: u32 = 20;

/// Keeps a service supplied with the content as it is.
pub(super) struct Keeper {
    settings: Settings,
    service: Arc<Service>,
    woken: Receiver<()>,
    store: Arc<Store>,
    /// The stamp of what the present generation, or the last attempt, was made of.
    seen: u64,
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
        settings: Settings,
        service: Arc<Service>,
        woken: Receiver<()>,
    ) -> Result<Self, Stop> {
        let store = Store::open(settings.store.clone(), settings.disk);
        let mut keeper = Self {
            settings,
            service,
            woken,
            store: Arc::new(store),
            seen: 0,
            number: 0,
            next_change: None,
            counted: Instant::now(),
            is_passing: false,
        };
        keeper.seen = keeper.stamp();
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
                match self.woken.recv_timeout(pause) {
                    Ok(()) | Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                }
                // Several wishes at once are one.
                while self.woken.try_recv().is_ok() {}
                let begin = Instant::now();
                let stamp = self.stamp();
                pause = self.settings.refresh.max(begin.elapsed() * MOST_SHARE);
                self.take_over(stamp);
                if self.store.is_full() {
                    self.store.tidy();
                }
            }
        });
        if let Err(error) = started {
            log::event("error", &[("why", json!(error.to_string()))]);
        }
    }

    /// Logs an event. A desk shows its editor what there is to know, and the terminal stays quiet.
    fn tell(&self, name: &str, facts: &[(&str, Value)]) {
        if self.settings.framed_by.is_none() {
            log::event(name, facts);
        }
    }

    fn stamp(&self) -> u64 {
        let options = &self.settings.options;
        let folders = [options.content.as_path(), options.bundle.as_path()];
        let files = stamp::of(folders.into_iter().chain(options.locales.as_deref()));
        files.wrapping_add(self.settings.unsaved.now().0)
    }

    /// Brings up the next generation where the content changed: its stamp is another one.
    fn take_over(&mut self, stamp: u64) {
        let is_due = self
            .next_change
            .is_some_and(|minute| clock::now().minutes() >= minute);
        let is_counted = (self.service.is_to_count()
            || self.counted.elapsed() >= self.settings.count_again)
            && self.count();
        if stamp == self.seen && !is_due && !is_counted && !self.is_passing {
            return;
        }
        self.seen = stamp;
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
        let why = said(stop);
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
        let generation = Generation::start(self.number + 1, options, &self.store)?;
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

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Why content could not be taken over, as a person reads it.
fn said(stop: Stop) -> String {
    match stop {
        Stop::Refused(Refusal::Problems {
            problems, files, ..
        }) => report::report(problems, files),
        Stop::Refused(Refusal::Sentence(why)) => why,
        Stop::Failed(failure) => failure.to_string(),
    }
}
