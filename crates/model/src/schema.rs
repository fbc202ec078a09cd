//! JSON Schemas of the types that serialise as text with rules of their own. Native only:
//! `docs/api/document.schema.json` is generated from them and the model.

use super::{Address, Day, Length, Moment, Slug};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

impl JsonSchema for Slug {
    fn schema_name() -> Cow<'static, str> {
        "Slug".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A name in addresses: lower-case ASCII letters and digits, in words joined by single hyphens.",
            "maxLength": Self::MOST,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"
        })
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A moment to the minute, as the newsroom's clock showed it, with that clock's offset from UTC.",
            "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9][+-](0[0-9]|1[0-4]):[0-5][0-9]$"
        })
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A day, or the month or the year that it is in: 2014-09-03, 2014-09, 2014.",
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
        })
    }
}

impl JsonSchema for Length {
    fn schema_name() -> Cow<'static, str> {
        "Length".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "How long something plays: minutes and seconds, or hours, minutes and seconds.",
            "pattern": "^([0-9]{1,3}:)?[0-9]{1,3}:[0-5][0-9]$"
        })
    }
}

impl JsonSchema for Address {
    fn schema_name() -> Cow<'static, str> {
        "Address".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Where a link leads: the web, a mailbox, a telephone, or a page of this portal from the language on.",
            "pattern": "^(https?://|mailto:|tel:|/(?!/))[^\\s\\\\]*$"
        })
    }
}
