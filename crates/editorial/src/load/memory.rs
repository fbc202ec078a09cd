//! A cache of articles from one build to the next, so that one new article does not cost reading a
//! hundred thousand. An article is read anew when a file in its folder has another name, size, time
//! of change or inode number.

use crate::check::links::LocalLink;
use crate::content::catalogue::Item;
use crate::diagnostics::{Failure, Problem};
use crate::hash::CacheKey;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The age from which a change is safe to cache. A younger file could change once more within the
/// resolution of the file system's clock.
const SETTLED: Duration = Duration::from_secs(2);

/// The cache of articles, by their folders.
#[derive(Default)]
pub struct Memory {
    /// The hash of the tool that wrote the cache.
    of: u64,
    /// The hash of the portal's host, which the hosts of links are compared with.
    portal: u64,
    before: HashMap<PathBuf, (Signature, Digest)>,
    /// The measured pictures of the cached articles.
    known: Arc<Known>,
    /// The entries to write. An entry of `before` is kept by its folder alone, so that it is not
    /// held twice.
    after: Vec<(PathBuf, Option<(Signature, Digest)>)>,
    /// Whether any entry is new or out of date.
    changed: bool,
}

/// Width and height of measured pictures, by the hash of file extension and bytes. Measuring a
/// picture decodes it.
pub type Known = HashMap<u64, (u32, u32)>;

/// The entries of the cache file.
type Kept = Vec<(PathBuf, Signature, Digest)>;

/// The cached result of reading an article.
#[derive(Clone, Serialize, Deserialize)]
pub struct Digest {
    /// Its entry in the catalogue.
    pub item: Option<Item>,
    /// Its links to pages of this portal.
    pub links: Vec<LocalLink>,
    /// Its pictures and files, each with the hash of its bytes.
    pub media: Vec<(PathBuf, u64)>,
    /// Its pictures, each with its key in [`Known`] and its published width and height.
    pub measured: Vec<(u64, (u32, u32))>,
    /// How many files it has.
    pub files: usize,
}

/// An article that was read, or comes from the cache.
pub struct Remembered {
    /// Its folder.
    pub path: PathBuf,
    /// The signature of its folder.
    pub signature: Signature,
    /// The result of reading it.
    pub digest: Digest,
    /// Its errors. An article with errors is not cached.
    pub problems: Vec<Problem>,
    /// Its warnings. An article with warnings is not cached either, so that each build reports
    /// them.
    pub warnings: Vec<Problem>,
}

/// The metadata of the files of a folder, as a hash.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    hash: u64,
    /// Whether the last change is older than [`SETTLED`].
    settled: bool,
}

impl Signature {
    /// The signature of a folder.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn of(folder: &Path) -> Result<Self, Failure> {
        let failure = |error| Failure::io("read", folder, &error);
        let now = SystemTime::now();
        let mut entries = Vec::new();
        let mut settled = true;
        for entry in fs::read_dir(folder).map_err(failure)? {
            let entry = entry.map_err(failure)?;
            let metadata = entry.metadata().map_err(failure)?;
            let age = metadata.modified().ok().and_then(|modified| now.duration_since(modified).ok());
            settled &= age.is_some_and(|age| age > SETTLED);
            entries.push((entry.file_name(), state(&metadata)));
        }
        entries.sort();
        let key = entries.into_iter().fold(CacheKey::default(), |key, (name, state)| {
            state.into_iter().fold(key.add(name.as_encoded_bytes()), CacheKey::number)
        });
        Ok(Self { hash: key.finish(), settled })
    }
}

/// Size, `mtime`, `ctime` and inode number.
#[cfg(unix)]
fn state(metadata: &fs::Metadata) -> [u64; 6] {
    use std::os::unix::fs::MetadataExt;
    let moments = [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()];
    let [mtime, mtime_nsec, ctime, ctime_nsec] = moments.map(i64::cast_unsigned);
    [metadata.len(), mtime, mtime_nsec, ctime, ctime_nsec, metadata.ino()]
}

/// Size and time of change.
#[cfg(not(unix))]
fn state(metadata: &fs::Metadata) -> [u64; 3] {
    let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let modified = metadata.modified().map(since).unwrap_or_default();
    [metadata.len(), modified.as_secs(), u64::from(modified.subsec_nanos())]
}

impl Memory {
    /// Reads the cache from a file. It is empty where another tool wrote the file, or where the
    /// file cannot be read.
    pub fn read(file: &Path, of: u64) -> Self {
        let read = || -> Option<(u64, u64, Kept)> { postcard::from_bytes(&fs::read(file).ok()?).ok() };
        let (portal, articles) = match read() {
            Some((known, portal, articles)) if known == of => (portal, articles),
            _ => (0, Vec::new()),
        };
        let before: HashMap<_, (Signature, Digest)> =
            articles.into_iter().map(|(path, signature, digest)| (path, (signature, digest))).collect();
        let known = before.values().flat_map(|(_, digest)| digest.measured.iter().copied()).collect();
        Self { of, portal, before, known: Arc::new(known), after: Vec::new(), changed: false }
    }

    /// The measured pictures of the cached articles.
    pub(super) fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known)
    }

    /// Clears the cache where the portal's host has changed.
    pub(super) fn of_portal(&mut self, host: Option<&str>) {
        let portal = crate::hash::of(host.unwrap_or_default().as_bytes());
        if self.portal != portal {
            self.portal = portal;
            self.changed = true;
            self.before.clear();
        }
    }

    /// The cached article, where its files have not changed.
    pub(super) fn recall(&self, path: &Path, signature: &Signature) -> Option<Remembered> {
        let (known, digest) = self.before.get(path)?;
        (signature.settled && known == signature).then(|| Remembered {
            path: path.to_owned(),
            signature: *signature,
            digest: digest.clone(),
            problems: Vec::new(),
            warnings: Vec::new(),
        })
    }

    /// Adds an article to the entries to write, unless it has problems or has changed just now.
    pub(super) fn keep(&mut self, article: Remembered) {
        let Remembered { path, signature, digest, problems, warnings } = article;
        let known = self.before.get(&path).is_some_and(|(known, _)| *known == signature);
        self.changed |= !known;
        if problems.is_empty() && warnings.is_empty() && signature.settled {
            self.after.push((path, Some((signature, digest)).filter(|_| !known)));
        }
    }

    /// The entries to write.
    fn kept(&self) -> Vec<(&PathBuf, &Signature, &Digest)> {
        let known = |path| self.before.get(path).map(|(signature, digest)| (signature, digest));
        let kept = self.after.iter().filter_map(|(path, new)| {
            let (signature, digest) =
                new.as_ref().map(|(signature, digest)| (signature, digest)).or_else(|| known(path))?;
            Some((path, signature, digest))
        });
        kept.collect()
    }

    /// Writes the cache into a file by an atomic rename, where any entry has changed. A failure
    /// costs nothing but time in the next build.
    pub fn write(&self, file: &Path) {
        let next = file.with_extension("next");
        let needed = self.changed || self.after.len() != self.before.len();
        let written = needed
            && postcard::to_stdvec(&(self.of, self.portal, self.kept()))
                .is_ok_and(|bytes| fs::write(&next, bytes).and_then(|()| fs::rename(&next, file)).is_ok());
        if !written {
            // This also removes the leftover of a build that was killed while writing.
            let _ = fs::remove_file(&next);
        }
    }
}
