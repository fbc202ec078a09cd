//! What a monitoring system reads: counts, in the text format of Prometheus.

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// The media type of the format.
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The upper ends of the histogram's steps, in seconds.
const STEPS: [f64; 12] = [
    0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0,
];

/// Where an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
#[expect(non_camel_case_types, reason = "these are the words that are printed")]
pub(super) enum From {
    /// From memory.
    memory,
    /// It was the same as before the last change of the content.
    unchanged,
    /// It was made for this request.
    made,
    /// From the folder of the frame.
    disk,
    /// A former one, because a new one could not be made.
    stale,
    /// There was nothing to answer with.
    nothing,
}

/// The labels of a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    status: u16,
    from: From,
}

/// The counts.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Histogram,
    bytes: Counter,
    connections: Gauge,
    /// Pages that could not be made because of a mistake of the program.
    pub(super) panics: Counter,
    /// Times that the content was read anew.
    pub(super) generations: Counter,
    /// Times that content was refused, or could not be read.
    pub(super) refusals: Counter,
    /// Articles of the present content.
    pub(super) articles: Gauge,
    /// Bytes of pages in memory.
    pub(super) kept: Gauge,
}

/// Counts a connection for as long as it is there.
pub(super) struct Connection(Gauge);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    /// Nothing has happened yet.
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("portal");
        let requests = Family::<Request, Counter>::default();
        let seconds = Histogram::new(STEPS);
        let [bytes, panics, generations, refusals] = [(); 4].map(|()| Counter::default());
        let [connections, articles, kept] = [(); 3].map(|()| Gauge::default());
        registry.register(
            "requests",
            "Requests by status, and by where the answer came from",
            requests.clone(),
        );
        registry.register_with_unit(
            "response",
            "Time from a request's head to its answer's",
            Unit::Seconds,
            seconds.clone(),
        );
        for (name, help, counter) in [
            (
                "sent_bytes",
                "Bytes of answers, without their heads",
                &bytes,
            ),
            (
                "panics",
                "Pages that a mistake of the program prevented",
                &panics,
            ),
            (
                "generations",
                "Times that the content was taken over",
                &generations,
            ),
            (
                "refusals",
                "Times that content could not be taken over",
                &refusals,
            ),
        ] {
            registry.register(name, help, counter.clone());
        }
        for (name, help, gauge) in [
            ("connections", "Open connections", &connections),
            ("articles", "Articles of the present content", &articles),
            (
                "memory_bytes",
                "Bytes of pages that are kept in memory",
                &kept,
            ),
        ] {
            registry.register(name, help, gauge.clone());
        }
        Self {
            registry,
            requests,
            seconds,
            bytes,
            connections,
            panics,
            generations,
            refusals,
            articles,
            kept,
        }
    }

    /// Counts an answer.
    pub(super) fn answered(&self, status: u16, from: From, took: Duration, bytes: u64) {
        self.requests.get_or_create(&Request { status, from }).inc();
        self.seconds.observe(took.as_secs_f64());
        self.bytes.inc_by(bytes);
    }

    /// Counts a connection for as long as the answer is held.
    pub(super) fn connection(&self) -> Connection {
        self.connections.inc();
        Connection(self.connections.clone())
    }

    /// All counts as text.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let _ = encode(&mut text, &self.registry);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happened_is_counted() {
        let metrics = Metrics::new();
        metrics.answered(200, From::made, Duration::from_millis(2), 70);
        metrics.answered(200, From::memory, Duration::from_micros(50), 30);
        let connection = metrics.connection();
        let text = metrics.text();
        for line in [
            "portal_requests_total{status=\"200\",from=\"made\"} 1",
            "portal_response_seconds_count 2",
            "portal_response_seconds_bucket{le=\"0.0001\"} 1",
            "portal_sent_bytes_total 100",
            "portal_connections 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        drop(connection);
        assert!(metrics.text().contains("portal_connections 0"));
    }
}
