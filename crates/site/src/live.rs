//! `site live`: serves the portal from its content folder, without a build.
//!
//! ```text
//! content/ -> keeper -> generation: frame on disk, threads that make pages -> service -> readers
//! ```
//!
//! - The [`keeper`] looks for changes, and brings up the next generation beside the present one.
//! - The [`watcher`] has it look at once for an editor.
//! - A [`generation`] is the content at a moment. It has written everything but pages and share cards,
//!   and makes those when they are asked for.
//! - The [`service`] answers requests. What was made once is kept until what it shows changes.
//! - An [`answer`] is a file of a page, with its compressed copies and headers.
//! - The [`store`] has pages on disk, for the next start.
//! - Copies that are sent often [`polish`] makes smaller.
//! - The [`counter`] counts views, and [`reading`] says which request is one.
//! - [`status`] says how things are; [`metrics`] count; the [`log`] tells.
//!
//! Content with mistakes never takes the place of content without.

mod answer;
mod counter;
mod generation;
mod keeper;
mod log;
mod metrics;
mod polish;
mod reading;
mod service;
mod stamp;
mod status;
mod store;
mod watcher;

use crate::build::options::Options;
use crate::follow::{self, Follow, Remark};
use crate::hosting::serve::connections;
use crate::hosting::serve::wire::Wire;
use crate::print;
use crate::views::database::Place;
use ::sources::SyncArguments;
use editorial::diagnostics::{Failure, Stop};
use editorial::json::Instead;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use keeper::Keeper;
use model::Lang;
use serde_json::json;
use service::Service;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::OwnedSemaphorePermit;

/// How long a client may take to send a request, or to read a part of a response, before the
/// connection is closed.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long open requests may take to end when the server is stopped.
const FAREWELL: Duration = Duration::from_secs(10);

/// The largest head of a request, in bytes.
const MOST_HEAD: usize = 16 * 1024;

/// How a portal is served.
pub(crate) struct Settings {
    /// The portal: content, bundle, base, and the folder of the frame.
    pub(crate) options: Options,
    /// Whether the clock decides what is due, as is usual.
    pub(crate) follows_clock: bool,
    /// Where readers come in.
    pub(crate) listen: SocketAddr,
    /// Where operators ask how things are; `None` for nowhere.
    pub(crate) status: Option<SocketAddr>,
    /// The most bytes of pages that are kept in memory.
    pub(crate) memory: u64,
    /// The folder of pages that are kept on disk.
    pub(crate) store: PathBuf,
    /// The most bytes of them.
    pub(crate) disk: u64,
    /// The most connections at once.
    pub(crate) connections: usize,
    /// How long the content is not looked at after it was.
    pub(crate) refresh: Duration,
    /// Whether every request is logged.
    pub(crate) log_requests: bool,
    /// Where views are counted, where `site.json` chooses the counter.
    pub(crate) views: Place,
    /// How long the same counts are shown.
    pub(crate) count_again: Duration,
    /// The CMS that is followed, and when.
    pub(crate) follow: Option<(SyncArguments, Follow)>,
    /// Whether it is for an editor on this machine: nobody else gets anything, and pages hear of changes.
    pub(crate) is_preview: bool,
    /// The origin of the desk in which pages stand, where they do.
    pub(crate) framed_by: Option<String>,
    /// What is not saved yet, where a desk shows that too.
    pub(crate) unsaved: Arc<Unsaved>,
    /// The language in which mistakes of the content are said.
    pub(crate) lang: Lang,
}

/// Texts that count in place of files, because somebody is still writing them.
#[derive(Default)]
pub(crate) struct Unsaved(Mutex<(u64, Instead)>);

impl Unsaved {
    /// Other texts count from now on. Returns whether they are others.
    pub(crate) fn set(&self, texts: Instead) -> bool {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let differs = now.1 != texts;
        if differs {
            *now = (now.0 + 1, texts);
        }
        differs
    }

    /// The texts, and how often they were changed.
    fn now(&self) -> (u64, Instead) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Serves a portal until the process is told to stop.
///
/// # Errors
/// Where the content has mistakes at the start, the frame cannot be written, or an address is taken.
pub(crate) fn run(settings: Settings) -> Result<(), Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    let done = runtime.block_on(serve(settings));
    // A generation that is being made has nothing that would have to be finished.
    runtime.shutdown_background();
    done
}

/// Logs what happens with the CMS that is followed, a line for each.
///
/// # Errors
/// None.
#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands in for one that prints, which can fail"
)]
pub(crate) fn of_cms(remark: Remark, text: &str) -> Result<(), Failure> {
    let name = match remark {
        Remark::News => "CMS",
        Remark::Failure => "the CMS is not read",
    };
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        log::event(name, &[("what", json!(line.trim_end()))]);
    }
    Ok(())
}

