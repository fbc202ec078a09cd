//! `site new`: the files of a new article, translation or standing page, as drafts.

use super::arguments::{lang, moment};
use crate::print;
use clap::{Args, Subcommand};
use editorial::clock;
use editorial::diagnostics::{Stop, shown};
use editorial::edit::new::{self, Written};
use model::{Lang, Moment};
use std::path::PathBuf;

/// What is to be written anew.
#[derive(Args)]
pub(crate) struct NewArguments {
    /// The kind of thing
    #[command(subcommand)]
    what: New,
}

/// The kinds of things that can be written anew.
#[derive(Subcommand)]
pub(crate) enum New {
    /// A draft of an article: article.json and its first language
    Article {
        /// The section, as site.json calls it
        section: String,
        /// The article's name in addresses
        slug: String,
        /// The language that it is written in first
        #[arg(long, default_value = "vi", value_parser = lang)]
        lang: Lang,
        /// When it is published (2026-05-13T08:30+07:00); left out, now in Viet Nam
        #[arg(long, value_name = "MOMENT", value_parser = moment)]
        published: Option<Moment>,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
    /// A draft of an article in another language, with the original's texts in place to be
    /// translated
    Translation {
        /// The article as section/slug
        article: String,
        /// The language to translate into
        #[arg(value_parser = lang)]
        lang: Lang,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
    /// A draft of a standing page in every language
    Page {
        /// The page's name in addresses
        slug: String,
        /// The content folder
        #[arg(long, default_value = "content")]
        content: PathBuf,
    },
}

/// Writes the files, and prints their names and the next step.
///
/// # Errors
/// Where the request is refused, or a file cannot be written.
pub(crate) fn run(arguments: &NewArguments) -> Result<bool, Stop> {
    let Written { files, next } = match &arguments.what {
        New::Article {
            section,
            slug,
            lang,
            published,
            content,
        } => new::article(
            content,
            section,
            slug,
            *lang,
            published.unwrap_or_else(clock::now),
        )?,
        New::Translation {
            article,
            lang,
            content,
        } => new::translation(content, article, *lang)?,
        New::Page { slug, content } => new::page(content, slug)?,
    };
    for file in files {
        print::stdout_line(shown(&file))?;
    }
    print::stdout_line(next)?;
    Ok(true)
}
