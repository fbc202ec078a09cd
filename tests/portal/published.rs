//! A whole site, built once for all tests: the project's own content, with added notices, tags,
//! articles that moved, lists of several parts, and security contacts.

use crate::build::{files, write_bundle};
use crate::folder::copy;
use crate::tree::{Element, page};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The number of articles added to one section and one tag: more than one part of their lists
/// holds.
const MORE: usize = 60;

/// A built site.
pub(crate) struct Published {
    /// Its folder.
    pub(crate) folder: PathBuf,
    /// Scheme and host of its addresses.
    pub(crate) origin: String,
    /// Its base path.
    pub(crate) base: &'static str,
    /// Every file's path below the folder, and its bytes.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

/// The extended site, under a path so that no address is right by accident.
pub(crate) fn published() -> &'static Published {
    static SITE: OnceLock<Published> = OnceLock::new();
    SITE.get_or_init(|| build("published", "/portal/", enrich))
}

/// The site of the project's own content, at the root.
pub(crate) fn sample() -> &'static Published {
    static SITE: OnceLock<Published> = OnceLock::new();
    SITE.get_or_init(|| build("sample", "/", |content| read(&content.join("site.json"))))
}

/// The folder of the extended content.
pub(crate) fn content() -> PathBuf {
    published().folder.with_file_name("content")
}

/// Builds a site in its own folder below Cargo's folder for tests. `prepare` changes the content
/// first, and returns `site.json`.
fn build(name: &str, base: &'static str, prepare: impl FnOnce(&Path) -> Value) -> Published {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&project);
    copy(
        &Path::new(crate::ROOT).join("content"),
        &project.join("content"),
    );
    let site = prepare(&project.join("content"));
    let origin = site["origin"].as_str().unwrap().to_owned();
    write_bundle(&project.join("bundle"));
    copy(
        &Path::new(crate::ROOT).join("style"),
        &project.join("bundle/style"),
    );
    copy(
        &Path::new(crate::ROOT).join("public"),
        &project.join("bundle/public"),
    );
    let arguments = [
        "build",
        "--bundle",
        "bundle",
        "--out",
        "site",
        "--no-compression",
        "--public-url",
        base,
    ];
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(arguments)
        .current_dir(&project)
        .output()
        .unwrap();
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(0), "{said}");
    let folder = project.join("site");
    let below = |path: PathBuf| {
        path.strip_prefix(&folder)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/")
    };
    let files = files(&folder)
        .into_iter()
        .map(|(path, bytes)| (below(path), bytes))
        .collect();
    Published {
        folder,
        origin,
        base,
        files,
    }
}

/// Adds notices, tags, earlier addresses and articles.
fn enrich(content: &Path) -> Value {
    let names =
        |vi: &str, en: &str| json!({ "vi": vi, "en": en, "ko": vi, "ja": en, "zh-Hans": vi });
    let site = change(&content.join("site.json"), |site| {
        let tags = site["tags"].as_array_mut().unwrap();
        tags.push(json!({ "slug": "bridges", "names": names("Cầu đường", "Bridges & roads") }));
        tags.push(json!({ "slug": "tugs", "names": names("Tàu lai", "Tugs") }));
        let notice = |slug: &str, level: &str, published: &str| {
            let texts = names(
                "Bão số 3. [Cảng](/port/) đóng cửa.",
                "Storm no. 3. The [port](/port/) is closed.",
            );
            json!({ "slug": slug, "level": level, "texts": texts, "published": published })
        };
        let mut over = notice("over", "warning", "2014-09-01T08:00+07:00");
        over["until"] = json!("2014-09-02T18:00+07:00");
        let mut storm = notice("storm", "emergency", "2014-09-10T08:00+07:00");
        storm["until"] = json!("9998-09-12T18:00+07:00");
        let (hours, to_come) = (
            notice("hours", "information", "2014-09-11T08:00+07:00"),
            notice("to-come", "warning", "9998-01-01T08:00+07:00"),
        );
        site["notices"] = json!([over, hours, to_come, storm]);
        site["security"] = json!({
            "contacts": ["mailto:security@haiphong.example", "https://doingoai.haiphong.example/en/pages/contacts/"],
            "expires": "9998-01-01T00:00+07:00",
            "policy": "https://doingoai.haiphong.example/en/pages/about/",
            "languages": ["vi", "en"],
        });
    });
    let article = |path: &str| content.join("articles").join(path).join("article.json");
    change(&article("port/deep-water-port"), |facts| {
        facts["tags"] = json!(["tugs"]);
        facts["aliases"] = json!(["port/lach-huyen", "investment/deep-water-port"]);
    });
    for number in 0..MORE {
        let copied = content.join(format!("articles/port/bridge-{number}"));
        copy(&content.join("articles/port/sea-bridge"), &copied);
        change(&copied.join("article.json"), |facts| {
            facts["published"] = json!(format!("2013-05-{:02}T08:30+07:00", number % 28 + 1));
            facts["tags"] = json!(["bridges"]);
            facts.as_object_mut().unwrap().remove("updated");
        });
    }
    site
}

fn read(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

fn change(file: &Path, change: impl FnOnce(&mut Value)) -> Value {
    let mut value = read(file);
    change(&mut value);
    fs::write(file, serde_json::to_string_pretty(&value).unwrap()).unwrap();
    value
}

impl Published {
    /// The files with this suffix, as texts.
    pub(crate) fn texts(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        let named = self
            .files
            .iter()
            .filter(move |(path, _)| path.ends_with(ending));
        named.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
    }

    /// Every HTML page.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, Element)> {
        self.texts(".html").map(|(path, html)| (path, page(html)))
    }

    /// The path of a file's page, from the host's root on.
    pub(crate) fn path_of(&self, file: &str) -> String {
        format!(
            "{}{}",
            self.base,
            file.strip_suffix("index.html").unwrap_or(file)
        )
    }

    /// The file that an address leads to, without its query and fragment. The address is full or
    /// starts at the host's root; `None` if it is not one of this site.
    pub(crate) fn file_of(&self, address: &str) -> Option<String> {
        let path = address
            .strip_prefix(self.origin.as_str())
            .unwrap_or(address);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let below = path.strip_prefix(self.base)?;
        Some(if below.is_empty() || below.ends_with('/') {
            format!("{below}index.html")
        } else {
            below.to_owned()
        })
    }
}
