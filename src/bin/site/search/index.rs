//! One part's files.

use super::spelling::{parts, words};
use super::{Entry, Part, Record};
use crate::failure::Failure;
use crate::hash;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use portal::model::Lang;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};

/// How much more a word of the title weighs than one of the text.
const TITLE: u8 = 4;

/// With what Pagefind's packed files begin.
pub(super) const SIGNATURE: &[u8] = b"pagefind_dcd";

/// A part that was made.
#[derive(Clone, Debug)]
pub(crate) struct Built {
    /// What the list of parts says of it.
    pub(crate) entry: Entry,
    /// Its files: paths below the part's folder, and bytes. Every name carries a hash of what is in the file.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// Makes a part. The same records give the same bytes, whatever their order.
///
/// # Errors
/// Where Pagefind cannot index a record; it says why.
pub(crate) fn build(part: &Part<'_>, mut records: Vec<Record>) -> Result<Built, Failure> {
    records.sort_by(|one, other| (one.published.minutes(), &one.href).cmp(&(other.published.minutes(), &other.href)));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("the search cannot start: {error}")))?;
    let failure = |error: &dyn std::fmt::Display| Failure::new(format!("the search of {}: {error}", part.folder));
    let made = runtime.block_on(files(&records, language(part.lang)));
    let made = made.map_err(|error| failure(&error))?;
    let shown: HashMap<String, &Record> = records.iter().map(|record| (address(record), record)).collect();
    let mut files = Vec::with_capacity(made.len());
    let mut meta = None;
    for (path, bytes) in made {
        if path.ends_with(".pf_fragment") {
            // What Pagefind keeps of an article is the words that it is found by; readers are shown the article's own.
            let fragment: Fragment = serde_json::from_slice(&unpacked(&bytes)?).map_err(|error| failure(&error))?;
            let record = shown.get(&fragment.url).ok_or_else(|| failure(&"a record is lost"))?;
            let text = serde_json::to_vec(record).map_err(|error| failure(&error))?;
            files.push((path, packed(&text)?));
        } else if path.ends_with(".pf_index") || path.ends_with(".pf_filter") || path.ends_with(".pf_meta") {
            if path.ends_with(".pf_meta") {
                meta = Some(path.clone());
            }
            files.push((path, packed(&unpacked(&bytes)?)?));
        }
    }
    files.sort();
    let meta = meta.ok_or_else(|| failure(&"no word was found in any article"))?;
    let entry = Entry { folder: part.folder.clone(), meta, from: part.from, to: part.to, articles: records.len() };
    Ok(Built { entry, files })
}

/// What Pagefind takes the words of a language for. English has stems; those of the others are taken as they come.
pub(super) fn language(lang: Lang) -> &'static str {
    if lang == Lang::En { "en" } else { "unknown" }
}

/// What Pagefind keeps of an article.
#[derive(Deserialize)]
struct Fragment {
    url: String,
}

/// The name under which Pagefind knows a record. It changes with whatever a result shows, and with it the file's name.
fn address(record: &Record) -> String {
    let shown = format!("{}\n{}\n{}\n{}", record.title, record.section, record.published, record.text);
    format!("{}#{}", record.href, hash::short(shown.as_bytes()))
}

async fn files(records: &[Record], language: &str) -> Result<Vec<(String, Vec<u8>)>, Box<dyn std::error::Error>> {
    let options = PagefindServiceConfig::builder().keep_index_url(true).build();
    let mut index = PagefindIndex::new(Some(options))?;
    for record in records {
        let words = format!(
            "___PAGEFIND_WEIGHT___{TITLE} {} ___END_PAGEFIND_WEIGHT___ {} {}",
            words(&record.title).join(" "),
            words(&record.text).join(" "),
            parts(&format!("{}\n{}", record.title, record.text)).join(" "),
        );
        let filters = BTreeMap::from([
            ("section".to_owned(), vec![record.section.to_string()]),
            ("year".to_owned(), vec![record.published.year.to_string()]),
        ]);
        index.add_custom_record(address(record), words, language.to_owned(), None, Some(filters), None).await?;
    }
    let files = index.get_files().await?.into_iter();
    Ok(files.map(|file| (file.filename.to_string_lossy().replace('\\', "/"), file.contents)).collect())
}

/// What is in one of Pagefind's packed files.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    let read = GzDecoder::new(bytes).read_to_end(&mut content);
    read.map_err(|error| Failure::new(format!("a file of the search cannot be unpacked: {error}")))?;
    Ok(content.strip_prefix(SIGNATURE).map(<[u8]>::to_vec).unwrap_or(content))
}

fn packed(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    let packed = packer.write_all(content).and_then(|()| packer.finish());
    packed.map_err(|error| Failure::new(format!("a file of the search cannot be packed: {error}")))
}
