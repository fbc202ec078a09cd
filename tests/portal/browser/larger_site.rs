//! A copy of the portal's content with enough articles for lists of several parts, with tags, picks
//! and notices, and with an outdated translation.

use crate::folder::copy;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The number of articles added to the section `port`: in Vietnamese and English only, five a
/// month.
const ADDED: usize = 75;

/// The tag of all added articles.
pub(super) const TAG: &str = "bulletins";

/// The newest added article, of December 2013; its translation is outdated.
pub(super) const NEWEST: &str = "port/bulletin-75/";

/// Writes the content into a folder, which is emptied first.
pub(super) fn content(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    copy(&Path::new(crate::ROOT).join("content"), folder);
    let file = folder.join("site.json");
    let mut site: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let tag = json!({ "slug": TAG, "names": in_all("Bản tin cảng") });
    let texts = in_all("**Cảng** [đóng cửa](/pages/about/)");
    let notice = |level: &str| json!({ "slug": level, "level": level, "texts": texts, "published": "2013-12-20T08:00+07:00" });
    let mut late = notice("warning");
    late["until"] = json!("9998-12-24T18:00+07:00");
    site["tags"] = site["tags"]
        .as_array()
        .into_iter()
        .flatten()
        .cloned()
        .chain([tag])
        .collect();
    site["picks"] = json!(["culture/opera-house", "nature/cat-ba-heritage"]);
    site["notices"] = json!([notice("information"), late, notice("emergency")]);
    write(&file, &site);
    for number in 1..=ADDED {
        let folder = folder.join(format!("articles/port/bulletin-{number}"));
        let (months, day) = ((number - 1) / 5, (number - 1) % 5 * 5 + 1);
        let published = format!(
            "{}-{:02}-{day:02}T08:00+07:00",
            2012 + (months + 9) / 12,
            (months + 9) % 12 + 1
        );
        let source = json!({ "name": "haiphong.gov.vn", "address": "https://haiphong.gov.vn/" });
        write(
            &folder.join("article.json"),
            &json!({ "published": published, "source": source, "tags": [TAG] }),
        );
        write(
            &folder.join("vi.json"),
            &version(&format!("Bản tin cảng số {number}")),
        );
        let mut english = version(&format!("Port bulletin {number}"));
        if number == ADDED {
            english["translated_from"] = json!("0123456789");
        }
        write(&folder.join("en.json"), &english);
    }
}

/// The same with every added article in every language.
pub(super) fn content_in_every_language(folder: &Path) {
    content(folder);
    for number in 1..=ADDED {
        let folder = folder.join(format!("articles/port/bulletin-{number}"));
        write(
            &folder.join("en.json"),
            &version(&format!("Port bulletin {number}")),
        );
        write(
            &folder.join("ko.json"),
            &version(&format!("항만 소식 제{number}호")),
        );
        write(
            &folder.join("ja.json"),
            &version(&format!("港だより 第{number}号")),
        );
        write(
            &folder.join("zh-Hans.json"),
            &version(&format!("港口简报第{number}期")),
        );
    }
}

fn in_all(text: &str) -> Value {
    json!({ "vi": text, "en": text, "ko": text, "ja": text, "zh-Hans": text })
}

fn version(headline: &str) -> Value {
    json!({ "headline": headline, "lead": format!("{headline}."), "body": [{ "paragraph": headline }] })
}

fn write(file: &Path, value: &Value) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, value.to_string()).unwrap();
}
