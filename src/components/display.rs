//! Display settings: theme, text size, line spacing.

use crate::browser::choices;
use crate::markup::{IntoMarkup, Markup, html};
use i18n::{Tools, words};
use leptos::prelude::*;
use model::Lang;

/// The current values, as indexes in the order of [`Choice::ALL`]. The footer and the reading tools
/// share them.
#[derive(Clone, Copy, Debug)]
pub struct Choices(RwSignal<[usize; 3]>);

impl Choices {
    /// Provides the current values as context. Called once, by the frame.
    pub fn provide() {
        let held = RwSignal::new(model::Choice::ALL.map(choices::chosen));
        choices::watch(move || held.set(model::Choice::ALL.map(choices::chosen)));
        provide_context(Self(held));
    }

    fn choose(self, choice: model::Choice, place: usize) {
        choices::choose(choice, place);
        self.0.update(|held| held[choice.place()] = place);
    }
}

/// Three groups of radio buttons. A choice applies at once, on all pages, and is stored.
#[component]
pub fn Display(
    /// The language of the page.
    lang: Lang,
    /// The prefix of the groups' names, unique on the page.
    place: &'static str,
) -> Markup {
    let words = &words(lang).tools;
    model::Choice::ALL
        .map(|choice| html! { <Choice choice=choice words=words place=place /> })
        .into_markup()
}

/// Radio buttons side by side, of which one holds.
#[component]
fn Choice(
    /// The choice.
    choice: model::Choice,
    /// The words.
    words: &'static Tools,
    /// The prefix of the group's name.
    place: &'static str,
) -> Markup {
    let held = use_context::<Choices>().unwrap_or_else(|| {
        Choices(RwSignal::new(
            model::Choice::ALL.map(model::Choice::default_index),
        ))
    });
    let name = format!("{place}-{}", choice.name());
    let values = choice.values().iter().enumerate().map(|(at, &value)| {
        let text = match choice {
            model::Choice::Theme => words.themes[at].to_owned(),
            model::Choice::Text => format!("{value}%"),
            model::Choice::Spacing => words.spacings[at].to_owned(),
        };
        html! {
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
    });
    let legend = match choice {
        model::Choice::Theme => words.theme,
        model::Choice::Text => words.text_size,
        model::Choice::Spacing => words.line_spacing,
    };
    html! {
        <fieldset class="choice">
            <legend>{legend}</legend>
            <div class="choice-values">{values.collect::<Vec<_>>()}</div>
        </fieldset>
    }
}
