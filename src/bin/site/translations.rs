//! `site translations`: what is left to translate, and recording what was done.

mod done;
mod list;

use crate::arguments::{TranslationsArguments, TranslationsCommand};
use crate::content::Content;
use crate::content_folder::{self, memory::Memory};
use crate::failure::Failure;
use crate::print;
use crate::report;
use crate::selection::Selection;
use list::WorkList;
use std::path::Path;

/// Lists the work, or records that some was done. Says whether that went well.
///
/// # Errors
/// Where the content cannot be read or written.
pub(crate) fn translations(arguments: &TranslationsArguments) -> Result<bool, Failure> {
    if let Some(TranslationsCommand::Done { article, lang, content }) = &arguments.what {
        return done::done(content, article, *lang);
    }
    let Some((content, problems)) = load(&arguments.content)? else { return Ok(false) };
    let list = WorkList::new(&content, &arguments.content, arguments.lang);
    print::result(&if arguments.json { list.json() } else { list.text() })?;
    if problems > 0 {
        let problems = report::count(problems, "problem");
        print::aside(format!(
            "{problems} in the content; articles with problems are not listed, `site check` shows them\n"
        ));
    }
    Ok(problems == 0)
}

/// The content as far as it is sound, and how many problems there are; prints the report where `site.json` is not.
fn load(folder: &Path) -> Result<Option<(Content, usize)>, Failure> {
    let loaded = content_folder::load(folder, &mut Memory::default(), &Selection::EVERYTHING)?;
    let problems = loaded.problems.len();
    let Some(content) = loaded.content else {
        print::result(&report::report(loaded.problems, loaded.files))?;
        return Ok(None);
    };
    Ok(Some((content, problems)))
}
