//! What came out, for people and for machines.

use std::fmt::Write;

use serde_json::json;

use super::memory::Watched;
use super::{Answered, Line, Question};
use crate::arguments::LiveOptions;

/// The goals: a page that has to be made beside a server in Node, one that is there beside nginx.
const GOALS: [(Question, &str, f64); 3] = [
    (Question::Uncached, "SvelteKit", 5.0),
    (Question::Cached, "nginx", 0.5),
    (Question::Documents, "nginx", 0.5),
];
const OURS: &str = "site live";

impl Question {
    fn name(self) -> &'static str {
        match self {
            Self::Uncached => "page, made for each request",
            Self::Cached => "page, cached",
            Self::Documents => "document, cached",
        }
    }
}

impl Line {
    /// The round in the middle, by requests a second.
    fn middle(&self) -> &Answered {
        let mut rounds: Vec<&Answered> = self.rounds.iter().collect();
        rounds.sort_by(|one, other| one.load.rate().total_cmp(&other.load.rate()));
        rounds[rounds.len() / 2]
    }
}

impl Answered {
    /// The processors' time for a request, in microseconds.
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    fn cpu_each(&self) -> f64 {
        self.cpu * 1e6 / self.load.requests as f64
    }
}

/// The tables in Markdown.
pub(super) fn table(lines: &[Line], memory: Option<&Watched>, options: &LiveOptions) -> String {
    let mut text = String::new();
    for &cores in options.cores.iter().filter(|_| !lines.is_empty()) {
        let _ = writeln!(
            text,
            "\n{} articles, {} connections, servers on {cores} processors, the middle of {} rounds of {} s\n\n\
             | server | asked for | requests a second | p50 ms | p99 ms | KB each | CPU µs each |\n|---|---|--:|--:|--:|--:|--:|",
            options.articles, options.connections, options.rounds, options.seconds
        );
        for line in lines.iter().filter(|line| line.cores == cores) {
            let answered = line.middle();
            let load = &answered.load;
            let _ = writeln!(
                text,
                "| {} | {} | {:.0} | {:.2} | {:.2} | {:.1} | {:.0} |",
                line.server,
                line.question.name(),
                load.rate(),
                milliseconds(load.p50),
                milliseconds(load.p99),
                kilobytes(load.bytes / load.requests),
                answered.cpu_each()
            );
        }
        let _ = writeln!(
            text,
            "\n| ratio to | asked for | requests a second | goal | by CPU |\n|---|---|--:|--:|--:|"
        );
        for (question, server, goal) in GOALS {
            if let Some((rate, cpu)) = ratio(lines, cores, question, server) {
                let name = question.name();
                let _ = writeln!(
                    text,
                    "| {server} | {name} | {rate:.2} | {goal} | {cpu:.2} |"
                );
            }
        }
    }
    if let Some(memory) = memory {
        let _ = writeln!(
            text,
            "\nmemory of `site live` with {} articles over {} requests in {:.0} s: {} at the start, {} after a tenth, {} after a half, {} at the end, {} at most; from the half to the end {:.2} times",
            options.articles,
            memory.requests,
            memory.seconds,
            megabytes(memory.after(0.0)),
            megabytes(memory.after(0.1)),
            megabytes(memory.after(0.5)),
            megabytes(memory.after(1.0)),
            megabytes(memory.most()),
            share(memory.after(1.0), memory.after(0.5)),
        );
    }
    text
}

/// How many times as many requests a second we answer as another server, and how many by the
/// processors' time: the middle of the ratios within each round.
fn ratio(lines: &[Line], cores: u8, question: Question, server: &str) -> Option<(f64, f64)> {
    let of = |server: &str| {
        lines
            .iter()
            .find(|line| (line.server, line.cores, line.question) == (server, cores, question))
    };
    let (ours, theirs) = (of(OURS)?, of(server)?);
    let rounds = || ours.rounds.iter().zip(&theirs.rounds);
    let rates = rounds().map(|(ours, theirs)| ours.load.rate() / theirs.load.rate());
    let cpus = rounds().map(|(ours, theirs)| theirs.cpu_each() / ours.cpu_each());
    Some((middle(rates.collect()), middle(cpus.collect())))
}

fn middle(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Every value.
pub(super) fn json(lines: &[Line], memory: Option<&Watched>, options: &LiveOptions) -> String {
    let lines: Vec<_> = lines
        .iter()
        .map(|line| {
            let rounds: Vec<_> = line
                .rounds
                .iter()
                .map(|round| json!({"load": round.load, "cpu_seconds": round.cpu}))
                .collect();
            json!({
                "server": line.server,
                "cores": line.cores,
                "asked_for": line.question.name(),
                "rounds": rounds,
            })
        })
        .collect();
    let all = json!({"articles": options.articles, "connections": options.connections, "lines": lines, "memory": memory});
    format!("{all:#}\n")
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn milliseconds(microseconds: u64) -> f64 {
    microseconds as f64 / 1e3
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1e3
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn share(one: u64, other: u64) -> f64 {
    one as f64 / other.max(1) as f64
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
