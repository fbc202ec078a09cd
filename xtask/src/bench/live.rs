//! `cargo xtask bench live`: what `site live` answers in a second, beside nginx with the files of the
//! same portal, and beside a server of `SvelteKit` that renders each page when it is asked for.
//!
//! All servers are measured in one run on one machine, one after the other, with the same addresses.
//! wrk asks on one connection again as soon as it has the answer, so that there are always as many
//! requests under way as connections. On a machine with two processors it has to share one of them with
//! servers that use both: what it takes is taken from all of them, and most from the quickest. So only
//! ratios within a run mean something. The processors' time of a server for a request is counted by the
//! system and has nothing of wrk in it.

mod load;
mod memory;
mod peers;
pub(crate) mod server;
mod table;

use std::fs;
use std::path::{Path, PathBuf};

use synthetic::{LANGUAGES, Portal, authored};

use crate::arguments::LiveOptions;
use crate::bench::SEED;
use crate::bench::folder::{self, failed};
use crate::bench::site::{chosen, write_bundle};
use crate::failure::Failure;
use crate::project::Project;
use crate::requirements::Requirement;
use crate::setup;
use load::{List, Load, Measured};
use peers::Peers;
use server::Server;

/// How many pages are asked for again and again where they are there already.
const HOT: usize = 500;
/// The seconds in which a server gets the pages into its memory.
const WARMING: u64 = 2;
/// The share of requests for pages that were never made, below which the portal has too few.
const FRESH: f64 = 0.95;
/// The room on the disk for each article, in bytes: an estimate. The pages of 10,000 articles are 634 MB.
const ROOM: u64 = 150_000;

/// The questions, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Each request asks for a page that was never made.
    Uncached,
    /// Pages that are in memory.
    Cached,
    /// Their documents.
    Documents,
}

/// One line of the table.
struct Line {
    server: &'static str,
    cores: u8,
    question: Question,
    /// Every round.
    rounds: Vec<Answered>,
}

/// One measurement of one server.
#[derive(Clone)]
struct Answered {
    load: Measured,
    /// The processors' time of the server, in seconds.
    cpu: f64,
}

/// The portal, and the lists of its addresses.
struct Addresses {
    place: PathBuf,
    pages: List,
    hot: List,
    documents: List,
}

/// Measures, prints tables, and writes `target/bench/live.json`.
///
/// # Errors
/// Where a program is missing, something does not build, or a server does not answer.
pub(crate) fn run(project: &Project, options: &LiveOptions) -> Result<(), Failure> {
    require(options)?;
    let work = project.root.join("target").join("bench");
    folder::make(&work)?;
    folder::require_room(&work, options.articles as u64 * ROOM)?;
    let site = chosen(project, options.site.as_deref())?;
    let place = work.join(format!("live-{}", options.articles));
    let measured = measure(project, options, &place, &site);
    if !options.keep {
        folder::remove(&place)?;
    }
    let (lines, memory) = measured?;
    println!("{}", table::table(&lines, memory.as_ref(), options));
    let file = work.join("live.json");
    fs::write(&file, table::json(&lines, memory.as_ref(), options))
        .map_err(|error| failed("write", &file, &error))?;
    println!("every value is in {}", file.display());
    Ok(())
}

fn require(options: &LiveOptions) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Err(Failure::unmet(
            "this is measured on Linux only: `taskset` keeps programs to processors",
        ));
    }
    load::require("taskset", "util-linux")?;
    load::require("wrk", "wrk")?;
    if !options.only_memory {
        setup::require(&[Requirement::Node, Requirement::Npm, Requirement::Nginx])?;
    }
    Ok(())
}

