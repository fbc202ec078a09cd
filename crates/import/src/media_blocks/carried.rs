//! Files and pictures that links within sentences lead to. They are put behind the sentence, and the
//! words stay. A link that still leads to the old site is listed.

use super::MediaBlocks;
use crate::addresses::comparable;
use crate::html;
use crate::loss::excerpt;
use crate::marks;
use crate::serialised::Block;
use crate::uploads::{is_attachable, is_picture_name};
use editorial::check::attached_file::Purpose;
use model::{Inline, Link, plain_text};

/// Endings of files that cannot be published, and what they can be saved as.
const REPLACED: [(&str, &str); 8] = [
    ("doc", ".docx or .pdf"),
    ("xls", ".xlsx or .pdf"),
    ("ppt", ".pptx or .pdf"),
    ("hwp", ".pdf"),
    ("hwpx", ".pdf"),
    ("rar", ".zip"),
    ("7z", ".zip"),
    ("rtf", ".docx or .pdf"),
];

/// What a piece of words became, and the blocks that go behind it.
pub(super) type Carried = (Vec<Inline>, Vec<Block>);

/// Carries along what the links of some words lead to.
pub(crate) fn carry(blocks: &mut MediaBlocks<'_, '_>, runs: &[Inline]) -> Carried {
    if blocks.former_hosts.is_empty() {
        return (runs.to_vec(), Vec::new());
    }
    let (mut kept, mut behind) = (Vec::with_capacity(runs.len()), Vec::new());
    for run in runs {
        let (mut runs, mut more) = match run {
            Inline::Text(_) => (vec![run.clone()], Vec::new()),
            Inline::Strong(inner) => wrap(carry(blocks, inner), Inline::Strong),
            Inline::Emphasis(inner) => wrap(carry(blocks, inner), Inline::Emphasis),
            Inline::Link(link) => carry_link(blocks, link),
        };
        kept.append(&mut runs);
        behind.append(&mut more);
    }
    (merged(kept), behind)
}

fn carry_link(blocks: &mut MediaBlocks<'_, '_>, link: &Link) -> Carried {
    let to = link.to.as_str();
    let same = || (vec![Inline::Link(link.clone())], Vec::new());
    if !to.starts_with("http") || !is_former(blocks, to) {
        return same();
    }
    let words = plain_text(&link.text);
    let title = marks::plain(&words).0;
    if let Some(file) = blocks
        .media
        .attach(to, Purpose::Keeping)
        .filter(|_| !title.is_empty())
    {
        // A file that is offered already needs no second block.
        let is_new = blocks.offered.insert(to.to_owned());
        let block = is_new.then_some(Block::Attachment { title, file });
        return (link.text.clone(), block.into_iter().collect());
    }
    if is_picture_name(to) && !title.is_empty() {
        let picture = html::Picture {
            source: to.to_owned(),
            alternative: title,
            ..html::Picture::default()
        };
        let known = blocks.losses.len();
        if let Some(name) = blocks.place(&picture) {
            return (link.text.clone(), vec![Block::Picture(name)]);
        }
        // That the picture is missing is said with the link.
        blocks.losses.truncate(known);
    }
    list(blocks, to, &words);
    same()
}

/// Lists a link that still leads to the old site, once for each address.
pub(super) fn list(blocks: &mut MediaBlocks<'_, '_>, to: &str, words: &str) {
    if !is_former(blocks, to) || !blocks.listed.insert(to.to_owned()) {
        return;
    }
    let why = reason(to);
    let what = format!("a link still leads to the old site{why}: {}", excerpt(to));
    blocks.lose(what, words);
}

fn is_former(blocks: &MediaBlocks<'_, '_>, to: &str) -> bool {
    let at = comparable(to);
    let host = at.split('/').next().unwrap_or_default();
    let is_below = |former: &String| {
        host == former.trim_start_matches("www.") || host.ends_with(&format!(".{former}"))
    };
    blocks.former_hosts.iter().any(is_below)
}

/// Why a file was not carried along.
fn reason(to: &str) -> String {
    let name = to.split(['?', '#']).next().unwrap_or_default();
    let ending = name
        .rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'));
    let ending = ending.map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase());
    if let Some((_, instead)) = REPLACED.iter().find(|(known, _)| *known == ending) {
        return format!(", to a .{ending} file, which cannot be published (save it as {instead})");
    }
    if is_attachable(to) || is_picture_name(to) {
        return ", to a file that is not in the uploads folder".to_owned();
    }
    String::new()
}

fn wrap((runs, blocks): Carried, mark: fn(Vec<Inline>) -> Inline) -> Carried {
    (vec![mark(runs)], blocks)
}

/// The runs, with neighbouring words as one.
fn merged(runs: Vec<Inline>) -> Vec<Inline> {
    let mut merged: Vec<Inline> = Vec::with_capacity(runs.len());
    for run in runs {
        match (merged.last_mut(), run) {
            (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
            (_, run) => merged.push(run),
        }
    }
    merged
}
