//! The reading tools of an article or a standing page.

use super::display::Display;
use crate::browser::task::spawn;
use crate::browser::{lazy, print};
use crate::markup::{Markup, html};
use i18n::words;
use leptos::prelude::*;
use leptos::task::tick;
use model::Lang;

/// The id of the panel, which the scripts of `src/lazy/` work on.
const PANEL: &str = "tools";
/// The id of the tools' status line.
const STATUS: &str = "tools-status";

/// The reading tools, folded. They are rendered when a reader opens them, because they need the
/// program and few readers use them: `src/boot.js` keeps a press until it runs. On paper the page's
/// address is in its place.
#[component]
pub fn Tools(
    /// The page's full address.
    address: String,
    /// The language of the page.
    lang: Lang,
) -> Markup {
    let opened = RwSignal::new(false);
    let open = move |_| {
        if !opened.get_untracked() {
            opened.set(true);
            spawn(async {
                tick().await;
                // Without this script, reading aloud is not offered.
                lazy::run("aloud", "offer", PANEL).await;
            });
        }
    };
    html! {
        <p class="tools-address">{address}</p>
        <details class="tools" on:toggle=open>
            <summary class="tools-name">{words(lang).tools.reading_tools}</summary>
            {move || opened.get().then(|| html! { <Panel lang=lang /> })}
        </details>
    }
}

/// The tools. `src/lazy/aloud.js` and `src/lazy/save.js` read their texts from the panel's
/// attributes.
#[component]
fn Panel(
    /// The language of the page.
    lang: Lang,
) -> Markup {
    let words = &words(lang).tools;
    let reading = || {
        [
            ("idle", words.read_aloud),
            ("reading", words.pause),
            ("paused", words.resume),
        ]
        .map(|(state, name)| html! { <span class=format!("aloud-{state}")>{name}</span> })
    };
    html! {
        <div
            class="tools-panel"
            id=PANEL
            data-failed=words.aloud_failed
            data-saving=words.saving
            data-saved=words.saved
            data-without=words.saved_without
            data-copy=words.saved_copy
        >
            <Display lang=lang place="tools" />
            <div class="tools-buttons">
                <button class="tool" type="button" on:click=|_| spawn(print::print())>{words.print}</button>
                <button class="tool" type="button" on:click=work("save", "save", words.save_failed)>{words.save}</button>
                <button class="tool aloud" type="button" on:click=work("aloud", "toggle", words.aloud_failed)>
                    {reading()}
                </button>
                <button class="tool aloud-stop" type="button" on:click=work("aloud", "stop", words.aloud_failed)>
                    {words.stop}
                </button>
            </div>
            <p class="tools-status" id=STATUS role="status"></p>
        </div>
    }
}

/// Runs a task of a script, and says so where it fails.
fn work<Event>(
    name: &'static str,
    task: &'static str,
    failed: &'static str,
) -> impl Fn(Event) + 'static {
    move |_| {
        spawn(async move {
            if !lazy::run(name, task, PANEL).await {
                lazy::say(STATUS, failed);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(lang: Lang) -> String {
        Owner::new().with(|| html! { <Panel lang=lang /> }.to_html())
    }

    #[test]
    fn every_tool_has_its_name_in_every_language() {
        for lang in Lang::ALL {
            let (html, words) = (html(lang), &words(lang).tools);
            let choices = [words.theme, words.text_size, words.line_spacing]
                .map(|name| format!("<legend>{name}"));
            let others = [
                words.read_aloud,
                words.pause,
                words.resume,
                words.stop,
                words.print,
                words.save,
            ];
            for name in choices
                .iter()
                .map(String::as_str)
                .chain(others)
                .chain(words.themes)
                .chain(words.spacings)
            {
                assert!(html.contains(name), "{lang:?}: {name} in {html}");
            }
        }
    }

    #[test]
    fn each_group_of_choices_has_a_name_of_its_own_and_a_value_for_each_choice() {
        use model::Choice;
        let html = html(Lang::Vi);
        for choice in Choice::ALL {
            let radios = html
                .matches(&format!("name=\"tools-{}\"", choice.name()))
                .count();
            assert_eq!(radios, choice.values().len(), "{choice:?}");
        }
        assert_eq!(html.matches("type=\"radio\"").count(), 12);
        assert_eq!(html.matches("role=\"status\"").count(), 1);
    }

    #[test]
    fn until_it_is_opened_a_page_has_only_the_name_and_the_address_for_paper() {
        let address = || "https://portal.example/vi/port/a/".to_owned();
        let html =
            Owner::new().with(|| html! { <Tools address=address() lang=Lang::Vi /> }.to_html());
        assert!(
            html.contains(&address()) && html.contains(words(Lang::Vi).tools.reading_tools),
            "{html}"
        );
        assert!(
            !html.contains("<button") && !html.contains("<input"),
            "{html}"
        );
    }
}
