//! The languages of the portal.

use macros::Read;
use serde::{Deserialize, Serialize};

/// A language that the portal speaks. The serialised form is the BCP 47 tag, which is also the first segment of every
/// address: `ko` and not `kr` (Kanuri), `ja` and not `jp`, `zh-Hans` and not `cn`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Read,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Lang {
    /// Vietnamese.
    #[serde(rename = "vi")]
    Vi,
    /// English.
    #[serde(rename = "en")]
    En,
    /// Korean.
    #[serde(rename = "ko")]
    Ko,
    /// Japanese.
    #[serde(rename = "ja")]
    Ja,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-Hans")]
    ZhHans,
}

impl Lang {
    /// Every language, in the order of the language tabs.
    pub const ALL: [Self; 5] = [Self::Vi, Self::En, Self::Ko, Self::Ja, Self::ZhHans];

    /// The BCP 47 tag: the value of `lang` and `hreflang`, and the first segment of an address.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
            Self::Ko => "ko",
            Self::Ja => "ja",
            Self::ZhHans => "zh-Hans",
        }
    }

    /// The short label on the language tab, as readers of the city's portal know it.
    pub const fn tab(self) -> &'static str {
        match self {
            Self::Vi => "Vi",
            Self::En => "En",
            Self::Ko => "Kr",
            Self::Ja => "Ja",
            Self::ZhHans => "Cn",
        }
    }

    /// The language's own name for itself.
    pub const fn native_name(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
            Self::Ko => "한국어",
            Self::Ja => "日本語",
            Self::ZhHans => "简体中文",
        }
    }

    /// The value of `og:locale`.
    pub const fn og_locale(self) -> &'static str {
        match self {
            Self::Vi => "vi_VN",
            Self::En => "en_GB",
            Self::Ko => "ko_KR",
            Self::Ja => "ja_JP",
            Self::ZhHans => "zh_CN",
        }
    }

    /// Whether a line holds about half as many characters as in Latin script.
    pub const fn is_wide(self) -> bool {
        matches!(self, Self::Ko | Self::Ja | Self::ZhHans)
    }

    /// The language with exactly this tag.
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag)
    }

    /// The language of a country code or an inexact tag, in any case: `kr`, `cn`, `jp`, `vn`, `zh`,
    /// `zh-hans`.
    pub fn from_alias(alias: &str) -> Option<Self> {
        Some(match alias.to_ascii_lowercase().as_str() {
            "vi" | "vn" => Self::Vi,
            "en" | "uk" | "us" => Self::En,
            "ko" | "kr" => Self::Ko,
            "ja" | "jp" => Self::Ja,
            "zh-hans" | "zh" | "cn" | "zh-cn" => Self::ZhHans,
            _ => return None,
        })
    }
}
