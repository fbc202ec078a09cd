//! The measurements as a table and as JSON.

use std::fmt::Write as _;

use super::folder::Change;
use super::hugo::Hugo;
use super::site::{Run, Stage};
use super::{Measured, hugo};

/// The table of one portal.
pub(crate) fn table(measured: &Measured, hugo: Option<&Hugo>) -> String {
    let Measured {
        articles,
        times,
        size,
        ..
    } = measured;
    let how = if *times > 1 {
        format!("best of {times}")
    } else {
        "one run".to_owned()
    };
    let mut text = format!(
        "\n{articles} articles in 2 languages: {} pages of HTML, {} files, {} ({how})\n\n",
        size.html,
        size.files,
        megabytes(size.bytes)
    );
    text.push_str(&line(
        "",
        &["seconds", "CPU s", "a second", "memory", "bytes"],
        "",
    ));
    run(&mut text, "site, from nothing", &measured.cold, None);
    run(
        &mut text,
        "site, nothing changed",
        &measured.rebuild,
        Some(measured.rebuild_change),
    );
    run(
        &mut text,
        "site, one more article",
        &measured.one_more,
        Some(measured.one_more_change),
    );
    if let (Some(other), Some(hugo)) = (&measured.hugo, hugo) {
        comparison(&mut text, measured, other, &hugo.version);
    }
    text
}

/// A line: a title, five columns, a note.
fn line<T: AsRef<str>>(title: &str, columns: &[T; 5], note: &str) -> String {
    let [seconds, cpu, rate, memory, bytes] = columns.each_ref().map(AsRef::as_ref);
    let line =
        format!("{title:<28}{seconds:>10}{cpu:>10}{rate:>10}{memory:>10}{bytes:>10}  {note}");
    format!("{}\n", line.trim_end())
}

/// The five columns. The rate is `pages` a second.
fn columns(
    seconds: f64,
    cpu: Option<f64>,
    pages: Option<usize>,
    memory: Option<u64>,
    bytes: Option<u64>,
) -> [String; 5] {
    let rate = pages
        .filter(|pages| *pages > 0 && seconds > 0.0)
        .map(|pages| format!("{:.0}", as_number(pages) / seconds));
    let hundredths = |seconds: f64| format!("{seconds:.2}");
    [
        hundredths(seconds),
        cpu.map(hundredths).unwrap_or_default(),
        rate.unwrap_or_default(),
        memory.map(megabytes).unwrap_or_default(),
        bytes.map(megabytes).unwrap_or_default(),
    ]
}

fn run(text: &mut String, title: &str, run: &Run, change: Option<Change>) {
    let note = match change {
        None => format!("{} files written", run.written),
        Some(change) => format!("{}; {} written", changed(change), run.written),
    };
    text.push_str(&line(
        title,
        &columns(run.seconds, run.cpu, None, run.peak_memory, Some(run.bytes)),
        &note,
    ));
    for stage in &run.stages {
        let Stage {
            name,
            seconds,
            cpu,
            things,
            of,
            made,
            peak_memory,
            bytes,
        } = stage;
        let columns = columns(*seconds, *cpu, Some(*things), *peak_memory, *bytes);
        text.push_str(&line(
            &format!("  {name}"),
            &columns,
            &format!("{things} {of}, {made} made anew"),
        ));
    }
}

/// The changes, as a person reads them.
fn changed(change: Change) -> String {
    let Change {
        written,
        pages,
        search,
        cards,
        compressed,
        removed,
    } = change;
    format!(
        "{written} files changed ({pages} pages, lists and feeds, {search} search, {cards} pictures, {compressed} \
         compressed copies), {removed} removed"
    )
}

