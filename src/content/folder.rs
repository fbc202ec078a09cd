//! Documents from a folder.

use super::{ContentError, ContentSource, Loaded, Query, loaded};
use std::fs;
use std::future::{Future, ready};
use std::io::ErrorKind;
use std::path::PathBuf;

/// The documents of a built site, read from its folder.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder that stands for the site's base.
    pub root: PathBuf,
}

impl ContentSource for Folder {
    fn load(&self, query: Query) -> impl Future<Output = Result<Loaded, ContentError>> + 'static {
        ready(match fs::read(self.root.join(&query.0)) {
            Ok(bytes) => loaded(&bytes, false),
            Err(error) if error.kind() == ErrorKind::NotFound => Err(ContentError::NotFound),
            Err(_) => Err(ContentError::Network),
        })
    }
}
