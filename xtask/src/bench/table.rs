//! What was measured, for people and for machines.

use std::fmt::Write as _;

use super::folder::Change;
use super::hugo::Hugo;
use super::site::{Run, Stage};
use super::{Measured, hugo};

/// The table of one portal.
pub(crate) fn table(measured: &Measured, hugo: Option<&Hugo>) -> String {
    let Measured { articles, times, size, .. } = measured;
    let how = if *times > 1 { format!("best of {times}") } else { "one run".to_owned() };
    let mut text = format!(
        "\n{articles} articles in 2 languages: {} pages of HTML, {} files, {} ({how})\n\n",
        size.html,
        size.files,
        megabytes(size.bytes)
    );
    let _ = writeln!(text, "{:<28}{:>10}{:>12}{:>12}  ", "", "seconds", "a second", "memory");
    run(&mut text, "site, from nothing", &measured.cold, None);
    run(&mut text, "site, nothing changed", &measured.again, Some(measured.again_change));
    run(&mut text, "site, one more article", &measured.one_more, Some(measured.one_more_change));
    if let (Some(other), Some(hugo)) = (&measured.hugo, hugo) {
        comparison(&mut text, measured, other, &hugo.version);
    }
    text
}

fn run(text: &mut String, title: &str, run: &Run, change: Option<Change>) {
    let memory = run.peak_memory.map(megabytes).unwrap_or_default();
    let note = match change {
        None => format!("{} files written", run.written),
        Some(Change { written, compressed, removed }) => {
            format!(
                "{written} files changed ({compressed} of them compressed copies), {removed} removed; {} written",
                run.written
            )
        }
    };
    let _ = writeln!(text, "{title:<28}{:>10.2}{:>12}{memory:>12}  {note}", run.seconds, "");
    for stage in &run.stages {
        let Stage { name, seconds, things, of, made, peak_memory } = stage;
        let rate =
            if *seconds > 0.0 && *things > 0 { format!("{:.0}", as_number(*things) / seconds) } else { String::new() };
        let memory = peak_memory.map(megabytes).unwrap_or_default();
        let _ = writeln!(text, "  {name:<26}{seconds:>10.2}{rate:>12}{memory:>12}  {things} {of}, {made} made anew");
    }
}

/// Hugo's line, and what it comes to.
fn comparison(text: &mut String, measured: &Measured, other: &hugo::Measured, version: &str) {
    let line = |title: &str, seconds: f64, pages: usize, memory: Option<u64>, files: usize| {
        let memory = memory.map(megabytes).unwrap_or_default();
        let rate = as_number(pages) / seconds;
        format!("{title:<28}{seconds:>10.2}{rate:>12.0}{memory:>12}  {pages} pages, {files} files\n")
    };
    let cold = &measured.cold;
    let _ = writeln!(text, "\nlike for like: pages, lists, feeds and sitemap, no pictures, search or compression");
    let (seconds, memory) = (cold.comparable_seconds(), cold.comparable_memory());
    text.push_str(&line("site, from nothing", seconds, measured.size.html, memory, cold.files));
    let title = format!("Hugo {version}, from nothing");
    text.push_str(&line(&title, other.seconds, other.size.html, other.peak_memory, other.size.files));
    let _ = writeln!(text, "pages a second, site to Hugo: {:.2}", ratio(measured, other));
    if let (Some(own), Some(others)) = (memory, other.peak_memory) {
        let _ = writeln!(text, "memory, site to Hugo: {:.2}", as_number(own) / as_number(others));
    }
    let _ = writeln!(text, "bytes written by Hugo: {}", megabytes(other.size.bytes));
}

/// How many pages the site makes while Hugo makes one.
fn ratio(measured: &Measured, other: &hugo::Measured) -> f64 {
    let own = as_number(measured.size.html) / measured.cold.comparable_seconds();
    own / (as_number(other.size.html) / other.seconds)
}

/// Everything as JSON.
pub(crate) fn json(all: &[Measured], hugo: Option<&Hugo>) -> String {
    let portals: Vec<String> = all.iter().map(|measured| portal(measured, hugo)).collect();
    format!("{{\"portals\": [\n{}\n]}}\n", portals.join(",\n"))
}