/// Hugo's line, and the ratios to it.
fn comparison(text: &mut String, measured: &Measured, other: &hugo::Measured, version: &str) {
    let Measured { cold, size, .. } = measured;
    let _ = writeln!(
        text,
        "\nlike for like: pages, lists, feeds and sitemap, no pictures, search or compression"
    );
    let (seconds, memory) = (cold.comparable_seconds(), cold.comparable_memory());
    let own = columns(
        seconds,
        cold.comparable_cpu(),
        Some(size.html),
        memory,
        Some(cold.comparable_bytes()),
    );
    text.push_str(&line(
        "site, from nothing",
        &own,
        &format!("{} pages", size.html),
    ));
    let hugo::Measured {
        seconds,
        cpu,
        peak_memory,
        size,
    } = other;
    let others = columns(
        *seconds,
        *cpu,
        Some(size.html),
        *peak_memory,
        Some(size.bytes),
    );
    let note = format!("{} pages, {} files", size.html, size.files);
    text.push_str(&line(
        &format!("Hugo {version}, from nothing"),
        &others,
        &note,
    ));
    let _ = writeln!(
        text,
        "pages a second, site to Hugo: {:.2}",
        ratio(measured, other)
    );
    if let Some(ratio) = cpu_ratio(measured, other) {
        let _ = writeln!(text, "pages a second of CPU, site to Hugo: {ratio:.2}");
    }
    if let (Some(own), Some(others)) = (memory, peak_memory) {
        let _ = writeln!(
            text,
            "memory, site to Hugo: {:.2}",
            as_number(own) / as_number(*others)
        );
    }
}

/// The site's pages a second, as a multiple of Hugo's.
fn ratio(measured: &Measured, other: &hugo::Measured) -> f64 {
    let own = as_number(measured.size.html) / measured.cold.comparable_seconds();
    own / (as_number(other.size.html) / other.seconds)
}

/// The same with CPU time, where it is known.
fn cpu_ratio(measured: &Measured, other: &hugo::Measured) -> Option<f64> {
    let own = as_number(measured.size.html) / measured.cold.comparable_cpu()?;
    Some(own / (as_number(other.size.html) / other.cpu?))
}

/// Everything as JSON.
pub(crate) fn json(all: &[Measured], hugo: Option<&Hugo>) -> String {
    let portals: Vec<String> = all.iter().map(|measured| portal(measured, hugo)).collect();
    format!("{{\"portals\": [\n{}\n]}}\n", portals.join(",\n"))
}

fn portal(measured: &Measured, hugo: Option<&Hugo>) -> String {
    let Measured {
        articles,
        times,
        size,
        ..
    } = measured;
    let mut text = format!(
        "{{\"articles\": {articles}, \"best_of\": {times}, \"html\": {}, \"files\": {}, \"bytes\": {},\n \"runs\": [{},\n  {},\n  {}]",
        size.html,
        size.files,
        size.bytes,
        run_json("from nothing", &measured.cold, None),
        run_json(
            "nothing changed",
            &measured.rebuild,
            Some(measured.rebuild_change)
        ),
        run_json(
            "one more article",
            &measured.one_more,
            Some(measured.one_more_change)
        ),
    );
    if let (Some(other), Some(hugo)) = (&measured.hugo, hugo) {
        let _ = write!(
            text,
            ",\n \"hugo\": {{\"version\": \"{}\", \"seconds\": {:.3}, \"cpu_seconds\": {}, \"peak_memory\": {}, \"html\": {}, \"files\": {}, \"bytes\": {}}},\n \
             \"comparable_seconds\": {:.3}, \"comparable_cpu_seconds\": {}, \"pages_per_second_to_hugo\": {:.3}, \
             \"pages_per_cpu_second_to_hugo\": {}",
            hugo.version,
            other.seconds,
            or_null(other.cpu),
            or_null(other.peak_memory),
            other.size.html,
            other.size.files,
            other.size.bytes,
            measured.cold.comparable_seconds(),
            or_null(measured.cold.comparable_cpu()),
            ratio(measured, other),
            or_null(cpu_ratio(measured, other)),
        );
    }
    text.push('}');
    text
}

