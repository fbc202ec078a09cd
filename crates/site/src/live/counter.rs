//! Counts views: in memory at once, in the database every few seconds. Whatever the database does, no
//! answer waits for it.

use crate::live::log;
use crate::live::status::Trouble;
use crate::views::database::{Database, Place, first_hour, hour};
use crate::views::file::today;
use editorial::content::views::Counts;
use serde_json::json;
use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

/// How long views are only in memory.
const FLUSH: Duration = Duration::from_secs(5);

/// How long is waited for the database where its answer is needed.
const PATIENCE: Duration = Duration::from_secs(8);

/// How many articles and hours are in memory at most, while the database does not answer. Views of
/// further ones are lost.
const MOST: usize = 100_000;

/// Counts views.
pub(super) struct Counter {
    shared: Arc<Shared>,
    asked: Mutex<Sender<Asked>>,
}

#[derive(Default)]
struct Shared {
    /// The views that are not in the database yet, by article and hour.
    pending: Mutex<HashMap<(String, i64), i64>>,
    /// Why they cannot be written.
    trouble: Mutex<Option<Trouble>>,
}

/// What the thread that writes is asked for.
enum Asked {
    /// The counts, with views since so many days.
    Counts(u16, SyncSender<Counts>),
    /// To write what is left.
    End(SyncSender<()>),
}

impl Counter {
    /// Begins to count. The database is opened by and by: that it does not answer is no failure.
    pub(super) fn start(place: Place) -> Arc<Self> {
        let shared = Arc::new(Shared::default());
        let (asked, questions) = mpsc::channel();
        let writer = Writer {
            place,
            database: None,
            shared: Arc::clone(&shared),
        };
        let started = thread::Builder::new()
            .name("views".to_owned())
            .spawn(move || writer.run(&questions));
        if let Err(error) = started {
            log::event("error", &[("why", json!(error.to_string()))]);
        }
        Arc::new(Self {
            shared,
            asked: Mutex::new(asked),
        })
    }

    /// Counts a view of an article.
    pub(super) fn note(&self, article: String) {
        let mut pending = lock(&self.shared.pending);
        let key = (article, hour());
        if pending.len() < MOST || pending.contains_key(&key) {
            *pending.entry(key).or_default() += 1;
        }
    }

    /// What was counted; `None` where the database does not answer.
    pub(super) fn counts(&self, window_days: u16) -> Option<Counts> {
        let (reply, answer) = mpsc::sync_channel(1);
        self.ask(Asked::Counts(window_days, reply));
        answer.recv_timeout(PATIENCE).ok()
    }

    /// Writes what is only in memory. Takes seconds at most.
    pub(super) fn end(&self) {
        let (reply, answer) = mpsc::sync_channel(1);
        self.ask(Asked::End(reply));
        let _ = answer.recv_timeout(PATIENCE);
    }

    /// Why views are not written now.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        lock(&self.shared.trouble).clone()
    }

    fn ask(&self, what: Asked) {
        let _ = lock(&self.asked).send(what);
    }
}

/// Writes to the database.
struct Writer {
    place: Place,
    database: Option<Database>,
    shared: Arc<Shared>,
}

impl Writer {
    fn run(mut self, questions: &Receiver<Asked>) {
        loop {
            match questions.recv_timeout(FLUSH) {
                Ok(Asked::Counts(days, reply)) => {
                    self.flush();
                    let since = first_hour(days);
                    let counts =
                        self.try_with(|database| Ok((database.counts(since)?, database.totals()?)));
                    if let Some((articles, totals)) = counts {
                        let as_of = today();
                        let _ = reply.send(Counts {
                            as_of,
                            articles,
                            totals,
                        });
                    }
                }
                Ok(Asked::End(reply)) => {
                    self.flush();
                    let _ = reply.send(());
                }
                Err(RecvTimeoutError::Timeout) => self.flush(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn flush(&mut self) {
        let pending = std::mem::take(&mut *lock(&self.shared.pending));
        if pending.is_empty() {
            return;
        }
        let mut rows: Vec<_> = pending.into_iter().collect();
        // Servers that write at the same time take the rows in the same order: none waits for ever.
        rows.sort_unstable();
        if self.try_with(|database| database.add(&rows)).is_none() {
            let mut pending = lock(&self.shared.pending);
            for (key, views) in rows {
                *pending.entry(key).or_default() += views;
            }
        }
    }

    /// Does something with the database. After a failure it is opened anew.
    fn try_with<T>(&mut self, act: impl FnOnce(&mut Database) -> Result<T, String>) -> Option<T> {
        let done = match &mut self.database {
            Some(database) => act(database),
            none => self
                .place
                .open()
                .and_then(|database| act(none.insert(database))),
        };
        let mut trouble = lock(&self.shared.trouble);
        match done {
            Ok(done) => {
                if trouble.take().is_some() {
                    log::event("views are written again", &[]);
                }
                Some(done)
            }
            Err(why) => {
                self.database = None;
                if trouble.is_none() {
                    log::event("views not written", &[("why", json!(why))]);
                    let since = SystemTime::now();
                    *trouble = Some(Trouble { why, since });
                }
                None
            }
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
