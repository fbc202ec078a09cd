//! The files of a shard, made by Pagefind.

use super::{Entry, Record, Shard};
use editorial::diagnostics::Failure;
use editorial::hash;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use i18n::{number_parts, tokens};
use model::Lang;
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::io::{Read, Write};

/// How much more a word of the title weighs than one of the text.
const TITLE: u8 = 4;

/// Pagefind's code of English, whose words it stems.
const ENGLISH: &str = "en";

/// The end of every word in the index of any other language. Pagefind matches prefixes; with this
/// end, no word is a prefix of another. No language of the portal has this letter.
const END: &str = "\u{a78f}";

/// The first bytes of Pagefind's packed files, once unpacked.
pub(super) const SIGNATURE: &[u8] = b"pagefind_dcd";

/// A shard that was made.
#[derive(Clone, Debug)]
pub(crate) struct Built {
    /// Its entry in the list of shards.
    pub(crate) entry: Entry,
    /// Its files: paths below the shard's folder, and bytes. Every name carries a hash of what is
    /// in the file.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

/// Makes a shard; `None` where no article has a word. The same records give the same bytes,
/// whatever their order.
///
/// # Errors
/// Where Pagefind cannot index a record; it says why.
pub(crate) fn build(shard: &Shard<'_>, mut records: Vec<Record>) -> Result<Option<Built>, Failure> {
    records.sort_by(|one, other| (one.minutes(), &one.href).cmp(&(other.minutes(), &other.href)));
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime =
        runtime.map_err(|error| Failure::new(format!("the search cannot start: {error}")))?;
    let failure = |error: &dyn std::fmt::Display| {
        Failure::new(format!("the search of {}: {error}", shard.folder))
    };
    let made = runtime.block_on(files(&records, language(shard.lang)));
    let made = made.map_err(|error| failure(&error))?;
    let shown: HashMap<String, &Record> = records
        .iter()
        .map(|record| (address(record), record))
        .collect();
    let mut files = Vec::with_capacity(made.len());
    let mut meta = None;
    for (path, bytes) in made {
        if path.ends_with(".pf_fragment") {
            // Pagefind's fragment has the words of the index; readers are shown the record's own
            // text.
            let fragment: Fragment =
                serde_json::from_slice(&unpacked(&bytes)?).map_err(|error| failure(&error))?;
            let record = shown
                .get(&fragment.url)
                .ok_or_else(|| failure(&"a record is lost"))?;
            let text = serde_json::to_vec(record).map_err(|error| failure(&error))?;
            files.push((path, packed(&text)?));
        } else if path.ends_with(".pf_index")
            || path.ends_with(".pf_filter")
            || path.ends_with(".pf_meta")
        {
            if path.ends_with(".pf_meta") {
                meta = Some(path.clone());
            }
            files.push((path, packed(&unpacked(&bytes)?)?));
        }
    }
    files.sort();
    let Some(meta) = meta else { return Ok(None) };
    let entry = Entry {
        folder: shard.folder.clone(),
        meta,
        from: shard.from,
        to: shard.to,
        since: records
            .iter()
            .find_map(|record| Some(record.article.as_ref()?.date.clone()))
            .unwrap_or_default(),
        articles: records.len(),
    };
    Ok(Some(Built { entry, files }))
}

/// The language that Pagefind is given. It stems English words, and takes the words of other
/// languages as they are.
fn language(lang: Lang) -> &'static str {
    if lang == Lang::En { ENGLISH } else { "unknown" }
}

/// Pagefind's fragment of a record.
#[derive(Deserialize)]
struct Fragment {
    url: String,
}

/// The URL under which Pagefind knows a record. It changes with everything that a result shows, and
/// the fragment's file name with it.
fn address(record: &Record) -> String {
    let place = record
        .article
        .as_ref()
        .map(|article| format!("{}\n{}", article.section, article.published));
    let shown = format!(
        "{}\n{}\n{}",
        record.title,
        place.unwrap_or_default(),
        record.text
    );
    format!("{}#{}", record.href, hash::short(shown.as_bytes()))
}

