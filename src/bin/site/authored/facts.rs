//! Blocks that say things in short. All texts but those called `text` are plain.

use super::form::{DayForm, MailForm, TelephoneForm, TimeForm, WebAddress, Words};
use portal::model::Day;
use schemars::JsonSchema;
use serde::Deserialize;

/// An entry of a timeline.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object such as { \"date\": \"2014-09\", \"text\": \"…\" }")]
pub(crate) struct Dated {
    /// When it was: a day, a month or a year.
    #[schemars(with = "Option<DayForm>")]
    pub(crate) date: Option<Day>,
    /// When it was in words, in place of `date`.
    #[schemars(with = "Option<Words>")]
    pub(crate) label: Option<String>,
    /// What happened.
    #[schemars(with = "Words")]
    pub(crate) text: String,
}

/// What a reader should know at a glance.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"facts\"")]
pub(crate) struct KeyFacts {
    /// What they are about.
    #[schemars(with = "Option<Words>")]
    pub(crate) title: Option<String>,
    /// The facts.
    #[schemars(length(min = 1))]
    pub(crate) facts: Vec<Fact>,
}

/// A fact with its name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object such as { \"name\": \"…\", \"text\": \"…\" }")]
pub(crate) struct Fact {
    /// Its name.
    #[schemars(with = "Words")]
    pub(crate) name: String,
    /// What is so.
    #[schemars(with = "Words")]
    pub(crate) text: String,
}

/// How to reach an organisation or a person.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"name\"")]
pub(crate) struct Contact {
    /// Who it is.
    #[schemars(with = "Words")]
    pub(crate) name: String,
    /// What the person does, or of what the organisation is a part.
    #[schemars(with = "Option<Words>")]
    pub(crate) post: Option<String>,
    /// Where letters and visitors go.
    #[schemars(with = "Option<Words>")]
    pub(crate) address: Option<String>,
    /// Telephone, as it is shown.
    #[schemars(with = "Option<TelephoneForm>")]
    pub(crate) telephone: Option<String>,
    /// Fax, as it is shown.
    #[schemars(with = "Option<TelephoneForm>")]
    pub(crate) fax: Option<String>,
    /// E-mail.
    #[schemars(with = "Option<MailForm>")]
    pub(crate) email: Option<String>,
    /// The page on the web.
    #[schemars(with = "Option<WebAddress>")]
    pub(crate) web: Option<String>,
    /// When somebody is there.
    #[schemars(with = "Option<Words>")]
    pub(crate) hours: Option<String>,
}

/// Something that takes place.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"name\" and \"begin\"")]
pub(crate) struct Event {
    /// What it is called.
    #[schemars(with = "Words")]
    pub(crate) name: String,
    /// When it begins: a moment, or the first day.
    #[schemars(with = "TimeForm")]
    pub(crate) begin: String,
    /// When it ends: in the same form; of days, the last one.
    #[schemars(with = "Option<TimeForm>")]
    pub(crate) end: Option<String>,
    /// Where it takes place.
    #[schemars(with = "Option<Words>")]
    pub(crate) place: Option<String>,
    /// The address of that place.
    #[schemars(with = "Option<Words>")]
    pub(crate) address: Option<String>,
    /// What happens there.
    #[schemars(with = "Option<Words>")]
    pub(crate) text: Option<String>,
}
