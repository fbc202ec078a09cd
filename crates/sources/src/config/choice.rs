//! What a person chooses for a name of the CMS.

use editorial::content::authored::site::Site;
use model::Slug;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use std::borrow::Cow;

/// What a section or tag of the CMS is here.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum Choice {
    /// Nobody has chosen yet: `""`.
    Open,
    /// Nothing: `"-"`.
    Nothing,
    /// A section or tag of `site.json`.
    Name(Slug),
}

impl Choice {
    /// The section or tag.
    pub(crate) fn slug(&self) -> Option<&Slug> {
        match self {
            Self::Name(slug) => Some(slug),
            Self::Open | Self::Nothing => None,
        }
    }
}

impl TryFrom<String> for Choice {
    type Error = model::SlugError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Ok(match text.as_str() {
            "" => Self::Open,
            "-" => Self::Nothing,
            name => Self::Name(Slug::new(name)?),
        })
    }
}

impl JsonSchema for Choice {
    fn schema_name() -> Cow<'static, str> {
        "Choice".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A slug of site.json.",
            "type": "string",
            "pattern": "^([a-z0-9]+(-[a-z0-9]+)*|-)$",
            "patternErrorMessage": "Choose one: write its slug as site.json has it.",
            "maxLength": Slug::MOST
        })
    }
}

/// What may be chosen: `write one of site.json's sections: port, city`.
pub(super) fn ours(what: &str, site: Option<&Site>) -> String {
    let slugs: Vec<&str> = site.map_or(Vec::new(), |site| match what {
        "tag" => site.tags.iter().map(|tag| tag.slug.as_str()).collect(),
        _ => site.sections.iter().map(|one| one.slug.as_str()).collect(),
    });
    if slugs.is_empty() {
        format!("add the {what} to site.json, and write its slug here")
    } else {
        format!("write one of site.json's {what}s: {}", slugs.join(", "))
    }
}
