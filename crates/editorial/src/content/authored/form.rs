//! The forms of texts in JSON Schema, which text editors check while somebody types. Each has the
//! rule of the type that reads the text; `tests/portal/schemas.rs` tests both with the same files.

use model::{Channel, Lang, Slug};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The rule of a slug as a regular expression without anchors.
const SLUG: &str = "[a-z0-9]+(-[a-z0-9]+)*";

/// The rule of a label of a host's name. International names have two hyphens in a row:
/// `xn--cng-qmz`.
const LABEL: &str = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";

/// The rule of a day, a month or a year.
const DAY_OR_MORE: &str = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";

/// Adds `patternErrorMessage`, which some text editors show in place of the unreadable pattern.
fn explained(mut schema: Schema) -> Schema {
    let rule = schema.get("description").cloned();
    if let Some(rule) = rule.filter(|_| schema.get("pattern").is_some()) {
        schema.insert("patternErrorMessage".to_owned(), rule);
    }
    schema
}

/// Declares forms, each with its name in the schema and its JSON Schema.
macro_rules! forms {
    ($($(#[$doc:meta])* $name:ident = $schema:expr;)*) => {
        $(
            $(#[$doc])*
            pub struct $name;

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).trim_end_matches("Form").into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    explained($schema)
                }
            }
        )*
    };
}

