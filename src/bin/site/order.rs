//! What is built from what.

use crate::arguments::{BuildArguments, InSite};
use crate::failure::Failure;
use crate::output::{self, Input};
use crate::selection::Selection;
use std::env;
use std::path::PathBuf;

/// Everything that a build has to know.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Order {
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

impl Order {
    /// The order that a command line gives, or, as Trunk's hook, Trunk's environment.
    ///
    /// # Errors
    /// Where the public URL is no path, or Trunk's environment is not there.
    pub(crate) fn new(arguments: &BuildArguments) -> Result<Self, Failure> {
        let mut order = Self {
            bundle: arguments.bundle.clone(),
            content: arguments.source.content.clone(),
            selection: arguments.source.selection(),
            locales: arguments.source.locales(),
            out: arguments.out.clone(),
            trunk: None,
            host: arguments.host,
            base: base(&arguments.public_url)?,
            budgets: arguments.budgets.clone(),
            keep_bundle: None,
            keep: true,
            fresh: arguments.fresh,
            replace_foreign: arguments.replace_foreign,
            cache: None,
            cards: !arguments.no_cards,
            search: !arguments.no_search,
            compress: !arguments.no_compression,
            reload: false,
        };
        if arguments.trunk {
            let staging = PathBuf::from(trunk("TRUNK_STAGING_DIR")?);
            let release = trunk("TRUNK_PROFILE")? == "release";
            order.out.clone_from(&staging);
            order.trunk = Some(PathBuf::from(trunk("TRUNK_DIST_DIR")?));
            order.bundle = staging;
            order.base = base(&trunk("TRUNK_PUBLIC_URL")?)?;
            order.budgets = release.then(|| PathBuf::from("budgets.json"));
            order.keep_bundle = release.then(|| PathBuf::from("target/bundle"));
            // Trunk's staging folder is another one each time.
            order.keep = false;
            order.cache = Some(PathBuf::from("target/site-cache"));
            order.cards = release;
            order.compress = release;
            order.reload = !release;
        }
        Ok(order)
    }

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

fn trunk(variable: &str) -> Result<String, Failure> {
    env::var(variable).map_err(|_| Failure::new(format!("{variable} is not set: --trunk is for Trunk's hook")))
}

/// The path that a site stands under: `/`, or a path with a slash at both ends.
///
/// # Errors
/// Where the text is no path from the root on, or has characters that an address would have to escape.
pub(crate) fn base(public_url: &str) -> Result<String, Failure> {
    let plain = |segment: &str| {
        !segment.is_empty()
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
            && !segment.bytes().all(|byte| byte == b'.')
    };
    let below = public_url.trim_matches('/');
    if public_url.starts_with('/') && (below.is_empty() || below.split('/').all(plain)) {
        return Ok(if below.is_empty() { "/".to_owned() } else { format!("/{below}/") });
    }
    Err(Failure::new(format!("the public URL \"{public_url}\" is no path such as / or /portal/")))
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn a_public_url_is_a_path_from_the_root_on() {
        for (given, path) in [("/", "/"), ("/portal", "/portal/"), ("/a/b/", "/a/b/")] {
            assert_eq!(base(given).unwrap(), path);
        }
        for bad in ["", "./", "portal/", "https://a.example/", "/a b/", "/a//b/", "/../", "/đ/"] {
            assert!(base(bad).is_err(), "{bad} was taken for a path");
        }
    }
}
