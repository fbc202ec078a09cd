//! The results of programs for accessibility: axe-core, Lighthouse, and the Nu Html Checker.

use model::Day;
use serde_json::Value;

/// What a program found on some pages.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// The program, with its version where the results say it.
    pub(super) tool: String,
    /// The day on which it ran, where the results say it.
    pub(super) day: Option<Day>,
    /// The addresses of the pages that it looked at.
    pub(super) pages: Vec<String>,
    /// Whether these are all of them.
    pub(super) has_all_pages: bool,
    /// How many problems it found.
    pub(super) findings: u32,
}

/// Reads the results of a file: those of one page, or a list.
///
/// # Errors
/// Where they are those of no program that is known.
pub(super) fn read(value: &Value) -> Result<Vec<Outcome>, &'static str> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    if list.is_empty() {
        return Err("it has no results: the list is empty");
    }
    list.iter().map(one).collect()
}

fn one(value: &Value) -> Result<Outcome, &'static str> {
    if value["violations"].is_array() {
        axe(value)
    } else if value["lighthouseVersion"].is_string() {
        lighthouse(value)
    } else if value["messages"].is_array() {
        Ok(nu(value))
    } else {
        Err(
            "it has no results of axe-core (violations), Lighthouse (lighthouseVersion) or the Nu Html Checker (messages)",
        )
    }
}

fn day(value: &Value) -> Option<Day> {
    Day::new(value.as_str()?.get(..10)?)
        .ok()
        .filter(|day| day.is_whole())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// A result of axe-core: each place on which a rule was broken is a problem.
fn axe(value: &Value) -> Result<Outcome, &'static str> {
    let address = value["url"]
        .as_str()
        .ok_or("a result of axe-core does not say its page (url)")?;
    let engine = &value["testEngine"];
    let name = engine["name"].as_str().unwrap_or("axe-core");
    let tool = match engine["version"].as_str() {
        Some(version) => format!("{name} {version}"),
        None => name.to_owned(),
    };
    let violations = value["violations"].as_array().into_iter().flatten();
    let places = violations.map(|rule| rule["nodes"].as_array().map_or(1, Vec::len).max(1));
    Ok(Outcome {
        tool,
        day: day(&value["timestamp"]),
        pages: vec![address.to_owned()],
        has_all_pages: true,
        findings: number(places.sum()),
    })
}

/// A report of Lighthouse: each place that an audit of accessibility names is a problem.
fn lighthouse(value: &Value) -> Result<Outcome, &'static str> {
    let audits = value["categories"]["accessibility"]["auditRefs"].as_array();
    let audits = audits.ok_or(
        "the report of Lighthouse has no part on accessibility: run it with that category",
    )?;
    let failed = audits.iter().filter_map(|audit| {
        let audit = &value["audits"][audit["id"].as_str()?];
        let is_failed = audit["score"].as_f64().is_some_and(|score| score < 1.0);
        let places = audit["details"]["items"]
            .as_array()
            .map_or(1, Vec::len)
            .max(1);
        is_failed.then_some(places)
    });
    let address = ["finalDisplayedUrl", "finalUrl", "requestedUrl"]
        .iter()
        .find_map(|key| value[*key].as_str());
    Ok(Outcome {
        tool: format!(
            "Lighthouse {}",
            value["lighthouseVersion"].as_str().unwrap_or_default()
        ),
        day: day(&value["fetchTime"]),
        pages: vec![
            address
                .ok_or("the report of Lighthouse does not say its page (finalDisplayedUrl)")?
                .to_owned(),
        ],
        has_all_pages: true,
        findings: number(failed.sum()),
    })
}

/// Messages of the Nu Html Checker: each error is a problem.
fn nu(value: &Value) -> Outcome {
    let messages = || value["messages"].as_array().into_iter().flatten();
    let addresses = messages().filter_map(|message| message["url"].as_str().map(str::to_owned));
    let errors = messages().filter(|message| message["type"] == "error");
    Outcome {
        tool: "Nu Html Checker".to_owned(),
        day: None,
        pages: addresses.collect(),
        has_all_pages: false,
        findings: number(errors.count()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_results_of_each_program_are_counted() {
        let axe = json!([
            { "testEngine": { "name": "axe-core", "version": "4.11.0" }, "timestamp": "2026-11-24T09:00:00.000Z",
              "url": "https://a.example/", "violations": [{ "id": "x", "nodes": [{}, {}] }, { "id": "y", "nodes": [] }], "passes": [{}] },
            { "testEngine": { "name": "axe-core", "version": "4.11.0" }, "timestamp": "x", "url": "https://a.example/b", "violations": [] }
        ]);
        let read_of = |value: &Value| read(value).unwrap_or_else(|why| panic!("{why}"));
        let found = read_of(&axe);
        assert_eq!((found[0].findings, found[1].findings), (3, 0));
        assert_eq!(found[0].tool, "axe-core 4.11.0");
        assert_eq!(
            (found[0].day, found[1].day),
            (Day::new("2026-11-24").ok(), None)
        );

        let lighthouse = json!({
            "lighthouseVersion": "12.0.0", "fetchTime": "2026-11-25T01:02:03Z", "finalDisplayedUrl": "https://a.example/",
            "categories": { "accessibility": { "auditRefs": [{ "id": "a" }, { "id": "b" }, { "id": "c" }, { "id": "d" }] } },
            "audits": { "a": { "score": 0, "details": { "items": [{}, {}] } }, "b": { "score": 1 }, "c": { "score": null }, "d": { "score": 0 }, "e": { "score": 0 } }
        });
        let found = read_of(&lighthouse);
        assert_eq!(
            (found[0].tool.as_str(), found[0].findings),
            ("Lighthouse 12.0.0", 3)
        );

        let nu = json!({ "messages": [{ "type": "error", "url": "https://a.example/" }, { "type": "info" }, { "type": "error", "url": "https://a.example/" }] });
        let found = read_of(&nu);
        assert_eq!((found[0].findings, found[0].has_all_pages), (2, false));
    }

    #[test]
    fn what_is_no_result_is_said_to_be_none() {
        for value in [
            json!([]),
            json!({}),
            json!(null),
            json!("x"),
            json!([{ "violations": [] }]),
            json!({ "lighthouseVersion": "12", "categories": {} }),
            json!({ "lighthouseVersion": "12", "categories": { "accessibility": { "auditRefs": [] } } }),
        ] {
            assert!(read(&value).is_err(), "{value}");
        }
    }
}