fn portal(measured: &Measured, hugo: Option<&Hugo>) -> String {
    let Measured { articles, times, size, .. } = measured;
    let mut text = format!(
        "{{\"articles\": {articles}, \"best_of\": {times}, \"html\": {}, \"files\": {}, \"bytes\": {},\n \"runs\": [{},\n  {},\n  {}]",
        size.html,
        size.files,
        size.bytes,
        run_json("from nothing", &measured.cold, None),
        run_json("nothing changed", &measured.again, Some(measured.again_change)),
        run_json("one more article", &measured.one_more, Some(measured.one_more_change)),
    );
    if let (Some(other), Some(hugo)) = (&measured.hugo, hugo) {
        let _ = write!(
            text,
            ",\n \"hugo\": {{\"version\": \"{}\", \"seconds\": {:.3}, \"peak_memory\": {}, \"html\": {}, \"files\": {}, \"bytes\": {}}},\n \
             \"comparable_seconds\": {:.3}, \"pages_per_second_to_hugo\": {:.3}",
            hugo.version,
            other.seconds,
            or_null(other.peak_memory),
            other.size.html,
            other.size.files,
            other.size.bytes,
            measured.cold.comparable_seconds(),
            ratio(measured, other),
        );
    }
    text.push('}');
    text
}

fn run_json(name: &str, run: &Run, change: Option<Change>) -> String {
    let stages: Vec<String> = run.stages.iter().map(|stage| {
        let Stage { name, seconds, things, of, made, peak_memory } = stage;
        let memory = or_null(*peak_memory);
        format!("{{\"name\": \"{name}\", \"seconds\": {seconds:.3}, \"things\": {things}, \"of\": \"{of}\", \"made\": {made}, \"peak_memory\": {memory}}}")
    }).collect();
    let change = change.map_or_else(String::new, |Change { written, compressed, removed }| {
        format!("\"changed\": {written}, \"changed_compressed\": {compressed}, \"removed\": {removed}, ")
    });
    format!(
        "{{\"name\": \"{name}\", \"seconds\": {:.3}, \"peak_memory\": {}, \"pages\": {}, \"written\": {}, {change}\"stages\": [{}]}}",
        run.seconds,
        or_null(run.peak_memory),
        run.pages,
        run.written,
        stages.join(", ")
    )
}

fn or_null(number: Option<u64>) -> String {
    number.map_or_else(|| "null".to_owned(), |number| number.to_string())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", as_number(bytes) / 1_000_000.0)
}

/// A count as a number to reckon with; none is so large that it matters.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn as_number(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}

#[cfg(test)]
mod tests {
    use super::super::folder::Size;
    use super::super::json::Value;
    use super::*;

    fn run(seconds: f64) -> Run {
        let stage = |name: &str, seconds| Stage {
            name: name.to_owned(),
            seconds,
            things: 500,
            of: "pages".to_owned(),
            made: 3,
            peak_memory: Some(7_000_000),
        };
        let stages = vec![stage("pages", seconds / 2.0), stage("compression", seconds / 2.0)];
        Run { seconds, peak_memory: Some(9_000_000), pages: 500, files: 1000, written: 1000, stages }
    }

    fn measured() -> Measured {
        Measured {
            articles: 100,
            times: 3,
            cold: run(2.0),
            again: run(0.5),
            again_change: Change::default(),
            one_more: run(0.6),
            one_more_change: Change { written: 12, compressed: 4, removed: 0 },
            size: Size { files: 1000, html: 500, bytes: 5_000_000 },
            hugo: Some(hugo::Measured {
                seconds: 2.0,
                peak_memory: Some(14_000_000),
                size: Size { files: 1000, html: 400, bytes: 4_000_000 },
            }),
        }
    }

    #[test]
    fn only_what_both_do_is_compared() {
        let (measured, other) = (measured(), measured().hugo.unwrap());
        // 500 pages in the one second that is not compression, against 400 in two.
        assert!((ratio(&measured, &other) - 2.5).abs() < 1e-9);
        let mut text = String::new();
        comparison(&mut text, &measured, &other, "v1");
        assert!(text.contains("pages a second, site to Hugo: 2.50\nmemory, site to Hugo: 0.50\n"), "{text}");
    }

    #[test]
    fn the_numbers_for_machines_are_json() {
        let value = Value::read(&json(&[measured()], None)).unwrap();
        let Some(Value::List(portals)) = value.get("portals") else { panic!("no portals") };
        let Some(Value::List(runs)) = portals[0].get("runs") else { panic!("no runs") };
        assert_eq!((runs.len(), runs[2].number("changed")), (3, Some(12.0)));
    }

    #[test]
    fn the_table_says_how_much_changed() {
        let text = table(&measured(), None);
        assert!(text.contains("12 files changed (4 of them compressed copies), 0 removed"), "{text}");
        assert!(
            text.contains("100 articles in 2 languages: 500 pages of HTML, 1000 files, 5 MB (best of 3)"),
            "{text}"
        );
    }
}
