//! The memory of `site live` over many requests for all pages and documents.

use serde::Serialize;

use super::all_processors;
use super::load::{List, Load};
use super::peers::Peers;
use crate::arguments::LiveOptions;
use crate::failure::Failure;

/// How long one part of the requests takes, in seconds; after it the memory is looked at.
const PART: u64 = 5;

/// What was seen.
#[derive(Serialize)]
pub(super) struct Watched {
    pub(super) requests: u64,
    pub(super) seconds: f64,
    /// After so many requests, so many bytes.
    pub(super) samples: Vec<(u64, u64)>,
}

impl Watched {
    /// The memory after this share of the requests.
    pub(super) fn after(&self, share: f64) -> u64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share"
        )]
        let wanted = (self.requests as f64 * share) as u64;
        let found = self
            .samples
            .iter()
            .find(|(requests, _)| *requests >= wanted);
        found.or(self.samples.last()).map_or(0, |(_, bytes)| *bytes)
    }

    /// The most memory at any of the looks.
    pub(super) fn most(&self) -> u64 {
        let bytes = self.samples.iter().map(|(_, bytes)| *bytes);
        bytes.max().unwrap_or_default()
    }
}

/// Asks for every page and every document in turn, until there were so many requests.
pub(super) fn watch(
    peers: &Peers<'_>,
    load: &Load,
    options: &LiveOptions,
) -> Result<Watched, Failure> {
    let pages = &peers.portal.pages.paths;
    let all = pages
        .iter()
        .flat_map(|page| [page.clone(), format!("{page}index.json")])
        .collect();
    let list = List::write(peers.portal.place.join("all.txt"), all)?;
    let live = peers.live(&all_processors())?;
    let mut watched = Watched {
        requests: 0,
        seconds: 0.0,
        samples: vec![(0, live.server.memory())],
    };
    eprintln!("watching the memory over {} requests", options.requests);
    while watched.requests < options.requests {
        let part = load.run(&live.server.address, &list, watched.requests, PART)?;
        watched.requests += part.requests;
        watched.seconds += part.seconds;
        watched
            .samples
            .push((watched.requests, live.server.memory()));
    }
    Ok(watched)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_that_of_the_first_look_after_a_share() {
        let watched = Watched {
            requests: 100,
            seconds: 1.0,
            samples: vec![(0, 5), (30, 7), (60, 9), (100, 8)],
        };
        assert_eq!((watched.after(0.0), watched.after(0.5)), (5, 9));
        assert_eq!((watched.after(1.0), watched.most()), (8, 9));
    }
}