forms! {
    /// A text that is not blank.
    Words = json_schema!({
        "description": "A text that says something, in composed characters (NFC).",
        "type": "string",
        "pattern": "\\S"
    });

    /// A text with marks that is not blank.
    Marked = json_schema!({
        "description": "A text that says something, with **important** and *stressed* words and [links](https://…), in composed characters (NFC).",
        "type": "string",
        "contentMediaType": "text/markdown",
        "pattern": "\\S"
    });

    /// A text with marks that may be blank.
    Cell = json_schema!({
        "description": "A text, with **important** and *stressed* words and [links](https://…), or nothing.",
        "type": "string",
        "contentMediaType": "text/markdown"
    });

    /// [`model::Slug`].
    SlugForm = json_schema!({
        "description": "Lower-case letters a-z and digits in words joined by single hyphens.",
        "type": "string",
        "pattern": format!("^{SLUG}$"),
        "maxLength": Slug::MOST
    });

    /// `section/slug`.
    Story = json_schema!({
        "description": "An article as section/slug, for example port/deep-water-port.",
        "type": "string",
        "pattern": format!("^{SLUG}/{SLUG}$")
    });

    /// [`model::Moment`].
    MomentForm = json_schema!({
        "description": "Date, time and offset from UTC, to the minute: 2026-05-13T08:30+07:00.",
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9](Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$"
    });

    /// Scheme and host.
    Origin = json_schema!({
        "description": "https:// and the host, in lower case and without a slash at the end: https://portal.example.",
        "type": "string",
        "pattern": format!("^https://{LABEL}(\\.{LABEL})*(:[0-9]{{1,5}})?$")
    });

    /// A web address.
    WebAddress = json_schema!({
        "description": "A web address that begins with https://.",
        "type": "string",
        "pattern": "^https://\\S+$"
    });

    /// A picture's file beside `article.json`.
    PictureName = json_schema!({
        "description": "The picture's file beside this one: a slug with the ending svg, png, jpg, jpeg or webp.",
        "type": "string",
        "pattern": format!("^{SLUG}\\.(svg|png|jpg|jpeg|webp)$")
    });

    /// A file beside `article.json` that is no picture.
    FileName = json_schema!({
        "description": format!("The file beside this one: a slug with the ending {}.", crate::check::attached_file::ENDINGS.join(", ")),
        "type": "string",
        "pattern": format!("^{SLUG}\\.({})$", crate::check::attached_file::ENDINGS.join("|"))
    });

    /// The source of a quotation.
    LinkForm = json_schema!({
        "description": "https:// and the rest of a web address, or a page of this portal such as /port/deep-water-port/.",
        "type": "string",
        "pattern": "^(https://|/(?!/))\\S*$"
    });

    /// [`model::Day`].
    DayForm = json_schema!({
        "description": "A day, a month or a year: 2026-05-13, 2026-05 or 2026.",
        "type": "string",
        "pattern": format!("^{DAY_OR_MORE}$")
    });

    /// A day, or a [`model::Moment`].
    TimeForm = json_schema!({
        "description": "A moment with its offset from UTC, or a whole day: 2026-05-13T20:00+07:00 or 2026-05-13.",
        "type": "string",
        "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9](Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?$"
    });

    /// [`model::Length`].
    LengthForm = json_schema!({
        "description": "Minutes and seconds, or hours, minutes and seconds: 3:25 or 1:02:45.",
        "type": "string",
        "pattern": "^[0-9]{1,3}(:[0-5][0-9]){1,2}$"
    });

    /// A telephone number.
    TelephoneForm = json_schema!({
        "description": "A number with its country's code, as it is shown: +84 225 000 0001.",
        "type": "string",
        "pattern": "^\\+[0-9][0-9 ().-]*$"
    });

    /// An e-mail address.
    MailForm = json_schema!({
        "description": "An e-mail address: editors@portal.example.",
        "type": "string",
        "pattern": "^[A-Za-z0-9.!#$*/=_`{|}~+-]+@[A-Za-z0-9.-]+$"
    });

    /// A contact for reports of vulnerabilities.
    SecurityContact = json_schema!({
        "description": "mailto: and an e-mail address, tel: and a number, or the https:// address of a form.",
        "type": "string",
        "pattern": "^(mailto:[^@\\s]+@\\S+|tel:\\+[0-9-]+|https://\\S+)$"
    });

    /// The address of an API.
    ApiAddress = json_schema!({
        "description": "A path on the portal's own host, or the https:// address of another one, with a slash at its end.",
        "type": "string",
        "pattern": "^(/|/[A-Za-z0-9._~/-]+/|https://[^\\s?#@]+/|http://(localhost|127\\.[0-9.]+)(:[0-9]{1,5})?/[A-Za-z0-9._~/-]*)$"
    });

    /// An address of the state's monitoring.
    MonitoringAddress = json_schema!({
        "description": "An https:// address in plain letters, without ? and #.",
        "type": "string",
        "pattern": "^(https://[^\\s?#@;,]+/[A-Za-z0-9._~/-]*|http://(localhost|127\\.[0-9.]+)(:[0-9]{1,5})?/[A-Za-z0-9._~/-]*)$"
    });

    /// A hash as Subresource Integrity has it.
    Integrity = json_schema!({
        "description": "The hash of a file: sha384- and 64 letters, digits, + or /.",
        "type": "string",
        "pattern": "^(sha256-[A-Za-z0-9+/]{43}=|sha384-[A-Za-z0-9+/]{64}|sha512-[A-Za-z0-9+/]{86}==)$"
    });

    /// The number of a portal in the state's monitoring.
    MonitoredSite = json_schema!({
        "description": "Letters, digits and hyphens, at most 64.",
        "type": "string",
        "pattern": "^[A-Za-z0-9-]{1,64}$"
    });

    /// An origin that the portal had before.
    FormerOrigin = json_schema!({
        "description": "Scheme and host alone, such as https://old.example or http://www.old.example.",
        "type": "string",
        "pattern": "^https?://[^/?#\\s]+$"
    });

    /// A banner's file.
    BannerName = json_schema!({
        "description": "The picture's file in the folder banners, for example banners/port.svg.",
        "type": "string",
        "pattern": format!("^banners/{SLUG}\\.(svg|png|jpg|jpeg|webp)$")
    });

    /// A stamp of `crate::content::stamp`.
    Stamp = json_schema!({
        "description": "Written by `site translations done`: ten hexadecimal digits for the original as it was.",
        "type": "string",
        "pattern": "^[0-9a-f]{10}$"
    });

    /// A language's tag.
    LanguageTag = json_schema!({
        "description": "A language of the portal.",
        "type": "string",
        "enum": Lang::ALL.map(Lang::tag)
    });

    /// [`Channel`].
    ChannelWord = json_schema!({
        "description": "A network, a messenger, or e-mail.",
        "type": "string",
        "enum": Channel::ALL.map(Channel::word)
    });

    /// How far the portal conforms to a standard.
    ConformanceForm = json_schema!({
        "description": "How far the portal conforms to the standards.",
        "type": "string",
        "enum": super::words::ConformanceWord::WORDS.map(|(word, _)| word)
    });

    /// Where view counts come from.
    ViewsFromForm = json_schema!({
        "description": "Where the view counts come from that readers see.",
        "type": "string",
        "enum": super::words::ViewsWord::WORDS.map(|(word, _)| word)
    });

    /// A notice's level.
    LevelForm = json_schema!({
        "description": "How much the notice matters.",
        "type": "string",
        "enum": super::words::NoticeLevel::WORDS.map(|(word, _)| word)
    });
}
