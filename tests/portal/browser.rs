//! The portal in real browsers: Chromium, Firefox and `WebKitGTK`, from the outside.
//!
//! A journey is a reader's actions, written once. The table below lists the engines that run it;
//! each line becomes a test in the engine's module. Every session has an origin and a tab of its
//! own, and every wait is bounded. At the end no page may have had an error, a rejection, a policy
//! violation, or an error or warning in the console.

mod accessibility;
mod accessibility_tree;
mod ahead;
mod aloud;
mod api;
mod audit;
mod ax_tree;
mod back_forward_cache;
mod blocks;
mod child_process;
mod citing;
mod corrupted_assets;
mod cpu_throttle;
mod critical_styles;
mod desk;
mod desk_files;
mod desk_media;
mod desk_pasting;
mod desk_pressing;
mod desk_surface;
mod desk_words;
mod display_settings;
mod engine;
mod entry_pages;
pub(crate) mod environment;
mod gate;
mod history;
mod hosting;
mod hydration;
mod kept_presses;
mod keyboard;
mod larger_site;
mod layout_shift;
mod lazy_start;
mod lists;
mod live;
mod load_failures;
mod monitoring;
mod narrow;
mod newsrooms;
mod opening;
mod pages;
mod parallel;
mod pool;
mod prefetching;
mod prerendered;
mod printing;
mod privacy;
mod proxy;
mod recorder;
mod reflow;
mod response;
mod saving;
mod screenshots;
mod searching;
mod session;
mod sharing;
mod snapshot;
mod steps;
mod suggesting;
mod surroundings;
mod upstream;
mod walk;
mod without_scripts;

use engine::Engine;
use std::future::Future;
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::Runtime;

/// How long a journey may take.
const LIMIT: Duration = Duration::from_secs(600);

/// One runtime for all tests: the sessions' connections live in it.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("the runtime starts"));

fn run(journey: impl Future<Output = ()>) {
    RUNTIME.block_on(async {
        tokio::time::timeout(LIMIT, journey)
            .await
            .unwrap_or_else(|_| panic!("the journey took more than {LIMIT:?}"));
    });
}

