//! The log: one JSON object a line on standard error. No reader's address, name or query is in it.

use crate::print;
use serde_json::{Map, Value, json};
use std::time::{SystemTime, UNIX_EPOCH};

/// Logs an event with its facts.
pub(super) fn event(name: &str, facts: &[(&str, Value)]) {
    let mut line = Map::new();
    line.insert("time".to_owned(), json!(unix_seconds(SystemTime::now())));
    line.insert("event".to_owned(), json!(name));
    line.extend(
        facts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone())),
    );
    print::stderr(format!("{}\n", Value::Object(line)));
}

/// Seconds since 1970, to the millisecond.
pub(super) fn unix_seconds(time: SystemTime) -> f64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    (since.as_secs_f64() * 1_000.0).round() / 1_000.0
}
