//! The addresses that share a page.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use i18n::Words;
use model::Channel;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address that shares a page; `None` for WeChat, which has none.
///
/// Sources: X's developer documentation (`intent/tweet`), Telegram's (`share/url`), LINE's
/// (`lineit/share`), Threads' of Meta (`intent/post`), and RFC 6068 for `mailto:`. Facebook's
/// `sharer.php`, LinkedIn's `share-offsite` and KakaoStory take the address alone and read the rest
/// from the page. Zalo's `share_external` is what its own widget opens, with the address as JSON in
/// base64. The others are those of their own share buttons.
pub fn share_address(channel: Channel, page: &str, title: &str) -> Option<String> {
    let encode = |text: &str| utf8_percent_encode(text, RESERVED).to_string();
    let pattern = match channel {
        Channel::Facebook => "https://www.facebook.com/sharer/sharer.php?u={page}",
        Channel::Zalo => {
            let quoted = page.replace('\\', "\\\\").replace('"', "\\\"");
            let json = STANDARD.encode(format!("{{\"url\":\"{quoted}\"}}"));
            return Some(format!(
                "https://button-share.zalo.me/share_external?d={}",
                encode(&json)
            ));
        }
        Channel::X => "https://x.com/intent/tweet?text={title}&url={page}",
        Channel::LinkedIn => "https://www.linkedin.com/sharing/share-offsite/?url={page}",
        Channel::WhatsApp => "https://wa.me/?text={title}%20{page}",
        Channel::Telegram => "https://t.me/share/url?url={page}&text={title}",
        Channel::Threads => "https://www.threads.com/intent/post?text={title}&url={page}",
        Channel::Line => "https://social-plugins.line.me/lineit/share?url={page}&text={title}",
        Channel::Hatena => "https://b.hatena.ne.jp/entry/panel/?url={page}&btitle={title}",
        Channel::Naver => "https://share.naver.com/web/shareView?url={page}&title={title}",
        Channel::Band => "https://band.us/plugin/share?body={title}%0A{page}&route={page}",
        Channel::KakaoStory => "https://story.kakao.com/share?url={page}",
        Channel::WeChat => return None,
        Channel::Weibo => "https://service.weibo.com/share/share.php?url={page}&title={title}",
        Channel::Qq => "https://connect.qq.com/widget/shareqq/index.html?url={page}&title={title}",
        Channel::Qzone => {
            "https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url={page}&title={title}"
        }
        Channel::Email => "mailto:?subject={title}&body={title}%0D%0A{page}",
    };
    Some(Words::fill(
        pattern,
        &[("page", &encode(page)), ("title", &encode(title))],
    ))
}

#[cfg(test)]
mod tests;