fn measure(
    project: &Project,
    options: &LiveOptions,
    place: &Path,
    site: &Path,
) -> Result<(Vec<Line>, Option<memory::Watched>), Failure> {
    let portal = write(project, options, place)?;
    let peers = Peers::prepare(project, options, &portal, site)?;
    let load = Load {
        script: project.root.join("xtask/bench/load.lua"),
        core: processors() - 1,
        connections: options.connections.into(),
    };
    eprintln!("the first start of `site live`, with the search");
    drop(peers.live(&all_processors())?);
    let mut lines = Vec::new();
    if !options.only_memory {
        for round in 1..=options.rounds {
            for &cores in &options.cores {
                eprintln!("round {round} of {}, {cores} processors", options.rounds);
                measure_round(&peers, &load, options, cores, &mut lines)?;
            }
        }
    }
    let memory = if options.requests == 0 {
        None
    } else {
        Some(memory::watch(&peers, &load, options)?)
    };
    Ok((lines, memory))
}

/// Measures every server once, on so many processors.
fn measure_round(
    peers: &Peers<'_>,
    load: &Load,
    options: &LiveOptions,
    cores: u8,
    lines: &mut Vec<Line>,
) -> Result<(), Failure> {
    let pinned = format!("0-{}", cores - 1);
    let portal = peers.portal;
    let mut add = |server, question, answered| {
        let is_its = |line: &&mut Line| {
            (line.server, line.cores, line.question) == (server, cores, question)
        };
        match lines.iter_mut().find(is_its) {
            Some(line) => line.rounds.push(answered),
            None => lines.push(Line {
                server,
                cores,
                question,
                rounds: vec![answered],
            }),
        }
    };
    let ask = |server: &Server, list: &List, is_warm: bool| {
        if is_warm {
            load.run(&server.address, list, 0, WARMING)?;
        }
        let before = server.cpu();
        let load = load.run(&server.address, list, 0, options.seconds)?;
        let cpu = server.cpu() - before;
        Ok::<_, Failure>(Answered { load, cpu })
    };

    let live = peers.live(&pinned)?;
    let fresh = ask(&live.server, &portal.pages, false)?;
    live.require_made(&fresh.load, FRESH)?;
    add("site live", Question::Uncached, fresh);
    add(
        "site live",
        Question::Cached,
        ask(&live.server, &portal.hot, true)?,
    );
    let documents = ask(&live.server, &portal.documents, true)?;
    add("site live", Question::Documents, documents);
    drop(live);

    let nginx = peers.nginx(&pinned, cores)?;
    add("nginx", Question::Cached, ask(&nginx, &portal.hot, true)?);
    let documents = ask(&nginx, &portal.documents, true)?;
    add("nginx", Question::Documents, documents);
    drop(nginx);

    let node = peers.node(&pinned, cores)?;
    // The first requests find the code not compiled yet.
    load.run(&node.address, &portal.hot, 0, WARMING)?;
    add(
        "SvelteKit",
        Question::Uncached,
        ask(&node, &portal.pages, false)?,
    );
    Ok(())
}

/// Writes content, bundle and lists.
fn write(project: &Project, options: &LiveOptions, place: &Path) -> Result<Addresses, Failure> {
    eprintln!("{} articles: writing them", options.articles);
    folder::remove(place)?;
    folder::make(place)?;
    let portal = Portal::new(options.articles, SEED).without_pictures();
    authored::write(&portal, &place.join("content"))
        .map_err(|error| failed("write", place, &error))?;
    write_bundle(&project.root, &place.join("bundle"))?;
    let articles = (0..options.articles).map(|number| portal.article(number));
    let pages: Vec<String> = articles
        .flat_map(|article| {
            LANGUAGES.map(|lang| format!("/{lang}/{}/{}/", article.section, article.slug))
        })
        .collect();
    let hot = pages[..pages.len().min(HOT)].to_vec();
    let documents = hot.iter().map(|page| format!("{page}index.json")).collect();
    let list = |name: &str, paths| List::write(place.join(format!("{name}.txt")), paths);
    Ok(Addresses {
        pages: list("pages", pages)?,
        hot: list("hot", hot)?,
        documents: list("documents", documents)?,
        place: place.to_owned(),
    })
}

/// All processors, as `taskset` names them.
fn all_processors() -> String {
    format!("0-{}", processors() - 1)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
