//! `site translations`: lists what is left to translate, and records finished translations.

use super::arguments::lang;
use crate::print;
use clap::{Args, Subcommand};
use editorial::content::Content;
use editorial::content::selection::Selection;
use editorial::diagnostics::{Refusal, Stop, report};
use editorial::edit::translations::{self, WorkList};
use editorial::load::{self, article_cache::ArticleCache};
use model::Lang;
use std::path::{Path, PathBuf};

/// What is left to translate.
#[derive(Args)]
pub(crate) struct TranslationsArguments {
    /// Something else than to list
    #[command(subcommand)]
    what: Option<TranslationsCommand>,
    /// Only what is left in this language
    #[arg(long, value_parser = lang)]
    lang: Option<Lang>,
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
    /// The content folder
    #[arg(long, default_value = "content")]
    content: PathBuf,
}

/// What can be done about translations besides listing them.
#[derive(Subcommand)]
pub(crate) enum TranslationsCommand {
    /// Record that a translation is up to date with its original as it is now
    Done {
        /// The article as section/slug
        article: String,
        /// The translation's language
        #[arg(value_parser = lang)]
        lang: Lang,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
}

/// Prints the list, or records that a translation is up to date. Returns whether the content is
/// free of problems.
///
/// # Errors
/// Where the content cannot be read or written, or `site.json` has mistakes.
pub(crate) fn run(arguments: &TranslationsArguments) -> Result<bool, Stop> {
    if let Some(TranslationsCommand::Done {
        article,
        lang,
        content,
    }) = &arguments.what
    {
        print::stdout_line(translations::done(content, article, *lang)?)?;
        return Ok(true);
    }
    let (content, problems) = load(&arguments.content)?;
    let list = WorkList::new(&content, &arguments.content, arguments.lang);
    print::stdout(&if arguments.json {
        list.json()
    } else {
        list.text()
    })?;
    if problems > 0 {
        let problems = report::count(problems, "problem");
        print::stderr(format!(
            "{problems} in the content; articles with problems are not listed, `site check` shows them\n"
        ));
    }
    Ok(problems == 0)
}

/// The content without the articles that have problems, and the number of problems.
fn load(folder: &Path) -> Result<(Content, usize), Stop> {
    let loaded = load::load(folder, &mut ArticleCache::default(), &Selection::EVERYTHING)?;
    match loaded.content {
        Some(content) => Ok((content, loaded.problems.len())),
        None => Err(Stop::Refused(Refusal::Problems {
            problems: loaded.problems,
            files: loaded.files,
            closing: None,
            lang: Lang::En,
        })),
    }
}
