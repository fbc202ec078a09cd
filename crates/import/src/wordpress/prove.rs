//! Looks for every word of a text in the article that was made of it.

use super::import_index::ImportIndex;
use super::page_data;
use super::plan::Group;
use super::subjects::subject;
use crate::assemble::Assembled;
use crate::loss::Loss;
use crate::outcome::Report;
use crate::proof::{Evidence, missing};
use crate::shortcodes::{shown_blocks, without_packed};
use crate::wxr::Item;
use model::Lang;

/// Adds to an article's losses the words that are neither in its files nor in its losses.
pub(super) fn prove(
    group: &Group<'_>,
    index: &ImportIndex<'_>,
    assembled: &mut Assembled,
    report: &mut Report,
) {
    let mut found = Vec::new();
    for (lang, item) in &group.texts {
        let subject = subject(Some(*lang), item);
        let evidence = evidence(*lang, &subject, assembled);
        let content = without_packed(&page_data::content(item));
        let shared = shared(index, item);
        let mut sources = vec![item.title.as_str(), &item.excerpt, &content];
        sources.extend(shared.iter().map(String::as_str));
        let (words, loss) = missing(&sources, &evidence);
        report.proved.0 += words;
        found.extend(loss.map(|loss| (subject, loss)));
    }
    assembled.losses.append(&mut found);
}

fn evidence(lang: Lang, subject: &str, assembled: &Assembled) -> Evidence {
    let mut evidence = Evidence::default();
    let name = format!("{}.json", lang.tag());
    let own = assembled.files.iter().find(|(known, _)| *known == name);
    if let Some((_, bytes)) = own {
        evidence.add_file(bytes);
    }
    let losses = assembled.losses.iter().filter(|(of, _)| of == subject);
    evidence.add_losses(losses.map(|(_, loss): &(String, Loss)| loss));
    evidence
}

/// The texts of the blocks that a text shares with others.
fn shared(index: &ImportIndex<'_>, item: &Item) -> Vec<String> {
    let blocks = shown_blocks(&item.content).into_iter();
    blocks
        .filter_map(|number| index.block(item, number))
        .map(|block| block.content.clone())
        .collect()
}
