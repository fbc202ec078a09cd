//! The reports of programs for statistics: `GoAccess`, Matomo, `GoatCounter`, Umami and Plausible.

use clap::ValueEnum;
use serde_json::Value;

/// A program for statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// `goaccess --output report.json`
    Goaccess,
    /// The answer of `Actions.getPageUrls` with `flat=1`
    Matomo,
    /// The answer of `/api/v0/stats/hits`
    Goatcounter,
    /// The answer of `/api/websites/…/metrics` with the addresses of pages
    Umami,
    /// The answer of `/api/v2/query`, or `/api/v1/stats/breakdown`, by `event:page`
    Plausible,
}

/// A line of a report.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// An address, as the program writes it.
    pub(crate) address: String,
    /// How often it was asked for, or seen.
    pub(crate) views: u64,
    /// How it was asked for; `None` where the program counts pages that readers see.
    pub(crate) method: Option<String>,
}

/// Takes a part of a line.
type Part = fn(&Value) -> &Value;

/// The lines of a report.
///
/// # Errors
/// Where it has another form than the program gives it, or is not whole.
pub(crate) fn lines(format: Format, report: &Value) -> Result<Vec<Line>, &'static str> {
    let (list, address, views): (_, Part, Part) = match format {
        Format::Goaccess => {
            let requests = &report["requests"];
            let list = &requests["data"];
            let all = requests["metadata"]["data"]["unique"].as_u64();
            if all > list.as_array().map(|list| list.len() as u64) {
                return Err("it has the first addresses only: give goaccess --max-items=1000000");
            }
            (list, |line| &line["data"], |line| &line["hits"]["count"])
        }
        Format::Matomo => (
            report,
            |line| match &line["url"] {
                Value::Null => &line["label"],
                url => url,
            },
            |line| &line["nb_hits"],
        ),
        Format::Goatcounter => {
            if report["more"] == true {
                return Err("it has the first addresses only: ask with a larger limit");
            }
            let list = &report["hits"];
            (list, |line| &line["path"], |line| &line["count"])
        }
        Format::Umami => (report, |line| &line["x"], |line| &line["y"]),
        Format::Plausible => (
            &report["results"],
            |line| match &line["page"] {
                Value::Null => &line["dimensions"][0],
                page => page,
            },
            |line| match &line["pageviews"] {
                Value::Null => &line["metrics"][0],
                views => views,
            },
        ),
    };
    let list = list.as_array();
    let list = list.ok_or("it has no list of pages where this program writes it")?;
    // Events of GoatCounter are no pages.
    let pages = list.iter().filter(|line| line["event"] != true);
    let line = |line: &Value| {
        Some(Line {
            address: address(line).as_str()?.to_owned(),
            views: views(line).as_u64()?,
            method: line["method"].as_str().map(str::to_owned),
        })
    };
    let lines: Option<Vec<Line>> = pages.map(line).collect();
    lines.ok_or("a line of it has no address, or no count of views that is a whole number")
}
