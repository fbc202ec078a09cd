//! What is built from what.

use crate::hosting::hosts::InSite;
use crate::output::{self, Input};
use editorial::content::selection::Selection;
use editorial::diagnostics::Failure;
use std::path::PathBuf;

/// Everything that a build has to know.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Options {
    /// The bundle's folder.
    pub(crate) bundle: PathBuf,
    /// The content's folder.
    pub(crate) content: PathBuf,
    /// Which articles are in.
    pub(crate) selection: Selection,
    /// The interface words' folder, where there is one to check.
    pub(crate) locales: Option<PathBuf>,
    /// The site's folder, as it was given.
    pub(crate) out: PathBuf,
    /// The folder that Trunk replaces by the site, where Trunk asks for it.
    pub(crate) trunk: Option<PathBuf>,
    /// The host for whose sake a file of its own is written into the site.
    pub(crate) host: Option<InSite>,
    /// The path that the site stands under, with a slash at both ends.
    pub(crate) base: String,
    /// Where the budgets stand; nothing is weighed without.
    pub(crate) budgets: Option<PathBuf>,
    /// Where a copy of the bundle is kept.
    pub(crate) keep_bundle: Option<PathBuf>,
    /// Whether the next build may begin where this one ends.
    pub(crate) keep: bool,
    /// Whether the last build is forgotten.
    pub(crate) fresh: bool,
    /// Whether a folder with files of others in it is set aside.
    pub(crate) replace_foreign: bool,
    /// Where pictures and cards are kept that take long to make; only where the next build begins with nothing.
    pub(crate) cache: Option<PathBuf>,
    /// Whether share cards are drawn.
    pub(crate) cards: bool,
    /// Whether the site can be searched; only measurements leave it out.
    pub(crate) search: bool,
    /// Whether compressed copies are written.
    pub(crate) compress: bool,
    /// Whether the script reloads the page after each of a developer's builds.
    pub(crate) reload: bool,
}

impl Options {
    /// Whether this is the site that readers get: a release, which is weighed.
    pub(crate) fn is_for_readers(&self) -> bool {
        self.budgets.is_some()
    }

    /// Where the site is written to, links resolved.
    ///
    /// # Errors
    /// Where no site can stand there. Nothing was read or written then.
    pub(crate) fn place(&self) -> Result<PathBuf, Failure> {
        if let Some(dist) = &self.trunk {
            return output::refuse_strangers(dist).map(|()| self.out.clone());
        }
        let named = |name| move |path| Input { name, path };
        let always = [("the content folder", self.content.as_path()), ("the bundle", &self.bundle)];
        let inputs = always.into_iter().map(|(name, path)| Input { name, path });
        let inputs = inputs.chain(self.locales.as_deref().map(named("the folder of interface words")));
        let inputs: Vec<Input> = inputs.chain(self.budgets.as_deref().map(named("the file of budgets"))).collect();
        output::resolve(&self.out, &inputs)
    }
}
