//! The content at a moment, and the threads that make pages of it. A generation ends when nobody
//! holds it any more.

use crate::build::frame::{Frame, OnDemand, build_frame};
use crate::build::memory::Memory;
use crate::build::options::Options;
use crate::build::pages::Files;
use crate::hosting::serve::site::Site;
use crate::live::answer::{Effort, Page};
use crate::live::store::Store;
use crate::stages::Stages;
use editorial::diagnostics::{Failure, Stop};
use model::route::Route;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::oneshot;

/// How many requests may wait for a thread. More are told to come again.
const MOST_WAITING: usize = 1_024;

/// How long nobody has to have waited for a thread before one does what the first answer does not need.
/// A queue that is empty for a moment fills again while a page is compressed.
const CALM: Duration = Duration::from_millis(50);

/// After how long a thread that has nothing to do looks whether another one left something.
const LOOK: Duration = Duration::from_secs(1);

/// The stack of a thread that renders: deeply nested texts need a deep one.
const STACK: usize = 8 << 20;

/// The content at a moment.
pub(super) struct Generation {
    /// Counts up from 1.
    pub(super) number: u64,
    /// What is known of its frame.
    pub(super) frame: Frame,
    /// The files of the frame.
    pub(super) site: Site,
    /// When it came.
    pub(super) since: SystemTime,
    origin: Origin,
    /// How many requests wait for a thread.
    waiting: Arc<AtomicUsize>,
}

/// Where pages come from.
enum Origin {
    /// From threads that make them.
    Threads(SyncSender<Job>),
    /// From what was stored, whatever the content is now.
    Store(Arc<Store>),
}

/// What a generation is asked for.
pub(super) enum Ask {
    /// The page at an address. Where it is still the one that was there before, that one.
    Page(Route, Option<Arc<Page>>),
    /// The share card at a path.
    Card(String),
    /// Whether there is a page at an address.
    Has(Route),
}

/// What became of it.
pub(super) enum Made {
    /// Nothing is there.
    Nothing,
    /// There is a page.
    There,
    /// A page, or a card. `true` where it was made for this.
    Page(Arc<Page>, bool),
}

/// Why nothing became of it.
#[derive(Clone)]
pub(super) enum Unmade {
    /// Too many wait.
    Busy,
    /// It could not be made: the article changed meanwhile, or its file cannot be read. The last one
    /// that was good, where there is one.
    Failed(String, Option<Arc<Page>>),
    /// The code that makes it gave up: a mistake of ours.
    Panicked,
}

struct Job {
    ask: Ask,
    reply: oneshot::Sender<Result<Made, Unmade>>,
}

impl Generation {
    /// Builds the frame of the content as it is now, and starts as many threads as there are
    /// processors.
    ///
    /// # Errors
    /// Where the content has mistakes, or the frame cannot be written.
    pub(super) fn start(
        number: u64,
        options: Options,
        memory: &Arc<Memory>,
        store: &Arc<Store>,
    ) -> Result<Arc<Self>, Stop> {
        let (jobs, asked) = mpsc::sync_channel(MOST_WAITING);
        let (ready, begun) = mpsc::channel();
        let (base, store) = (options.base.clone(), Arc::clone(store));
        let memory = Arc::clone(memory);
        let waiting = Arc::new(AtomicUsize::new(0));
        let queue = Arc::clone(&waiting);
        let failed = |error| Failure::new(format!("cannot start a thread: {error}"));
        thread::Builder::new()
            .name(format!("generation {number}"))
            .stack_size(STACK)
            .spawn(move || {
                let serving = |maker: &dyn OnDemand, frame| {
                    let _ = ready.send(Ok(frame));
                    let shop = Shop {
                        maker,
                        store: &store,
                        waiting: &queue,
                        begin: Instant::now(),
                        calm_at: AtomicU64::new(0),
                    };
                    shop.work(asked);
                };
                if let Err(stop) = build_frame(&options, &memory, &mut Stages::new(false), serving)
                {
                    let _ = ready.send(Err(stop));
                }
            })
            .map_err(failed)?;
        let frame = begun.recv().map_err(|_| {
            Failure::new("making the portal broke off; this is a mistake of the program")
        })??;
        Ok(Arc::new(Self {
            number,
            site: Site::new(&frame.place, &base),
            frame,
            since: SystemTime::now(),
            origin: Origin::Threads(jobs),
            waiting,
        }))
    }

    /// What was served last: the frame in its folder, and the pages in the store. `None` where there is
    /// none.
    pub(super) fn last(options: &Options, store: &Arc<Store>) -> Option<Arc<Self>> {
        let place = options.place().ok()?;
        place.join("index.html").is_file().then(|| {
            Arc::new(Self {
                number: 0,
                site: Site::new(&place, &options.base),
                frame: Frame {
                    is_api: names_api(&place),
                    place,
                    articles: None,
                    warnings: 0,
                    next_change: None,
                    counts_views: false,
                },
                since: SystemTime::now(),
                origin: Origin::Store(Arc::clone(store)),
                waiting: Arc::default(),
            })
        })
    }

    /// Asks for something, and waits for it.
    ///
    /// # Errors
    /// Why nothing became of it.
    pub(super) async fn ask(&self, ask: Ask) -> Result<Made, Unmade> {
        let jobs = match &self.origin {
            Origin::Threads(jobs) => jobs,
            Origin::Store(store) => return stored(Arc::clone(store), ask).await,
        };
        let (reply, answer) = oneshot::channel();
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let sent = jobs.try_send(Job { ask, reply });
        if sent.is_err() {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
        }
        match sent {
            Ok(()) => answer.await.unwrap_or(Err(Unmade::Panicked)),
            Err(TrySendError::Full(_)) => Err(Unmade::Busy),
            Err(TrySendError::Disconnected(_)) => Err(Unmade::Panicked),
        }
    }
}

