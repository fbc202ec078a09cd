//! The addresses that share a page.

use i18n::Words;
use model::Channel;

/// The address that shares a page; `None` for WeChat, which has none.
///
/// Sources: X's developer documentation (`intent/tweet`), Telegram's (`share/url`), LINE's
/// (`lineit/share`), Threads' of Meta (`intent/post`), and RFC 6068 for `mailto:`. Facebook's
/// `sharer.php`, LinkedIn's `share-offsite` and KakaoStory take the address alone and read the rest
/// from the page. Zalo's `share_external` is what its own widget opens, with the address as JSON in
/// base64. The others are those of their own share buttons.
pub fn share_address(channel: Channel, page: &str, title: &str) -> Option<String> {
    let pattern = match channel {
        Channel::Facebook => "https://www.facebook.com/sharer/sharer.php?u={page}",
        Channel::Zalo => {
            let quoted = page.replace('\\', "\\\\").replace('"', "\\\"");
            let json = base64(&format!("{{\"url\":\"{quoted}\"}}"));
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

/// A text with everything percent-encoded but the unreserved characters of RFC 3986. It is a few lines
/// here, where crates bring a kilobyte.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value & 15)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte)]);
        }
    }
    encoded
}

/// A text in base64 (RFC 4648), with padding.
fn base64(text: &str) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for group in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or_default());
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for at in 0..4 {
            let letter = letters[((bits >> (18 - 6 * at)) & 63) as usize];
            encoded.push(if at > group.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