async fn files(
    records: &[Record],
    language: &str,
) -> Result<Vec<(String, Vec<u8>)>, Box<dyn std::error::Error>> {
    let options = PagefindServiceConfig::builder()
        .keep_index_url(true)
        .build();
    let mut index = PagefindIndex::new(Some(options))?;
    let end = if language == ENGLISH { "" } else { END };
    for record in records {
        let ending = format!("{end} ");
        let spelled = |words: Vec<String>| {
            words
                .into_iter()
                .map(|word| word + ending.as_str())
                .collect::<String>()
        };
        let words = format!(
            "___PAGEFIND_WEIGHT___{TITLE} {}___END_PAGEFIND_WEIGHT___ {}{}",
            spelled(tokens(&record.title)),
            spelled(tokens(&record.text)),
            spelled(number_parts(&format!("{}\n{}", record.title, record.text))),
        );
        let filters = record.article.as_ref().map(|article| {
            BTreeMap::from([
                ("section".to_owned(), vec![article.section.to_string()]),
                ("year".to_owned(), vec![article.published.year.to_string()]),
            ])
        });
        index
            .add_custom_record(
                address(record),
                words,
                language.to_owned(),
                None,
                filters,
                None,
            )
            .await?;
    }
    let files = index.get_files().await?.into_iter();
    Ok(files
        .map(|file| {
            (
                file.filename.to_string_lossy().replace('\\', "/"),
                file.contents,
            )
        })
        .collect())
}

/// The content of one of Pagefind's packed files.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    let read = GzDecoder::new(bytes).read_to_end(&mut content);
    read.map_err(|error| {
        Failure::new(format!("a file of the search cannot be unpacked: {error}"))
    })?;
    Ok(content
        .strip_prefix(SIGNATURE)
        .map(<[u8]>::to_vec)
        .unwrap_or(content))
}

fn packed(content: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let packed = encoder.write_all(content).and_then(|()| encoder.finish());
    packed.map_err(|error| Failure::new(format!("a file of the search cannot be packed: {error}")))
}

#[cfg(test)]
mod tests {
    use super::super::record::OfArticle;
    use super::*;
    use model::{Moment, Slug};

    fn record(number: u16, words: &str) -> Record {
        Record {
            href: format!("vi/port/a-{number}/"),
            title: format!("Cảng {number}"),
            article: Some(OfArticle {
                section: Slug::new("port").unwrap(),
                published: Moment::new(&format!("{:04}-02-03T04:05+07:00", 2010 + number % 3))
                    .unwrap(),
                date: "03/02".to_owned(),
            }),
            text: format!("Đường ra biển. {words}"),
        }
    }

    fn build(shard: &Shard<'_>, records: Vec<Record>) -> Result<Built, Failure> {
        super::build(shard, records).map(|built| built.expect("there are words"))
    }

