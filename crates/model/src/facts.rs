//! Short factual blocks: timelines, key facts, contacts, events.

use super::{Address, Day, Inline, Moment};
use macros::Read;
use serde::{Deserialize, Serialize};

/// An entry of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// When it was.
    pub when: When,
    /// What happened.
    pub text: Vec<Inline>,
}

/// When something was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A day, a month or a year.
    Day(Day),
    /// In words, where the calendar does not say it.
    Words(String),
}

/// What a reader should know at a glance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyFacts {
    /// What they are about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The facts.
    pub facts: Vec<Fact>,
}

/// A fact with its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// What is so.
    pub text: Vec<Inline>,
}

/// How to reach an organisation or a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Who it is.
    pub name: String,
    /// What the person does, or of what the organisation is a part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Where letters and visitors go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<Line>,
    /// Fax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Line>,
    /// The page on the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub web: Option<Line>,
    /// When somebody is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
}

/// A number or an address as it is shown, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// As it is shown.
    pub text: String,
    /// Where it leads.
    pub to: Address,
}

/// Something that takes place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What it is called.
    pub name: String,
    /// When it begins and ends.
    pub time: EventTime,
    /// Where it takes place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The address of that place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What happens there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<Inline>,
    /// The file for calendars, from the site's base on, without a leading slash.
    pub calendar: String,
}

/// When an event begins and ends. The end is never before the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum EventTime {
    /// To the minute.
    Hours {
        /// The beginning.
        begin: Moment,
        /// The end, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<Moment>,
    },
    /// Whole days.
    Days {
        /// The first day.
        begin: Day,
        /// The last day, where there are several.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<Day>,
    },
}