/// Whether the pages of a written frame ask another origin for documents.
fn names_api(frame: &Path) -> bool {
    let page = fs::read_to_string(frame.join("404.html"));
    page.is_ok_and(|page| page.contains(" data-api=\"http"))
}

/// What was stored, without a look at the content.
async fn stored(store: Arc<Store>, ask: Ask) -> Result<Made, Unmade> {
    let path = match &ask {
        Ask::Page(route, _) | Ask::Has(route) => route.path(),
        Ask::Card(path) => path.clone(),
    };
    let found = tokio::task::spawn_blocking(move || store.get(&path)).await;
    match (found, ask) {
        (Ok(Some(_)), Ask::Has(_)) => Ok(Made::There),
        (Ok(Some(page)), _) => Ok(Made::Page(page, false)),
        (_, Ask::Has(_)) => Ok(Made::Nothing),
        _ => {
            let why = "the content has mistakes, and this page was not asked for before";
            Err(Unmade::Failed(why.to_owned(), None))
        }
    }
}

/// What the threads that make pages work with.
struct Shop<'a> {
    maker: &'a dyn OnDemand,
    store: &'a Store,
    /// How many requests wait.
    waiting: &'a AtomicUsize,
    /// When it began.
    begin: Instant,
    /// When it will be calm, in milliseconds after that, if nobody waits any more.
    calm_at: AtomicU64,
}

impl Shop<'_> {
    /// Makes what is asked for, on all processors, until nobody can ask any more.
    fn work(&self, asked: Receiver<Job>) {
        let asked = Mutex::new(asked);
        let threads = thread::available_parallelism().map_or(1, usize::from);
        thread::scope(|scope| {
            for number in 0..threads {
                let one = || {
                    let put = || catch_unwind(AssertUnwindSafe(|| self.store.put_one()));
                    loop {
                        match self.next(&asked) {
                            Ok(Job { ask, reply }) => {
                                // Whoever went away needs nothing.
                                if !reply.is_closed() {
                                    let made = catch_unwind(AssertUnwindSafe(|| self.make(ask)));
                                    let _ = reply.send(made.unwrap_or(Err(Unmade::Panicked)));
                                }
                            }
                            Err(RecvTimeoutError::Timeout) => {
                                while !self.is_rush() && put().unwrap_or(true) {}
                            }
                            Err(RecvTimeoutError::Disconnected) => {
                                while put().unwrap_or(true) {}
                                break;
                            }
                        }
                    }
                };
                let started = thread::Builder::new()
                    .name(format!("pages {number}"))
                    .stack_size(STACK)
                    .spawn_scoped(scope, one);
                // Where the system has no room for another thread, fewer have to do.
                if started.is_err() && number == 0 {
                    break;
                }
            }
        });
    }

    /// The next job, where one comes soon.
    fn next(&self, asked: &Mutex<Receiver<Job>>) -> Result<Job, RecvTimeoutError> {
        let patience = if self.store.has_waiting() { CALM } else { LOOK };
        let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        let job = asked.recv_timeout(patience)?;
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        Ok(job)
    }

    /// Whether somebody waits for a thread, or did a moment ago.
    fn is_rush(&self) -> bool {
        let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let now = self.begin.elapsed();
        if self.waiting.load(Ordering::Relaxed) > 0 {
            self.calm_at.store(millis(now + CALM), Ordering::Relaxed);
            return true;
        }
        millis(now) < self.calm_at.load(Ordering::Relaxed)
    }

    fn make(&self, ask: Ask) -> Result<Made, Unmade> {
        let maker = self.maker;
        match ask {
            Ask::Has(route) => Ok(match maker.key(&route) {
                Some(_) => Made::There,
                None => Made::Nothing,
            }),
            Ask::Card(path) => Ok(match maker.card_key(&path) {
                Some(key) => {
                    let files = || maker.card(&path).map(|card| vec![(path.clone(), card)]);
                    self.fresh(&path, key, || Ok(files()))?
                }
                None => Made::Nothing,
            }),
            Ask::Page(route, before) => {
                let Some(key) = maker.key(&route) else {
                    return Ok(Made::Nothing);
                };
                if let Some(before) = before.filter(|before| before.key == key) {
                    return Ok(Made::Page(before, false));
                }
                self.fresh(&route.path(), key, || maker.page(&route))
            }
        }
    }

    /// The stored page where it is still the same, or else a new one, which is stored: at once, or
    /// where others wait behind, as soon as nobody does.
    fn fresh(
        &self,
        path: &str,
        key: u64,
        files: impl FnOnce() -> Result<Option<Files>, Failure>,
    ) -> Result<Made, Unmade> {
        let known = self.store.get(path);
        if let Some(page) = known.as_ref().filter(|page| page.key == key) {
            return Ok(Made::Page(Arc::clone(page), false));
        }
        let files = files().map_err(|failure| Unmade::Failed(failure.to_string(), known))?;
        let Some(files) = files else {
            return Ok(Made::Nothing);
        };
        let page = if self.is_rush() {
            let page = Arc::new(Page::new(key, files, Effort::Hurried));
            self.store.put_later(path, &page);
            page
        } else {
            let page = Arc::new(Page::new(key, files, Effort::AtOnce));
            self.store.put(path, &page);
            page
        };
        Ok(Made::Page(page, true))
    }
}