fn run_json(name: &str, run: &Run, change: Option<Change>) -> String {
    let stages: Vec<String> = run.stages.iter().map(stage_json).collect();
    let change = change.map_or_else(String::new, |change| {
        let Change { written, pages, search, cards, compressed, removed } = change;
        format!(
            "\"changed\": {written}, \"changed_pages\": {pages}, \"changed_search\": {search}, \"changed_pictures\": \
             {cards}, \"changed_compressed\": {compressed}, \"removed\": {removed}, "
        )
    });
    format!(
        "{{\"name\": \"{name}\", \"seconds\": {:.3}, \"cpu_seconds\": {}, \"peak_memory\": {}, \"pages\": {}, \
         \"written\": {}, {change}\"stages\": [{}]}}",
        run.seconds,
        or_null(run.cpu),
        or_null(run.peak_memory),
        run.pages,
        run.written,
        stages.join(", ")
    )
}

fn stage_json(stage: &Stage) -> String {
    let Stage {
        name,
        seconds,
        cpu,
        things,
        of,
        made,
        peak_memory,
        bytes,
    } = stage;
    format!(
        "{{\"name\": \"{name}\", \"seconds\": {seconds:.3}, \"cpu_seconds\": {}, \"things\": {things}, \"of\": \"{of}\", \
         \"made\": {made}, \"peak_memory\": {}, \"bytes\": {}}}",
        or_null(*cpu),
        or_null(*peak_memory),
        or_null(*bytes)
    )
}

fn or_null(number: Option<impl std::fmt::Display>) -> String {
    number.map_or_else(|| "null".to_owned(), |number| number.to_string())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", as_number(bytes) / 1_000_000.0)
}

/// A count as a floating-point number. No count is large enough to lose precision.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn as_number(count: impl TryInto<u64>) -> f64 {
    count.try_into().unwrap_or(u64::MAX) as f64
}

#[cfg(test)]
mod tests {
    use super::super::folder::Size;
    use super::*;

    fn run(seconds: f64) -> Run {
        let stage = |name: &str, seconds| Stage {
            name: name.to_owned(),
            seconds,
            cpu: Some(seconds),
            things: 500,
            of: "pages".to_owned(),
            made: 3,
            peak_memory: Some(7_000_000),
            bytes: Some(2_000_000),
        };
        let stages = vec![
            stage("pages", seconds / 2.0),
            stage("compression", seconds / 2.0),
        ];
        let (cpu, peak_memory) = (Some(seconds * 1.5), Some(9_000_000));
        Run {
            seconds,
            cpu,
            peak_memory,
            pages: 500,
            bytes: 5_000_000,
            written: 1000,
            stages,
        }
    }

    fn measured() -> Measured {
        Measured {
            articles: 100,
            times: 3,
            cold: run(2.0),
            rebuild: run(0.5),
            rebuild_change: Change::default(),
            one_more: run(0.6),
            one_more_change: Change {
                written: 12,
                pages: 5,
                search: 2,
                cards: 1,
                compressed: 4,
                removed: 0,
            },
            size: Size {
                files: 1000,
                html: 500,
                bytes: 5_000_000,
            },
            hugo: Some(hugo::Measured {
                seconds: 2.0,
                cpu: Some(3.2),
                peak_memory: Some(14_000_000),
                size: Size {
                    files: 1000,
                    html: 400,
                    bytes: 4_000_000,
                },
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
        // 500 pages in two of the processors' three seconds, against 400 in 3.2.
        let ratios = "pages a second, site to Hugo: 2.50\npages a second of CPU, site to Hugo: 2.00\nmemory, site to Hugo: 0.50\n";
        assert!(text.ends_with(ratios), "{text}");
    }

    #[test]
    fn the_numbers_for_machines_are_json() {
        let value: serde_json::Value = serde_json::from_str(&json(&[measured()], None)).unwrap();
        let runs = value["portals"][0]["runs"].as_array().unwrap();
        assert_eq!((runs.len(), runs[2]["changed"].as_f64()), (3, Some(12.0)));
    }

    #[test]
    fn the_table_says_how_much_changed() {
        let text = table(&measured(), None);
        assert!(
            text.contains(
                "12 files changed (5 pages, lists and feeds, 2 search, 1 pictures, 4 compressed copies), 0 removed"
            ),
            "{text}"
        );
        assert!(
            text.contains(
                "100 articles in 2 languages: 500 pages of HTML, 1000 files, 5 MB (best of 3)"
            ),
            "{text}"
        );
    }
}
