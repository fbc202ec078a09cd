//! Timelines, key facts, contacts and events. All texts but those called `text` are plain.

use super::form::{
    DayForm, MailForm, Marked, SlugForm, TelephoneForm, TimeForm, WebAddress, Words,
};
use model::{Day, Slug};
use schemars::JsonSchema;
use serde::Deserialize;

/// An entry of a timeline.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"date\": \"2014-09\", \"text\": \"…\" }"
)]
pub struct Dated {
    /// When it was: a day, a month or a year.
    #[schemars(with = "Option<DayForm>")]
    pub date: Option<Day>,
    /// When it was in words, in place of `date`.
    #[schemars(with = "Option<Words>")]
    pub label: Option<String>,
    /// What happened.
    #[schemars(with = "Marked")]
    pub text: String,
}

/// What a reader should know at a glance.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"facts\"")]
pub struct KeyFacts {
    /// What they are about.
    #[schemars(with = "Option<Words>")]
    pub title: Option<String>,
    /// The facts.
    #[schemars(length(min = 1))]
    pub facts: Vec<Fact>,
}

/// A fact with its name.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object such as { \"name\": \"…\", \"text\": \"…\" }"
)]
pub struct Fact {
    /// Its name.
    #[schemars(with = "Words")]
    pub name: String,
    /// What is so.
    #[schemars(with = "Marked")]
    pub text: String,
}

/// How to reach an organisation or a person.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object with \"name\"")]
pub struct Contact {
    /// Who it is.
    #[schemars(with = "Words")]
    pub name: String,
    /// What the person does, or of what the organisation is a part.
    #[schemars(with = "Option<Words>")]
    pub post: Option<String>,
    /// Where letters and visitors go.
    #[schemars(with = "Option<Words>")]
    pub address: Option<String>,
    /// Telephone, as it is shown.
    #[schemars(with = "Option<TelephoneForm>")]
    pub telephone: Option<String>,
    /// Fax, as it is shown.
    #[schemars(with = "Option<TelephoneForm>")]
    pub fax: Option<String>,
    /// E-mail.
    #[schemars(with = "Option<MailForm>")]
    pub email: Option<String>,
    /// The page on the web.
    #[schemars(with = "Option<WebAddress>")]
    pub web: Option<String>,
    /// When somebody is there.
    #[schemars(with = "Option<Words>")]
    pub hours: Option<String>,
}

/// Something that takes place.
#[derive(Deserialize, JsonSchema)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with \"name\" and \"begin\""
)]
pub struct Event {
    /// Its name in files for calendars, the same in every language. It stays when the event moves within the text.
    #[schemars(with = "Option<SlugForm>")]
    pub id: Option<Slug>,
    /// What it is called.
    #[schemars(with = "Words")]
    pub name: String,
    /// When it begins: a moment, or the first day.
    #[schemars(with = "TimeForm")]
    pub begin: String,
    /// When it ends: in the same form; of days, the last one.
    #[schemars(with = "Option<TimeForm>")]
    pub end: Option<String>,
    /// Where it takes place.
    #[schemars(with = "Option<Words>")]
    pub place: Option<String>,
    /// The address of that place.
    #[schemars(with = "Option<Words>")]
    pub address: Option<String>,
    /// What happens there.
    #[schemars(with = "Option<Marked>")]
    pub text: Option<String>,
}
