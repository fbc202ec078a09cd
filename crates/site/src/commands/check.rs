//! `site check`: every mistake in the content, with its file, line and column.

use super::arguments::{SourceArguments, lang};
use crate::print;
use crate::publish::security_txt;
use clap::Args;
use editorial::check::whole;
use editorial::content::selection::Selection;
use editorial::diagnostics::{Stop, report};
use editorial::edit::locales;
use editorial::load;
use editorial::load::article_cache::ArticleCache;
use model::Lang;

/// What is checked, and how the report is written.
#[derive(Args)]
pub(crate) struct CheckArguments {
    /// Where the content and the interface words are
    #[command(flatten)]
    source: SourceArguments,
    /// Count warnings as mistakes: end with 1 where there are any
    #[arg(long)]
    strict: bool,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
    /// The language of the report: vi, en, ko, ja or zh-Hans; JSON is in English
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
}

/// Prints the report. Returns whether it is clean.
///
/// # Errors
/// Where something cannot be read, or the report cannot be printed.
pub(crate) fn run(arguments: &CheckArguments) -> Result<bool, Stop> {
    let source = &arguments.source;
    // Without `--as-of` the report does not depend on the clock.
    let selection = Selection {
        drafts: source.drafts,
        as_of: source.as_of,
    };
    let loaded = load::load(&source.content, &mut ArticleCache::default(), &selection)?;
    let (mut problems, mut files) = (loaded.problems, loaded.files);
    if let Some(folder) = source.locales() {
        let words = locales::check::<locales::Words>(&folder)?;
        problems.extend(words.problems);
        files += words.files;
    }
    if let Some(mistakes) = ::sources::check(&source.content)? {
        problems.extend(mistakes);
        files += 1;
    }
    let mut warnings = loaded.warnings;
    // Warnings about what is past need a time, and only `--as-of` gives one.
    if let Some((now, content)) = source.as_of.zip(loaded.content.as_ref()) {
        let site_file = source.content.join("site.json");
        warnings.extend(whole::past_notices(&site_file, &content.site, now));
        warnings.extend(whole::past_law(&site_file, &content.site, now));
        warnings.extend(security_txt::warning(&site_file, &content.site, now));
    }
    let clean = problems.is_empty() && (!arguments.strict || warnings.is_empty());
    problems.append(&mut warnings);
    let report = if arguments.json {
        report::json(problems, files)
    } else {
        report::report(problems, files, arguments.lang)
    };
    print::stdout(&report)?;
    Ok(clean)
}