/// Generates one test for each journey and engine.
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
        history::back_and_forward_return_to_the_place_on_the_page
        history::a_device_that_is_slow_to_tell_of_a_scroll_returns_to_the_place
        history::a_reload_keeps_the_place
        history::a_click_after_a_jump_in_the_history_changes_the_address
        history::a_return_from_elsewhere_keeps_the_place
        sharing::share_links_are_exact
        sharing::the_devices_own_way_to_share_is_offered_first
        sharing::without_a_way_of_the_device_there_is_no_button
        sharing::a_code_is_loaded_when_it_is_opened_and_holds_the_address
        sharing::the_link_is_copied
        sharing::where_copying_is_refused_the_address_is_selected
        citing::the_citation_is_copied
        citing::where_copying_is_refused_the_citation_is_selected
        citing::without_scripts_the_citation_folds_out
        parallel::a_second_language_comes_by_a_click_and_goes_by_another
        parallel::an_address_with_a_second_language_opens_cold_and_is_returned_to
        parallel::a_second_language_that_does_not_come_says_so_and_can_be_tried_again
        blocks::a_gallery_is_gone_through_by_the_keyboard
        blocks::a_gallery_is_gone_through_by_its_buttons_and_follows_its_links_where_the_viewer_does_not_come
        blocks::a_heading_leads_to_itself_and_an_address_to_its_heading
        blocks::an_event_brings_a_file_for_calendars
        suggesting::a_reader_is_offered_the_page_in_their_language
        suggesting::nothing_is_suggested_where_there_is_nothing_better
        suggesting::a_suggestion_goes_with_the_page
        suggesting::a_suggestion_is_put_away_for_good
        suggesting::where_nothing_can_be_kept_it_is_put_away_for_the_visit
        suggesting::who_has_chosen_a_language_is_offered_no_other
        display_settings::a_chosen_theme_holds_everywhere_from_the_first_paint_on
        display_settings::a_choice_is_made_with_the_keyboard
        display_settings::text_and_lines_take_the_size_that_was_chosen
        display_settings::another_tab_follows_a_choice
        display_settings::where_nothing_can_be_stored_a_choice_holds_while_the_page_lives
        aloud::a_page_is_read_aloud_paragraph_by_paragraph
        aloud::reading_pauses_when_the_page_is_left_and_ends_with_it
        aloud::without_a_voice_nothing_is_offered
        aloud::a_voice_that_does_not_speak_is_noticed
        saving::a_page_is_saved_as_one_file
        saving::a_picture_that_does_not_come_leaves_its_description
        printing::the_print_tool_prints_with_all_pictures
        load_failures::a_page_that_does_not_come_says_why_and_can_be_tried_again
        load_failures::what_is_no_document_opens_the_page_itself
        load_failures::an_old_tab_tells_the_truth
        api::what_was_published_after_the_last_build_is_there
        api::a_file_that_only_the_api_has_is_found
        api::an_open_page_hears_of_an_emergency
        live::an_article_counts_when_it_is_shown
        load_failures::a_failure_can_be_left_by_the_same_link_by_a_full_load_and_by_going_back
        load_failures::a_slow_page_is_announced_and_comes
        load_failures::a_page_that_hangs_is_given_up
        load_failures::the_page_asked_for_last_stays
        without_scripts::the_portal_works_without_scripts
        corrupted_assets::without_the_program_the_page_stays_readable
        corrupted_assets::a_wrong_byte_in_the_program_stops_it
        corrupted_assets::a_wrong_byte_in_the_script_stops_it
        corrupted_assets::a_wrong_byte_in_the_style_keeps_it_out
        corrupted_assets::without_webassembly_the_page_stays_readable
        surroundings::a_translated_page_keeps_no_word_of_the_one_before
        surroundings::a_browser_without_timeouts_follows_links
        surroundings::a_page_in_an_archive_stays_as_it_was_kept
        surroundings::what_the_browser_cannot_do_is_not_offered
        hydration::the_take_over_keeps_every_node_and_moves_nothing
        hydration::a_page_changed_before_the_take_over_is_mounted_afresh
        hydration::a_page_without_its_document_asks_for_it
        hydration::an_attribute_more_does_no_harm
        hydration::a_fresh_mount_says_what_the_file_says
        lazy_start::a_page_without_a_reader_asks_for_nothing_more
        lazy_start::every_sign_of_a_reader_wakes_the_page
        lazy_start::an_address_with_a_second_language_wakes_at_once
        lazy_start::a_sleeping_page_lets_the_reader_go_back
        kept_presses::a_press_before_the_program_is_carried_out_when_it_comes
        ahead::the_next_page_is_there_before_the_click
        back_forward_cache::a_page_that_was_left_is_kept_as_it_was
        kept_presses::a_press_is_not_lost_where_the_program_does_not_come
        kept_presses::settings_that_do_not_come_can_be_opened_again
        kept_presses::tools_that_are_open_stay_open_when_the_program_comes
        kept_presses::what_a_reader_does_on_the_page_needs_no_program
        kept_presses::what_is_offered_is_the_same_before_the_program_and_after
        searching::the_search_answers_before_the_program_and_is_taken_over
        searching::without_the_program_the_search_answers
        accessibility::axe_finds_nothing
        keyboard::the_tab_key_leads_through_every_kind_of_page
        keyboard::the_keyboard_jumps_to_the_content_and_on_to_the_next_page
        entry_pages::the_root_leads_to_the_readers_language_and_traps_nobody
        entry_pages::the_root_asks_a_reader_of_another_language
        entry_pages::guessed_addresses_lead_to_the_right_language
        privacy::a_visit_leaves_no_trace_and_asks_nobody_else
        prefetching::a_hovered_link_is_asked_for_once
        prefetching::a_focused_link_is_asked_for_once
        searching::a_reader_searches_follows_a_result_and_comes_back
        searching::an_address_with_a_query_is_shared_and_returned_to
        searching::a_search_keeps_to_a_section_and_a_year
        searching::a_standing_page_is_found_and_is_of_no_section_and_no_year
        searching::without_scripts_the_search_says_so_and_leads_on
        searching::a_search_that_does_not_come_says_so_and_can_be_tried_again
        searching::script_and_tool_take_the_same_words_from_a_text
        lists::an_older_part_opens_and_leads_back
        lists::the_archive_leads_to_a_month_and_its_articles
        lists::a_tag_leads_from_an_article_to_its_list
        lists::a_month_that_a_language_does_not_have_leads_to_its_archive
        lists::an_outdated_translation_leads_to_its_original
        lists::every_article_is_three_clicks_from_the_front_page_without_scripts
        desk::a_portal_and_an_article_are_written_and_published
        desk::nothing_that_was_typed_is_lost
        desk::a_program_that_was_killed_is_gone_on_with
        desk::two_windows_on_one_text_lose_nothing
        desk_media::an_article_with_everything_is_written_without_a_file
        desk_media::an_article_is_corrected_and_another_scheduled
        desk_media::what_is_published_is_recorded_in_git
        desk_pasting::what_is_pasted_from_four_sources_becomes_blocks
        desk_pasting::pictures_are_dropped_and_pasted
        desk_pasting::a_text_for_old_fonts_is_offered_in_unicode
        desk_surface::fields_look_like_the_page_and_each_leads_to_the_other
        desk_words::a_translation_follows_its_original
        desk_words::the_work_list_leads_to_the_next_translation
        desk_words::a_draft_of_a_machine_is_labelled
        desk_words::names_are_offered_and_mended_with_one_press
        desk_words::an_emergency_is_asked_for_twice_and_taken_away_again
        desk_words::settings_are_changed_and_nothing_is_overwritten
    }
    chromium and firefox {
        hosting::the_portal_works_below_a_path
        hosting::the_portal_works_on_a_plain_host
        hosting::a_plain_host_leads_guessed_addresses_to_the_right_page
        hosting::a_plain_host_says_in_the_addresses_language_that_nothing_is_there
        searching::the_search_works_below_a_path
        searching::older_articles_are_searched_when_the_reader_asks
    }
    chromium alone {
        load_failures::a_document_of_an_earlier_build_is_shown_without_a_full_load
        monitoring::each_page_that_is_read_is_told_once
        api::the_search_has_what_was_published_after_the_last_build
        newsrooms::what_strapi_publishes_reaches_readers
        newsrooms::what_wagtail_publishes_reaches_readers
        newsrooms::what_wordpress_publishes_reaches_readers
        lazy_start::where_the_reader_spares_the_line_time_is_no_sign
        layout_shift::a_page_that_comes_in_pieces_moves_nothing
        critical_styles::a_page_looks_the_same_before_its_style_sheet_comes
        audit::every_page_in_vietnamese_is_as_it_should_be
        audit::every_page_in_english_is_as_it_should_be
        audit::every_page_in_korean_is_as_it_should_be
        audit::every_page_in_japanese_is_as_it_should_be
        audit::every_page_in_chinese_is_as_it_should_be
        audit::the_pages_without_a_language_are_as_they_should_be
        hydration::every_page_has_the_same_text_in_its_file_taken_over_and_mounted_afresh
        accessibility::axe_finds_nothing_in_what_the_portal_says
        parallel::axe_finds_nothing_beside_and_in_what_was_folded
        parallel::two_languages_fit_every_screen
        accessibility::axe_finds_nothing_in_a_suggestion
        suggesting::a_suggestion_covers_nothing_that_has_the_focus
        display_settings::axe_finds_nothing_in_the_tools_in_any_theme
        aloud::what_is_read_is_seen_in_forced_colours
        printing::paper_is_black_on_white_in_every_theme
        printing::a_long_address_on_paper_is_cut_off
        reflow::nothing_moves_by_itself
        keyboard::what_has_the_focus_is_seen_on_a_phone_in_the_dark
        accessibility_tree::the_parts_of_a_page_are_heard_with_role_and_name
        accessibility_tree::a_search_is_heard
        accessibility_tree::notices_are_heard_with_their_level
        accessibility_tree::a_change_of_page_is_heard
        searching::every_query_finds_what_it_should
        searching::axe_finds_nothing_in_the_search
        narrow::a_page_begins_on_the_first_screen_of_a_phone
        narrow::the_sections_unfold_on_a_phone_and_lead_on
        lists::the_larger_site_fits_and_axe_finds_nothing
        lists::the_larger_site_is_taken_over_as_it_is
        desk::axe_finds_nothing_on_the_desk
        desk_files::files_come_to_a_document_of_the_register
        desk_files::a_file_that_nothing_uses_is_taken_away_and_kept
        desk_files::the_cover_is_chosen_and_left_out_again
        desk_files::without_git_writing_goes_on_and_the_desk_says_so
        desk_files::words_are_on_the_page_as_they_are_typed
        desk_files::names_are_offered_at_the_cursor_of_a_plain_field
        desk_pressing::a_press_counts_while_messages_come
        desk_words::axe_finds_nothing_where_translations_names_and_settings_are
    }
}

#[test]
#[ignore = "makes pictures to look at: `cargo xtask screenshots`"]
fn screenshots_of_every_kind_of_page() {
    RUNTIME.block_on(screenshots::take());
}
