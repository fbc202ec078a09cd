//! The portal in real browsers: Chromium, Firefox and `WebKitGTK`, from the outside.
//!
//! A journey is what a reader does, written once. The table below says in which engines it is made; each line becomes a
//! test in the engine's module. Every session is fresh, every wait is bounded, and at the end nothing may have gone wrong
//! on any page: no error, no rejection, no violation of the policy, no word in the console.

mod accessibility;
mod answer;
mod engine;
mod environment;
mod failing;
mod front;
mod leash;
mod look;
mod opening;
mod pages;
mod prerendered;
mod recorder;
mod session;
mod taking_over;
mod upstream;

use engine::Engine;
use std::future::Future;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::Runtime;

/// How long a journey may take.
const LIMIT: Duration = Duration::from_secs(180);

/// One runtime for all tests: the sessions' connections live in it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("the runtime starts"));

fn run(journey: impl Future<Output = ()>) {
    RUNTIME.block_on(async {
        tokio::time::timeout(LIMIT, journey).await.unwrap_or_else(|_| panic!("the journey took more than {LIMIT:?}"));
    });
}

/// Makes a test of each journey in each of its engines.
macro_rules! journeys {
    (
        everywhere { $($all:ident::$every:ident)* }
        chromium and firefox { $($two:ident::$both:ident)* }
        chromium alone { $($one:ident::$only:ident)* }
    ) => {
        mod chromium {
            journeys!(@tests Chromium $($all::$every)* $($two::$both)* $($one::$only)*);
        }
        mod firefox {
            journeys!(@tests Firefox $($all::$every)* $($two::$both)*);
        }
        mod webkit {
            journeys!(@tests Webkit $($all::$every)*);
        }
    };
    (@tests $engine:ident $($module:ident::$journey:ident)*) => {
        $(#[test]
        fn $journey() {
            super::run(super::$module::$journey(super::Engine::$engine));
        })*
    };
}

journeys! {
    everywhere {
        recorder::the_recorder_hears_everything_that_goes_wrong
        opening::every_kind_of_page_opens_cold_and_comes_alive
        opening::every_kind_of_page_opens_by_a_click_without_a_full_load
        opening::a_language_tab_keeps_the_article
        opening::a_missing_translation_says_so_in_the_readers_language_and_leads_on
        failing::a_page_that_does_not_come_says_why_and_can_be_tried_again
        failing::a_failure_can_be_left_by_the_same_link_by_a_full_load_and_by_going_back
        failing::a_slow_page_is_announced_and_comes
        failing::the_page_asked_for_last_stays
        taking_over::the_take_over_keeps_every_node_and_moves_nothing
        taking_over::a_page_changed_before_the_take_over_is_mounted_afresh
        taking_over::a_page_without_its_document_asks_for_it
        taking_over::an_attribute_more_does_no_harm
        taking_over::a_fresh_mount_says_what_the_file_says
        accessibility::axe_finds_nothing
    }
    chromium and firefox {}
    chromium alone {
        failing::a_page_that_hangs_is_given_up
        taking_over::every_page_has_the_same_text_in_its_file_taken_over_and_mounted_afresh
        accessibility::axe_finds_nothing_on_a_phone
        accessibility::axe_finds_nothing_on_a_desktop
        accessibility::axe_finds_nothing_in_what_the_portal_says
    }
}
