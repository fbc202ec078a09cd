//! The channels of the share row.

use super::Lang;
use macros::Read;
use serde::{Deserialize, Serialize};

/// A way to share an article: a network, a messenger, or e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Read)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// Facebook.
    Facebook,
    /// Zalo, the messenger of Việt Nam.
    Zalo,
    /// X.
    X,
    /// LinkedIn.
    LinkedIn,
    /// WhatsApp.
    WhatsApp,
    /// Telegram.
    Telegram,
    /// Threads.
    Threads,
    /// LINE, the messenger of Japan.
    Line,
    /// Hatena Bookmark.
    Hatena,
    /// Naver: its blogs, cafés and mail.
    Naver,
    /// Band, Naver's network of groups.
    Band,
    /// KakaoStory.
    KakaoStory,
    /// WeChat, which knows no address for sharing: its readers scan a QR code.
    WeChat,
    /// Weibo.
    Weibo,
    /// QQ.
    Qq,
    /// Qzone, the pages of QQ.
    Qzone,
    /// E-mail.
    Email,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 17] = [
        Self::Facebook,
        Self::Zalo,
        Self::X,
        Self::LinkedIn,
        Self::WhatsApp,
        Self::Telegram,
        Self::Threads,
        Self::Line,
        Self::Hatena,
        Self::Naver,
        Self::Band,
        Self::KakaoStory,
        Self::WeChat,
        Self::Weibo,
        Self::Qq,
        Self::Qzone,
        Self::Email,
    ];

    /// The channels that most readers of a language use, in the order of the row. KakaoTalk is left
    /// out: sharing to it from a page needs its script and a key, and the device's share dialog
    /// reaches it.
    pub const fn usual(lang: Lang) -> &'static [Self] {
        match lang {
            Lang::Vi => &[Self::Facebook, Self::Zalo, Self::X, Self::Email],
            Lang::En => &[
                Self::Facebook,
                Self::X,
                Self::LinkedIn,
                Self::WhatsApp,
                Self::Telegram,
                Self::Email,
            ],
            Lang::Ko => &[Self::Naver, Self::Band, Self::Facebook, Self::X],
            Lang::Ja => &[Self::Line, Self::X, Self::Hatena, Self::Facebook],
            Lang::ZhHans => &[Self::WeChat, Self::Weibo, Self::Qq, Self::Email],
        }
    }

    /// The identifier in content, documents and styles; also the serialised form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Zalo => "zalo",
            Self::X => "x",
            Self::LinkedIn => "linkedin",
            Self::WhatsApp => "whatsapp",
            Self::Telegram => "telegram",
            Self::Threads => "threads",
            Self::Line => "line",
            Self::Hatena => "hatena",
            Self::Naver => "naver",
            Self::Band => "band",
            Self::KakaoStory => "kakaostory",
            Self::WeChat => "wechat",
            Self::Weibo => "weibo",
            Self::Qq => "qq",
            Self::Qzone => "qzone",
            Self::Email => "email",
        }
    }

    /// The channel's name in a language; `None` for e-mail, whose name is a text of the interface.
    pub const fn name(self, lang: Lang) -> Option<&'static str> {
        Some(match (self, lang) {
            (Self::Email, _) => return None,
            (Self::Facebook, Lang::Ko) => "페이스북",
            (Self::LinkedIn, Lang::Ko) => "링크드인",
            (Self::WhatsApp, Lang::Ko) => "왓츠앱",
            (Self::Telegram, Lang::Ko) => "텔레그램",
            (Self::Threads, Lang::Ko) => "스레드",
            (Self::Line, Lang::Ko) => "라인",
            (Self::Naver, Lang::Ko) => "네이버",
            (Self::Band, Lang::Ko) => "밴드",
            (Self::KakaoStory, Lang::Ko) => "카카오스토리",
            (Self::WeChat, Lang::Ko) => "위챗",
            (Self::Weibo, Lang::Ko) => "웨이보",
            (Self::Hatena, Lang::Ja) => "はてなブックマーク",
            (Self::WeChat, Lang::ZhHans) => "微信",
            (Self::Weibo, Lang::ZhHans) => "微博",
            (Self::Qzone, Lang::ZhHans) => "QQ空间",
            (Self::Facebook, _) => "Facebook",
            (Self::Zalo, _) => "Zalo",
            (Self::X, _) => "X",
            (Self::LinkedIn, _) => "LinkedIn",
            (Self::WhatsApp, _) => "WhatsApp",
            (Self::Telegram, _) => "Telegram",
            (Self::Threads, _) => "Threads",
            (Self::Line, _) => "LINE",
            (Self::Hatena, _) => "Hatena",
            (Self::Naver, _) => "Naver",
            (Self::Band, _) => "Band",
            (Self::KakaoStory, _) => "KakaoStory",
            (Self::WeChat, _) => "WeChat",
            (Self::Weibo, _) => "Weibo",
            (Self::Qq, _) => "QQ",
            (Self::Qzone, _) => "Qzone",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_of_a_channel_is_its_serialised_form_and_its_own() {
        let words = Channel::ALL.map(Channel::word);
        for (at, channel) in Channel::ALL.into_iter().enumerate() {
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.word());
            assert_eq!(
                words.iter().position(|word| *word == channel.word()),
                Some(at)
            );
        }
    }

    #[test]
    fn every_language_has_a_row_in_which_nothing_is_there_twice() {
        for lang in Lang::ALL {
            let row = Channel::usual(lang);
            assert!(row.len() >= 4, "{lang:?}");
            assert!(
                row.iter()
                    .enumerate()
                    .all(|(at, channel)| !row[..at].contains(channel)),
                "{lang:?}"
            );
        }
    }
}
