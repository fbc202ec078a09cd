//! The options of a build.

use crate::build::content::Sources;
use crate::hosting::hosts::InSite;
use crate::output::{self, Input, WriteOptions};
use editorial::content::selection::Selection;
use editorial::content::views::Counts;
use editorial::diagnostics::Failure;
use editorial::json::Instead;
use editorial::load::ContentFolder;
use std::path::PathBuf;
use std::sync::Arc;

/// The inputs of a build, its output, and what it leaves out.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Options {
    /// The bundle's folder.
    pub(crate) bundle: PathBuf,
    /// The content's folder.
    pub(crate) content: PathBuf,
    /// Which articles the site holds.
    pub(crate) selection: Selection,
    /// The interface words' folder, where there is one to check.
    pub(crate) locales: Option<PathBuf>,
    /// The site's folder, as given.
    pub(crate) out: PathBuf,
    /// Trunk's output folder, which Trunk replaces by the site; only where the tool is Trunk's
    /// hook.
    pub(crate) trunk: Option<PathBuf>,
    /// The host whose configuration file is written into the site.
    pub(crate) host: Option<InSite>,
    /// The path that the site stands under, with a slash at both ends.
    pub(crate) base: String,
    /// The file of budgets; nothing is weighed without one.
    pub(crate) budgets: Option<PathBuf>,
    /// Where a copy of the bundle is kept.
    pub(crate) keep_bundle: Option<PathBuf>,
    /// Whether state is kept for the next build.
    pub(crate) keep: bool,
    /// Whether the state of the last build is ignored.
    pub(crate) fresh: bool,
    /// Whether a folder with foreign files in it is set aside.
    pub(crate) replace_foreign: bool,
    /// The cache of pictures and cards, for builds that keep no state.
    pub(crate) cache: Option<PathBuf>,
    /// Whether share cards are drawn.
    pub(crate) cards: bool,
    /// Whether the site has a search index; only measurements leave it out.
    pub(crate) search: bool,
    /// Whether compressed copies are written.
    pub(crate) compress: bool,
    /// Whether pages reload themselves.
    pub(crate) reload: Reload,
    /// What was counted, where that is not taken from the content folder.
    pub(crate) counts: Option<Arc<Counts>>,
    /// What counts in place of files, because somebody is still writing it.
    pub(crate) instead: Instead,
}

/// Whether pages reload themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reload {
    /// Never.
    No,
    /// After each build of Trunk, for developers.
    Trunk,
    /// After each change of the content, for editors.
    Preview,
    /// The same beside the form of a desk, which has this origin. Page and form show each other where they are.
    Desk(String),
}

impl Options {
    /// Whether this is a release, which readers get. Only a release is weighed.
    pub(crate) fn is_for_readers(&self) -> bool {
        self.budgets.is_some()
    }

    /// The content folder.
    pub(crate) fn folder(&self) -> ContentFolder<'_> {
        ContentFolder {
            path: &self.content,
            instead: &self.instead,
        }
    }

    /// What is read, and which of it the site holds.
    pub(crate) fn sources(&self) -> Sources<'_> {
        Sources {
            content: self.folder(),
            locales: self.locales.as_deref(),
            selection: &self.selection,
        }
    }

    /// How the site is written.
    pub(crate) fn writing(&self) -> WriteOptions {
        WriteOptions {
            keep: self.keep,
            fresh: self.fresh,
            replace: self.replace_foreign,
        }
    }

    /// The folder that the site is written to, with symbolic links resolved.
    ///
    /// # Errors
    /// Where no site can stand there. Nothing was read or written then.
    pub(crate) fn place(&self) -> Result<PathBuf, Failure> {
        if let Some(dist) = &self.trunk {
            return output::refuse_strangers(dist).map(|()| self.out.clone());
        }
        let named = |name| move |path| Input { name, path };
        let always = [
            ("the content folder", self.content.as_path()),
            ("the bundle", &self.bundle),
        ];
        let inputs = always.into_iter().map(|(name, path)| Input { name, path });
        let inputs = inputs.chain(
            self.locales
                .as_deref()
                .map(named("the folder of interface words")),
        );
        let inputs: Vec<Input> = inputs
            .chain(self.budgets.as_deref().map(named("the file of budgets")))
            .collect();
        output::resolve(&self.out, &inputs)
    }
}