async fn serve(mut settings: Settings) -> Result<(), Stop> {
    let follow = settings.follow.take();
    let readers = bind(settings.listen).await?;
    let operators = match settings.status {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let (wake, woken) = mpsc::channel();
    let service = Arc::new(Service::new(&settings, wake.clone()));
    let wishes = (wake, woken);
    let graceful = GracefulShutdown::new();
    let most = connections::most(settings.connections);
    let receiving = receive(&readers, most, &service, &graceful, false);
    let operating = async {
        match &operators {
            Some(listener) => receive(listener, 16, &service, &graceful, true).await,
            None => std::future::pending().await,
        }
    };
    let address = readers
        .local_addr()
        .map_err(|error| Failure::new(format!("cannot serve: {error}")))?;
    let started = tokio::task::spawn_blocking({
        let service = Arc::clone(&service);
        move || Keeper::start(settings, service, wishes)
    });
    let living = async {
        let keeper = started
            .await
            .map_err(|_| Failure::new("the portal could not be started"))??;
        print::stdout_line(format!("serving at http://{address} (stop with Ctrl-C)"))?;
        keeper.keep();
        stopped(&service).await
    };
    let following = async {
        match &follow {
            Some((arguments, follow)) => follow::following(arguments, follow).await,
            None => std::future::pending().await,
        }
    };
    tokio::pin!(following);
    let mut is_followed = follow.is_some();
    tokio::select! {
        ended = living => ended?,
        ended = &mut following => {
            is_followed = false;
            ended?;
        }
        _ = receiving => {}
        _ = operating => {}
    }
    service.close();
    log::event("stopping", &[]);
    let _ = tokio::time::timeout(FAREWELL, graceful.shutdown()).await;
    let _ = tokio::task::spawn_blocking(move || service.end_counting()).await;
    if is_followed {
        // It hears the same signal, and finishes the article that it writes.
        let _ = tokio::time::timeout(FAREWELL, following).await;
    }
    Ok(())
}

/// A preview in the same process, for the desk that it stands in.
pub(crate) struct Beside {
    service: Arc<Service>,
    address: SocketAddr,
    base: String,
}

impl Beside {
    /// Starts it. Content with mistakes is waited for.
    ///
    /// # Errors
    /// Where there is no port for it.
    pub(crate) async fn start(settings: Settings) -> Result<Self, Failure> {
        let readers = bind(settings.listen).await?;
        let address = readers
            .local_addr()
            .map_err(|error| Failure::new(format!("cannot serve: {error}")))?;
        let (wake, woken) = mpsc::channel();
        let service = Arc::new(Service::new(&settings, wake.clone()));
        let beside = Self {
            service: Arc::clone(&service),
            address,
            base: settings.options.base.clone(),
        };
        let most = connections::most(settings.connections);
        let serving = Arc::clone(&service);
        tokio::spawn(async move {
            let graceful = GracefulShutdown::new();
            receive(&readers, most, &serving, &graceful, false).await
        });
        tokio::task::spawn_blocking(move || {
            if let Ok(keeper) = Keeper::start(settings, service, (wake, woken)) {
                keeper.keep();
            }
        });
        Ok(beside)
    }

    /// Its origin.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of its pages.
    pub(crate) fn address(&self) -> String {
        format!("{}{}", self.origin(), self.base)
    }

    /// Has the content looked at now.
    pub(crate) fn look(&self) {
        self.service.look();
    }

    /// What is there, as soon as that is something else than is known, and whether a page is there.
    pub(crate) async fn news(&self, known: &str, page: &str) -> serde_json::Value {
        let mut news = self.service.news(known).await;
        news["has"] = self.service.has(page).await.into();
        news
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(format!("cannot listen at {address}: {error}"))
            .help("choose another address, such as 127.0.0.1:8081, or stop what uses this one")
    })
}

/// Receives connections for ever.
async fn receive(
    listener: &TcpListener,
    most: usize,
    service: &Arc<Service>,
    graceful: &GracefulShutdown,
    is_operators: bool,
) -> Infallible {
    connections::receive(listener, most, |stream, place| {
        converse(Arc::clone(service), stream, place, graceful, is_operators);
    })
    .await
}

/// Answers the requests of a connection in the background, and frees its place.
fn converse(
    service: Arc<Service>,
    stream: TcpStream,
    place: OwnedSemaphorePermit,
    graceful: &GracefulShutdown,
    is_operators: bool,
) {
    let _ = stream.set_nodelay(true);
    let counted = service.metrics().connection();
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let service = Arc::clone(&service);
        async move {
            Ok::<_, Infallible>(if is_operators {
                service.respond_to_operator(&request)
            } else {
                service.respond(&request).await
            })
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(MOST_HEAD)
        .serve_connection(TokioIo::new(Wire::new(stream, PATIENCE)), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // A broken connection is no failure of the server.
        let _ = connection.await;
        drop((place, counted));
    });
}

/// Waits until the process is told to stop. A hang-up has the content looked at.
#[cfg(unix)]
async fn stopped(service: &Service) -> Result<(), Stop> {
    use tokio::signal::unix::{Signal, SignalKind, signal};
    let hear = |kind: SignalKind| -> Result<Signal, Failure> {
        signal(kind).map_err(|error: io::Error| Failure::new(format!("cannot serve: {error}")))
    };
    let mut end = hear(SignalKind::terminate())?;
    let mut interrupt = hear(SignalKind::interrupt())?;
    let mut hang_up = hear(SignalKind::hangup())?;
    loop {
        tokio::select! {
            _ = end.recv() => return Ok(()),
            _ = interrupt.recv() => return Ok(()),
            _ = hang_up.recv() => service.look_and_count(),
        }
    }
}

#[cfg(not(unix))]
async fn stopped(_: &Service) -> Result<(), Stop> {
    tokio::signal::ctrl_c()
        .await
        .map_err(|error: io::Error| Failure::new(format!("cannot serve: {error}")))?;
    Ok(())
}
