//! `site edit`: the editors' desk in a browser on this machine.
//!
//! ```text
//! browser -> access -> router -> handlers -> desk (the engine)
//!                                    |-> workshop: what has to be read again, and publishing
//! iframe  -> the preview, on a port of its own
//! ```
//!
//! - [`access`] decides who gets in: this machine's name, no other origin, a token once, a session
//!   from then on.
//! - The [`router`] knows the addresses; [`handlers`] answer them; an [`answer`] carries the policy.
//! - [`interface`] has the shell, the script and the style sheet, which `cargo xtask desk` makes.
//! - [`uploads`] takes pictures and files.
//! - [`git`] is asked who changed what, and records what the desk wrote; [`running`] runs other programs.
//! - [`portal_itself`] has what belongs to no article. [`translating`] lays originals beside translations; a [`translator`]
//!   is the operator's program for drafts.
//! - The [`workshop`] checks everything again after a change, and publishes; [`planning`] says before what would be new, and
//!   a [`snapshot`] of what was published lets a notice go out alone.

mod access;
mod answer;
mod git;
mod handlers;
mod interface;
mod planning;
mod portal_itself;
mod publishing;
mod router;
mod running;
mod snapshot;
mod translating;
mod translator;
mod uploads;
mod workshop;

use crate::build::options::{Options, Reload};
use crate::hosting::serve::connections;
use crate::hosting::serve::wire::Wire;
use crate::live::Beside;
use crate::print;
use access::{Access, Secret};
use editorial::diagnostics::{Failure, Stop};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use interface::Interface;
use router::Router;
use std::convert::Infallible;
use std::fs;
use std::io::{self, IsTerminal};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::OwnedSemaphorePermit;
pub(crate) use translator::Translator;
use workshop::Workshop;

/// How long a client may take to send the head of a request, or to read a part of a response.
const PATIENCE: Duration = Duration::from_secs(30);

/// The most connections at once.
const MOST_CONNECTIONS: usize = 128;

/// The largest head of a request, in bytes.
const MOST_HEAD: usize = 16 * 1024;

/// What is edited, and how.
pub(crate) struct Settings {
    /// The portal, as it is published: content, bundle, and the folder of the site.
    pub(crate) publish: Options,
    /// The portal, as it is shown beside the form.
    pub(crate) preview: crate::live::Settings,
    /// The folder with the files of the desk.
    pub(crate) interface: PathBuf,
    /// The folder for what is made.
    pub(crate) state: PathBuf,
    /// The operator's own command, which follows the publishing.
    pub(crate) command: Option<String>,
    /// The port; 0 takes any that is free.
    pub(crate) port: u16,
    /// The program that machine translations come from, where the operator has one.
    pub(crate) translator: Option<Translator>,
    /// Whether a browser is opened.
    pub(crate) opens: bool,
}

/// Opens the desk, until the process is stopped.
///
/// # Errors
/// Where the folder is being edited already, a part of the desk is missing, or the port is taken.
pub(crate) fn run(settings: Settings) -> Result<(), Stop> {
    let interface = Interface::read(&settings.interface)?;
    let command = settings.command.as_deref().map(running::words).transpose();
    let command = command.map_err(|why| {
        Failure::new(format!("--publish-command: {why}"))
            .help("write the program and its arguments, apart by spaces; no shell reads them")
    })?;
    let content = settings.publish.content.clone();
    fs::create_dir_all(&content).map_err(|error| Failure::io("make", &content, &error))?;
    fs::create_dir_all(&settings.state)
        .map_err(|error| Failure::io("make", &settings.state, &error))?;
    let store = ::desk::store::Store::open(&content)
        .map_err(|trouble| Failure::new(trouble.to_string()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    let done = runtime.block_on(async {
        let listener = bind(settings.port).await?;
        let address = listener
            .local_addr()
            .map_err(|error| Failure::new(format!("cannot serve: {error}")))?;
        let access = Access::new(address)?;
        let mut preview = settings.preview;
        let unsaved = Arc::clone(&preview.unsaved);
        preview.options.base = format!("/{}/", Secret::new()?.text());
        preview.framed_by = Some(access.origin().to_owned());
        preview.options.reload = Reload::Desk(access.origin().to_owned());
        let beside = Beside::start(preview).await?;
        let opened = (settings.opens && io::stderr().is_terminal()).then_some(&settings.state);
        let invitation = Invitation::new(&access, opened.map(PathBuf::as_path));
        let workshop = Workshop::start(
            store,
            (settings.publish, command),
            (settings.state, settings.translator),
            beside.address(),
            unsaved,
        )?;
        let router = Arc::new(Router::new(access, interface, workshop, beside));
        invitation.extend()?;
        serve(&listener, &router).await
    });
    // What is being made in the background has nothing that would have to be finished.
    runtime.shutdown_background();
    done
}

async fn bind(port: u16) -> Result<TcpListener, Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(format!("cannot listen at {address}: {error}"))
            .help("choose another port with --port, or 0 for any that is free")
    })
}

/// Receives connections until the process is told to stop.
async fn serve(listener: &TcpListener, router: &Arc<Router>) -> Result<(), Stop> {
    let most = connections::most(MOST_CONNECTIONS);
    let receiving = connections::receive(listener, most, |stream, place| {
        tokio::spawn(converse(Arc::clone(router), stream, place));
    });
    tokio::select! {
        never = receiving => match never {},
        stopped = tokio::signal::ctrl_c() => {
            Ok(stopped.map_err(|error| Failure::new(format!("cannot serve: {error}")))?)
        }
    }
}

/// Answers the requests of a connection, and frees its place.
async fn converse(router: Arc<Router>, stream: TcpStream, place: OwnedSemaphorePermit) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let router = Arc::clone(&router);
        async move { Ok::<_, Infallible>(router.respond(request).await) }
    });
    // A broken connection is no failure of the server.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(MOST_HEAD)
        .serve_connection(TokioIo::new(Wire::new(stream, PATIENCE)), service)
        .await;
    drop(place);
}

/// The address of the desk, for one browser.
struct Invitation {
    address: String,
    /// The page that leads a browser there, where one is to be opened.
    page: Option<PathBuf>,
}

impl Invitation {
    fn new(access: &Access, state: Option<&Path>) -> Self {
        Self {
            address: access.invitation(),
            page: state.map(|state| state.join("open.html")),
        }
    }

    /// Prints the address, and opens it.
    fn extend(&self) -> Result<(), Failure> {
        print::stdout_line(format!(
            "the desk is open at {} (for one browser; stop with Ctrl-C)",
            self.address
        ))?;
        if let Some(page) = &self.page {
            // Others on the machine see what a program is started with; so the address stands in a
            // file that only its owner can read.
            let text = format!(
                "<!doctype html><meta http-equiv=\"refresh\" content=\"0;url={}\">\n",
                self.address
            );
            if write_private(page, &text).is_ok() {
                open(page);
            }
        }
        Ok(())
    }
}

/// Writes a file that only its owner can read.
fn write_private(file: &Path, text: &str) -> io::Result<()> {
    let _ = fs::remove_file(file);
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    io::Write::write_all(&mut options.open(file)?, text.as_bytes())
}

/// Opens a file in the browser. Where that does not work, the printed address is there.
fn open(file: &Path) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let silent = |command: &mut Command| {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    };
    let _ = silent(Command::new(program).arg(file));
}