    fn shard(lang: Lang) -> Shard<'static> {
        Shard {
            lang,
            folder: "2010-2012/1".to_owned(),
            from: 2010,
            to: 2012,
            members: Vec::new(),
        }
    }

    fn records() -> Vec<Record> {
        (0..60)
            .map(|number| {
                record(
                    number,
                    if number % 2 == 0 {
                        "국제항구도시"
                    } else {
                        "12.810 深水港"
                    },
                )
            })
            .collect()
    }

    #[test]
    fn the_same_records_give_the_same_bytes_in_any_order() {
        for lang in [Lang::Vi, Lang::En] {
            let one = build(&shard(lang), records()).unwrap();
            let mut turned = records();
            turned.reverse();
            turned.rotate_left(7);
            let other = build(&shard(lang), turned).unwrap();
            assert_eq!(one.entry, other.entry);
            assert!(one.files == other.files, "the bytes differ");
            assert_eq!(one.entry.articles, 60);
        }
    }

    #[test]
    fn an_article_more_leaves_what_is_shown_of_the_others_as_it_is() {
        let fragments = |records: Vec<Record>| {
            let files = build(&shard(Lang::Vi), records).unwrap().files.into_iter();
            files
                .filter(|(path, _)| path.starts_with("fragment/"))
                .collect::<Vec<_>>()
        };
        let before = fragments(records());
        let after = fragments([records(), vec![record(61, "")]].concat());
        assert_eq!((before.len(), after.len()), (60, 61));
        assert!(before.iter().all(|file| after.contains(file)));
    }

    #[test]
    fn what_is_shown_is_the_articles_own_and_names_its_file() {
        let shown = |record: &Record| {
            let built = build(&shard(Lang::Vi), vec![record.clone()]).unwrap();
            let (path, bytes) = built
                .files
                .into_iter()
                .find(|(path, _)| path.starts_with("fragment/"))
                .unwrap();
            (path, String::from_utf8(unpacked(&bytes).unwrap()).unwrap())
        };
        let before = record(1, "</script>");
        let (path, text) = shown(&before);
        assert_eq!(text, serde_json::to_string(&before).unwrap());
        // Only punctuation differs, which Pagefind does not index.
        let (other, _) = shown(&Record {
            text: before.text.replace('.', "!"),
            ..before
        });
        assert_ne!(path, other);
    }

    #[test]
    fn nothing_is_there_but_what_the_script_asks_for() {
        let built = build(&shard(Lang::Vi), records()).unwrap();
        let known = |path: &str| {
            let folders = [
                ("index/", ".pf_index"),
                ("filter/", ".pf_filter"),
                ("fragment/", ".pf_fragment"),
            ];
            path == built.entry.meta
                || folders
                    .iter()
                    .any(|(at, end)| path.starts_with(at) && path.ends_with(end))
        };
        let odd: Vec<_> = built
            .files
            .iter()
            .map(|(path, _)| path)
            .filter(|path| !known(path))
            .collect();
        assert!(odd.is_empty(), "{odd:?}");
        assert!(
            built
                .files
                .iter()
                .any(|(path, _)| *path == built.entry.meta)
        );
    }

    #[test]
    fn articles_without_a_word_are_no_failure_among_others() {
        let mute = Record {
            title: "…".to_owned(),
            text: "– !".to_owned(),
            ..record(1, "")
        };
        let built = build(&shard(Lang::Vi), vec![mute.clone(), record(2, "")]).unwrap();
        assert_eq!(
            built
                .files
                .iter()
                .filter(|(path, _)| path.starts_with("fragment/"))
                .count(),
            1
        );
        assert!(
            super::build(&shard(Lang::Vi), vec![mute])
                .unwrap()
                .is_none()
        );
        assert!(
            super::build(&shard(Lang::En), Vec::new())
                .unwrap()
                .is_none()
        );
    }

    /// `cargo test --bin site -- --ignored --nocapture ten_thousand` measures a shard of the
    /// largest size, and a year of such shards. Each article has 300 words of a vocabulary of
    /// 20,000, the frequent ones more often.
    #[test]
    #[ignore = "a measurement"]
    fn ten_thousand_articles() {
        let mut state = 1_u64;
        let mut next = |most: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        let mut word = || {
            let rank = (20_000.0_f64.ln() * f64::from(u32::try_from(next(1 << 20)).unwrap())
                / f64::from(1 << 20))
            .exp();
            format!("từ{}", rank.round())
        };
        let records: Vec<Record> = (0..10_000)
            .map(|number| {
                record(
                    number,
                    &(0..300).map(|_| word()).collect::<Vec<_>>().join(" "),
                )
            })
            .collect();
        let begun = std::time::Instant::now();
        let (mut files, mut bytes, mut index) = (0, 0, Vec::new());
        for (number, records) in records.chunks(2_500).enumerate() {
            let built = build(&shard(Lang::Vi), records.to_vec()).unwrap();
            files += built.files.len();
            bytes += built
                .files
                .iter()
                .map(|(_, bytes)| bytes.len())
                .sum::<usize>();
            let of = |end: &str| {
                let sizes = built
                    .files
                    .iter()
                    .filter(|(path, _)| path.ends_with(end))
                    .map(|(_, bytes)| bytes.len());
                (
                    sizes.clone().count(),
                    sizes.clone().sum::<usize>(),
                    sizes.max().unwrap_or_default(),
                )
            };
            index.push([of("_meta"), of("_index"), of("_filter"), of("_fragment")]);
            let memory = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
            let peak = memory
                .lines()
                .find(|line| line.starts_with("VmHWM"))
                .unwrap_or_default()
                .to_owned();
            println!("part {number}: {:?}, {peak}", begun.elapsed());
        }
        println!("{:?}, {files} files, {bytes} bytes", begun.elapsed());
        println!("count, sum and largest of meta, index, filter and fragment files: {index:?}");
    }
}
