//! `accessibility.json`: what the operator has found out about the accessibility of the portal.

use super::form::{DayForm, MailForm, Marked, Words};
use super::site::PerLang;
use super::words::ConformanceWord;
use model::Day;
use schemars::JsonSchema;
use serde::Deserialize;

/// A self-assessment of the portal's accessibility.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct Assessment {
    /// The JSON Schema that a text editor completes and checks this file with; nothing else reads it.
    #[serde(rename = "$schema")]
    pub schema: Option<String>,
    /// The day of the assessment.
    #[schemars(with = "DayForm")]
    pub assessed: Day,
    /// The standards that the portal was held against, by their names: `WCAG 2.2 AA`.
    #[schemars(with = "Vec<Words>", length(min = 1))]
    pub standards: Vec<String>,
    /// How far the portal conforms to them.
    #[schemars(with = "super::form::ConformanceForm")]
    pub conformance: ConformanceWord,
    /// What programs have found.
    #[serde(default)]
    pub tests: Vec<AutomaticTest>,
    /// What is known not to be accessible.
    #[serde(default)]
    pub problems: Vec<KnownProblem>,
    /// Where problems can be reported.
    #[schemars(with = "MailForm")]
    pub contact: String,
}

/// What a program has found.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct AutomaticTest {
    /// The day on which it ran.
    #[schemars(with = "DayForm")]
    pub day: Day,
    /// The program, with its version: `axe-core 4.11`.
    #[schemars(with = "Words")]
    pub tool: String,
    /// How many pages it looked at.
    pub pages: u32,
    /// How many problems it found.
    pub findings: u32,
}

/// Something that is known not to be accessible.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub struct KnownProblem {
    /// What it is, and what readers can do instead; may carry marks.
    #[schemars(with = "PerLang<Marked>")]
    pub texts: PerLang<String>,
    /// The day by which it is to be mended.
    #[schemars(with = "Option<DayForm>")]
    pub until: Option<Day>,
}
