//! `site headers`: the configuration for a host.

use crate::hosting::base;
use crate::hosting::hosts::{Format, Host};
use crate::hosting::policy::Embedding;
use crate::print;
use clap::Args;
use editorial::clock;
use editorial::content::selection::Selection;
use editorial::diagnostics::{Refusal, Stop};
use editorial::load::{self, article_cache::ArticleCache};
use model::Lang;
use std::path::PathBuf;

/// Which host is told about which site.
#[derive(Args)]
pub(crate) struct HeadersArguments {
    /// The host's program, or the file that the host reads
    #[arg(long, value_enum)]
    format: Format,
    /// The content folder, whose articles know their earlier addresses
    #[arg(long, default_value = "content")]
    content: PathBuf,
    /// The path that the site stands under on its host
    #[arg(long, default_value = "/", value_name = "PATH")]
    public_url: String,
    /// The folder on the host that holds the site; the one above it where the site stands under a
    /// path
    #[arg(long, default_value = "/srv/portal", value_name = "DIR")]
    root: String,
}

/// Prints the configuration for a host.
///
/// # Errors
/// Where the content has mistakes, or the host's own language has no way to say where the site is.
pub(crate) fn run(arguments: &HeadersArguments) -> Result<bool, Stop> {
    let base = base::path(&arguments.public_url)?;
    let selection = Selection {
        drafts: false,
        as_of: Some(clock::now()),
    };
    let loaded = load::load(&arguments.content, &mut ArticleCache::default(), &selection)?;
    let Some(mut content) = loaded.content.filter(|_| loaded.problems.is_empty()) else {
        let (problems, files) = (loaded.problems, loaded.files);
        return Err(Stop::Refused(Refusal::Problems {
            problems,
            files,
            closing: None,
            lang: Lang::En,
        }));
    };
    content.select(&selection);
    let host = Host::new(
        &base,
        &arguments.root,
        &content.site.languages,
        content.items.iter(),
    )
    .with(Embedding::of(content.site.monitoring.as_ref()));
    print::stdout(&host.config(arguments.format)?)?;
    Ok(true)
}
