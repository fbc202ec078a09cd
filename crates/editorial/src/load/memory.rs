//! What is remembered of the content from one build to the next, so that a hundred thousand articles are not read again
//! when one was written. An article is read again when a file in its folder has another name, size, moment of change or
//! number on the disk.

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

/// How old a change has to be before the file system's clock can tell it from the next one.
const SETTLED: Duration = Duration::from_secs(2);

/// What was read, by the articles' folders.
#[derive(Default)]
pub struct Memory {
    /// Which tool it is of.
    of: u64,
    /// Which portal it is of: hosts that articles link to are held against its own.
    portal: u64,
    before: HashMap<PathBuf, (Signature, Digest)>,
    /// The pictures in it.
    known: Arc<Known>,
    /// What is kept: what was there before by its folder alone, so that it is not held twice.
    after: Vec<(PathBuf, Option<(Signature, Digest)>)>,
    /// Whether anything is there that was not before.
    changed: bool,
}

/// Pictures that were measured before, by the hash of their names' ends and their bytes. Measuring one decodes it.
pub type Known = HashMap<u64, (u32, u32)>;

/// What is kept of every article.
type Kept = Vec<(PathBuf, Signature, Digest)>;

/// What was read of an article.
#[derive(Clone, Serialize, Deserialize)]
pub struct Digest {
    /// What lists show of it.
    pub item: Option<Item>,
    /// Its links to pages of this portal.
    pub links: Vec<LocalLink>,
    /// Its pictures and files, each with the hash of its bytes.
    pub media: Vec<(PathBuf, u64)>,
    /// Its pictures by the hash of their names' ends and their bytes, each with its width and height as it is published.
    pub measured: Vec<(u64, (u32, u32))>,
    /// How many files it has.
    pub files: usize,
}

/// An article that was read or remembered.
pub struct Remembered {
    /// Its folder.
    pub path: PathBuf,
    /// What its files are like.
    pub signature: Signature,
    /// What was read.
    pub digest: Digest,
    /// What is wrong with it. Such an article is not remembered.
    pub problems: Vec<Problem>,
    /// What somebody should look at. Such an article is not remembered either, so that it is said again.
    pub warnings: Vec<Problem>,
}

/// What the files of a folder are like, without reading them.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    hash: u64,
    /// Whether the last change is old enough.
    settled: bool,
}

impl Signature {
    /// What the files of a folder are like.
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

/// Size, moments of change, number on the disk.
#[cfg(unix)]
fn state(metadata: &fs::Metadata) -> [u64; 6] {
    use std::os::unix::fs::MetadataExt;
    let moments = [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()];
    let [mtime, mtime_nsec, ctime, ctime_nsec] = moments.map(i64::cast_unsigned);
    [metadata.len(), mtime, mtime_nsec, ctime, ctime_nsec, metadata.ino()]
}

/// Size and moment of change.
#[cfg(not(unix))]
fn state(metadata: &fs::Metadata) -> [u64; 3] {
    let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let modified = metadata.modified().map(since).unwrap_or_default();
    [metadata.len(), modified.as_secs(), u64::from(modified.subsec_nanos())]
}

impl Memory {
    /// What was kept in a file; nothing where it is of another tool, or cannot be read.
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

    /// The pictures that were measured before.
    pub(super) fn known(&self) -> Arc<Known> {
        Arc::clone(&self.known)
    }

    /// Forgets everything that was read of a portal with another host.
    pub(super) fn of_portal(&mut self, host: Option<&str>) {
        let portal = crate::hash::of(host.unwrap_or_default().as_bytes());
        if self.portal != portal {
            self.portal = portal;
            self.changed = true;
            self.before.clear();
        }
    }

    /// What is known of an article whose files are as they were.
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

    /// Keeps what was read or remembered.
    pub(super) fn keep(&mut self, article: Remembered) {
        let Remembered { path, signature, digest, problems, warnings } = article;
        let known = self.before.get(&path).is_some_and(|(known, _)| *known == signature);
        self.changed |= !known;
        if problems.is_empty() && warnings.is_empty() && signature.settled {
            self.after.push((path, Some((signature, digest)).filter(|_| !known)));
        }
    }

    /// What is kept of every article.
    fn kept(&self) -> Vec<(&PathBuf, &Signature, &Digest)> {
        let known = |path| self.before.get(path).map(|(signature, digest)| (signature, digest));
        let kept = self.after.iter().filter_map(|(path, new)| {
            let (signature, digest) =
                new.as_ref().map(|(signature, digest)| (signature, digest)).or_else(|| known(path))?;
            Some((path, signature, digest))
        });
        kept.collect()
    }

    /// Writes what was kept into a file, where it is not there already. Where that fails, the next build reads everything.
    pub fn write(&self, file: &Path) {
        let next = file.with_extension("next");
        let needed = self.changed || self.after.len() != self.before.len();
        let written = needed
            && postcard::to_stdvec(&(self.of, self.portal, self.kept()))
                .is_ok_and(|bytes| fs::write(&next, bytes).and_then(|()| fs::rename(&next, file)).is_ok());
        if !written {
            // Also what a build left that was killed while it wrote.
            let _ = fs::remove_file(&next);
        }
    }
}
