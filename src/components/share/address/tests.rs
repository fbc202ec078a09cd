//! Share addresses, compared byte by byte with addresses that were written by hand.

use super::share_address;
use model::Channel;

const PAGE: &str = "https://p.example/vi/port/a/";
const PAGE_ENCODED: &str = "https%3A%2F%2Fp.example%2Fvi%2Fport%2Fa%2F";

/// Every address for a page with a title, in the order of [`Channel::ALL`] and without WeChat's.
/// Written out by hand, so that nothing of the code under test stands on both sides.
/// `{"url":"https://p.example/vi/port/a/"}` is Zalo's.
fn expected(title: &str) -> [String; 16] {
    let page = PAGE_ENCODED;
    [
        format!("https://www.facebook.com/sharer/sharer.php?u={page}"),
        "https://button-share.zalo.me/share_external?d=eyJ1cmwiOiJodHRwczovL3AuZXhhbXBsZS92aS9wb3J0L2EvIn0%3D"
            .to_owned(),
        format!("https://x.com/intent/tweet?text={title}&url={page}"),
        format!("https://www.linkedin.com/sharing/share-offsite/?url={page}"),
        format!("https://wa.me/?text={title}%20{page}"),
        format!("https://t.me/share/url?url={page}&text={title}"),
        format!("https://www.threads.com/intent/post?text={title}&url={page}"),
        format!("https://social-plugins.line.me/lineit/share?url={page}&text={title}"),
        format!("https://b.hatena.ne.jp/entry/panel/?url={page}&btitle={title}"),
        format!("https://share.naver.com/web/shareView?url={page}&title={title}"),
        format!("https://band.us/plugin/share?body={title}%0A{page}&route={page}"),
        format!("https://story.kakao.com/share?url={page}"),
        format!("https://service.weibo.com/share/share.php?url={page}&title={title}"),
        format!("https://connect.qq.com/widget/shareqq/index.html?url={page}&title={title}"),
        format!("https://sns.qzone.qq.com/cgi-bin/qzshare/cgi_qzshare_onekey?url={page}&title={title}"),
        format!("mailto:?subject={title}&body={title}%0D%0A{page}"),
    ]
}

#[test]
fn share_addresses_are_exact_to_the_byte() {
    let titles = [
        (
            "“Cảng & biển” – 100 % <港> 🚢 it's",
            "%E2%80%9CC%E1%BA%A3ng%20%26%20bi%E1%BB%83n%E2%80%9D%20%E2%80%93%20100%20%25%20%3C%E6%B8%AF%3E%20%F0%9F%9A%A2%20it%27s",
        ),
        (
            "하이퐁항, 海防港\n\"ハイフォン港\"",
            "%ED%95%98%EC%9D%B4%ED%90%81%ED%95%AD%2C%20%E6%B5%B7%E9%98%B2%E6%B8%AF%0A%22%E3%83%8F%E3%82%A4%E3%83%95%E3%82%A9%E3%83%B3%E6%B8%AF%22",
        ),
        (
            "a\\b {page} {title} #?=+;/:@[]!$()*,",
            "a%5Cb%20%7Bpage%7D%20%7Btitle%7D%20%23%3F%3D%2B%3B%2F%3A%40%5B%5D%21%24%28%29%2A%2C",
        ),
        ("-._~azAZ09", "-._~azAZ09"),
        (
            "👩‍👩‍👧",
            "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7",
        ),
        ("", ""),
    ];
    for (title, encoded) in titles {
        let addresses: Vec<String> = Channel::ALL
            .into_iter()
            .filter_map(|channel| share_address(channel, PAGE, title))
            .collect();
        assert_eq!(addresses, expected(encoded), "{title:?}");
    }
}

#[test]
fn a_very_long_title_is_not_cut() {
    let title = "港".repeat(5000);
    let encoded = "%E6%B8%AF".repeat(5000);
    let addresses: Vec<String> = Channel::ALL
        .into_iter()
        .filter_map(|channel| share_address(channel, PAGE, &title))
        .collect();
    assert_eq!(addresses, expected(&encoded));
}

#[test]
fn what_zalo_is_given_is_json_whatever_the_address_is() {
    // {"url":"https://p.example/a\\b\"c&d 港/"} in base64, which was made with another program.
    let address = share_address(Channel::Zalo, "https://p.example/a\\b\"c&d 港/", "").unwrap();
    assert_eq!(
        address,
        "https://button-share.zalo.me/share_external?d=eyJ1cmwiOiJodHRwczovL3AuZXhhbXBsZS9hXFxiXCJjJmQg5rivLyJ9"
    );
}

#[test]
fn wechat_has_no_address() {
    assert_eq!(share_address(Channel::WeChat, PAGE, "Title"), None);
}
