//! How all pages look: theme, text size, line spacing.

use super::erased::Erase;
use crate::browser::choices;
use i18n::{Tools, words};
use leptos::prelude::*;
use model::{Choice, Lang};

/// What holds of each choice, for all places that offer them: the footer and the reading tools have the same.
#[derive(Clone, Copy, Debug)]
pub struct Choices(RwSignal<[usize; 3]>);

impl Choices {
    /// Gives what holds on this page to everything below. Called once, by the frame.
    pub fn provide() {
        let held = RwSignal::new(Choice::ALL.map(choices::chosen));
        choices::watch(move || held.set(Choice::ALL.map(choices::chosen)));
        provide_context(Self(held));
    }

    fn choose(self, choice: Choice, place: usize) {
        choices::choose(choice, place);
        self.0.update(|held| held[choice.place()] = place);
    }
}

/// Three groups of radio buttons. What a reader chooses holds at once, on all pages, and is remembered.
#[component]
pub fn Display(
    /// The language of the page.
    lang: Lang,
    /// Where the groups stand: the beginning of their names, of which a page has each once.
    place: &'static str,
) -> impl IntoView {
    let words = &words(lang).tools;
    Choice::ALL.map(|choice| view! { <Group choice=choice words=words place=place /> }.erase())
}

/// One group.
#[component]
fn Group(
    /// What there is to choose.
    choice: Choice,
    /// The words.
    words: &'static Tools,
    /// Where the group stands.
    place: &'static str,
) -> impl IntoView {
    let held = use_context::<Choices>().unwrap_or_else(|| Choices(RwSignal::new(Choice::ALL.map(Choice::usual))));
    let name = format!("{place}-{}", choice.name());
    let values = choice.values().iter().enumerate().map(|(at, &value)| {
        let text = match choice {
            Choice::Theme => words.themes[at].to_owned(),
            Choice::Text => format!("{value}%"),
            Choice::Spacing => words.spacings[at].to_owned(),
        };
        view! {
            <label class="choice-value">
                <input
                    type="radio"
                    name=name.clone()
                    value=value
                    prop:checked=move || held.0.get()[choice.place()] == at
                    on:change=move |_| held.choose(choice, at)
                />
                <span>{text}</span>
            </label>
        }
        .erase()
    });
    let legend = match choice {
        Choice::Theme => words.theme,
        Choice::Text => words.text_size,
        Choice::Spacing => words.line_spacing,
    };
    view! {
        <fieldset class="choice">
            <legend>{legend}</legend>
            <div class="choice-values">{values.collect_view()}</div>
        </fieldset>
    }
}
