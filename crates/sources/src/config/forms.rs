//! The forms of texts in the JSON Schema of `source.json`. They are never stricter than its checks.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// Declares forms, each with its JSON Schema.
macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident = $schema:expr;)*) => {
        $(
            $(#[$doc])*
            pub(super) struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    $schema
                }
            }
        )*
    };
}

forms! {
    /// A system.
    SystemName = json_schema!({
        "description": "The name of a system.",
        "type": "string",
        "enum": super::System::names()
    });

    /// The address of a CMS.
    CmsAddress = json_schema!({
        "description": "https:// and the host, perhaps with a path, without a slash at the end; http:// for a machine of one's own network.",
        "type": "string",
        "pattern": "^https?://[^\\s?#@]*[^\\s?#@/]$",
        "patternErrorMessage": "https:// and the host, perhaps with a path, without a slash at the end."
    });

    /// The name of an environment variable.
    Variable = json_schema!({
        "description": "A name such as STRAPI_TOKEN: capital letters, digits and underscores.",
        "type": "string",
        "pattern": "^[A-Z_][A-Z0-9_]{0,63}$",
        "patternErrorMessage": "The name of an environment variable, such as STRAPI_TOKEN, and not the token itself."
    });

    /// An offset from UTC.
    Offset = json_schema!({
        "description": "Hours and minutes ahead of UTC: +07:00.",
        "type": "string",
        "pattern": "^[+-](0[0-9]|1[0-4]):[0-5][0-9]$",
        "patternErrorMessage": "Hours and minutes ahead of UTC: +07:00."
    });

    /// A number of seconds.
    Seconds = json_schema!({
        "description": "A number of seconds from 1 to 600.",
        "type": "integer",
        "minimum": 1,
        "maximum": 600
    });
}
