//! A cache of articles from one build to the next, so that one new article does not cost reading a
//! hundred thousand. An article is read anew when a file in its folder has another name, size, time
//! of change or inode number.

use crate::check::Hosts;
use crate::check::links::LocalLink;
use crate::content::catalogue::Item;
use crate::content::glossary::Glossary;
use crate::diagnostics::{Failure, Problem};
use crate::hash::CacheKey;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The age from which a change is safe to cache. A younger file could change once more within the
/// resolution of the file system's clock.
const SETTLED: Duration = Duration::from_secs(2);

/// The cache of articles, by their folders.
#[derive(Default)]
pub struct ArticleCache {
    /// The hash of the tool that wrote the cache.
    tool_hash: u64,
    /// The hash of the portal's hosts and names, which those in texts are compared with.
    host_hash: u64,
    /// The articles of an earlier load.
    cached: HashMap<PathBuf, Arc<LoadedArticle>>,
    /// The measured pictures of the cached articles.
    picture_sizes: Arc<PictureSizes>,
    /// The articles of this load.
    loaded: Vec<Arc<LoadedArticle>>,
    /// Whether any of them is new or out of date.
    changed: bool,
    /// The folders that may have changed since the earlier load; `None` where any may have.
    suspects: Option<HashSet<PathBuf>>,
}

/// Width and height of measured pictures, by the hash of file extension and bytes. Measuring a
/// picture decodes it.
pub type PictureSizes = HashMap<u64, (u32, u32)>;

/// The entries of the cache file.
type Entries = Vec<(PathBuf, Signature, CachedArticle)>;

/// The cached result of reading an article.
#[derive(Serialize, Deserialize)]
pub struct CachedArticle {
    /// Its entry in the catalogue.
    pub item: Option<Item>,
    /// Its links to pages of this portal.
    pub links: Vec<LocalLink>,
    /// Its pictures and files, each with the hash of its bytes.
    pub media: Vec<(PathBuf, u64)>,
    /// Its pictures, each with its key in [`PictureSizes`] and its published width and height.
    pub measured: Vec<(u64, (u32, u32))>,
    /// How many files it has.
    pub files: usize,
}

/// An article that was read, or comes from the cache.
pub struct LoadedArticle {
    /// Its folder.
    pub path: PathBuf,
    /// The signature of its folder.
    pub signature: Signature,
    /// The result of reading it.
    pub cached: CachedArticle,
    /// Its errors. An article with errors is not cached.
    pub problems: Vec<Problem>,
    /// Its warnings. An article with warnings is not cached either, so that each build reports
    /// them.
    pub warnings: Vec<Problem>,
}

impl LoadedArticle {
    /// Whether a later build may take it from the file.
    fn is_to_write(&self) -> bool {
        self.problems.is_empty() && self.warnings.is_empty() && self.signature.settled
    }
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
            let age = metadata
                .modified()
                .ok()
                .and_then(|modified| now.duration_since(modified).ok());
            settled &= age.is_some_and(|age| age > SETTLED);
            entries.push((entry.file_name(), state(&metadata)));
        }
        entries.sort();
        let key = entries
            .into_iter()
            .fold(CacheKey::default(), |key, (name, state)| {
                state
                    .into_iter()
                    .fold(key.add(name.as_encoded_bytes()), CacheKey::number)
            });
        Ok(Self {
            hash: key.finish(),
            settled,
        })
    }

    /// The same, for an article that is not kept.
    #[must_use]
    pub fn unsettled(self) -> Self {
        Self {
            settled: false,
            ..self
        }
    }
}

/// Size, `mtime`, `ctime` and inode number.
#[cfg(unix)]
fn state(metadata: &fs::Metadata) -> [u64; 6] {
    use std::os::unix::fs::MetadataExt;
    let moments = [
        metadata.mtime(),
        metadata.mtime_nsec(),
        metadata.ctime(),
        metadata.ctime_nsec(),
    ];
    let [mtime, mtime_nsec, ctime, ctime_nsec] = moments.map(i64::cast_unsigned);
    [
        metadata.len(),
        mtime,
        mtime_nsec,
        ctime,
        ctime_nsec,
        metadata.ino(),
    ]
}

/// Size and time of change.
#[cfg(not(unix))]
fn state(metadata: &fs::Metadata) -> [u64; 3] {
    let since = |time: SystemTime| {
        time.duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default()
    };
    let modified = metadata.modified().map(since).unwrap_or_default();
    [
        metadata.len(),
        modified.as_secs(),
        u64::from(modified.subsec_nanos()),
    ]
}

impl ArticleCache {
    /// Reads the cache from a file. It is empty where another tool wrote the file, or where the
    /// file cannot be read.
    pub fn read(file: &Path, tool_hash: u64) -> Self {
        let read =
            || -> Option<(u64, u64, Entries)> { postcard::from_bytes(&fs::read(file).ok()?).ok() };
        let (host_hash, articles) = match read() {
            Some((known, host_hash, articles)) if known == tool_hash => (host_hash, articles),
            _ => (0, Vec::new()),
        };
        let unchanged = |(path, signature, cached)| LoadedArticle {
            path,
            signature,
            cached,
            problems: Vec::new(),
            warnings: Vec::new(),
        };
        let mut cache = Self {
            tool_hash,
            host_hash,
            ..Self::default()
        };
        cache.take(articles.into_iter().map(unchanged).map(Arc::new));
        cache
    }

    /// Makes the articles of the last load the cached ones, for the next load of the same process.
    /// `suspects` are the folders of articles that may have changed since; all others are taken as
    /// they were, without a look at their files.
    pub fn advance(&mut self, suspects: Option<HashSet<PathBuf>>) {
        let loaded = std::mem::take(&mut self.loaded);
        self.take(loaded.into_iter());
        self.changed = false;
        self.suspects = suspects;
    }

    fn take(&mut self, articles: impl Iterator<Item = Arc<LoadedArticle>>) {
        self.cached = articles
            .map(|article| (article.path.clone(), article))
            .collect();
        let measured = self.cached.values().map(|article| &article.cached.measured);
        self.picture_sizes = Arc::new(measured.flatten().copied().collect());
    }

    /// The measured pictures of the cached articles.
    pub(super) fn picture_sizes(&self) -> Arc<PictureSizes> {
        Arc::clone(&self.picture_sizes)
    }

    /// Clears the cache where the portal's hosts or names have changed.
    pub(super) fn clear_for_others(&mut self, hosts: &Hosts, glossary: &Glossary) {
        let own = hosts.own.as_deref().unwrap_or_default();
        let all = hosts
            .former
            .iter()
            .fold(own.to_owned(), |all, host| all + "\n" + host);
        let host_hash = crate::hash::of(all.as_bytes()) ^ glossary.hash();
        if self.host_hash != host_hash {
            self.host_hash = host_hash;
            self.changed = true;
            self.cached.clear();
        }
    }

    /// The cached article, where nobody can have changed it. What was read of something else than files
    /// that lie still is read again.
    pub(super) fn trusted(&self, path: &Path) -> Option<Arc<LoadedArticle>> {
        let suspects = self.suspects.as_ref()?;
        let known = self.cached.get(path)?;
        (known.signature.settled && !suspects.contains(path)).then(|| Arc::clone(known))
    }

    /// The cached article, where its files have not changed.
    pub(super) fn get(&self, path: &Path, signature: &Signature) -> Option<Arc<LoadedArticle>> {
        let known = self.cached.get(path)?;
        (known.is_to_write() && known.signature == *signature).then(|| Arc::clone(known))
    }

    /// Adds an article to those of this load.
    pub(super) fn insert(&mut self, article: Arc<LoadedArticle>) {
        let known = self.cached.get(&article.path);
        self.changed |= !known.is_some_and(|known| known.signature == article.signature);
        self.loaded.push(article);
    }

    /// The entries to write.
    fn entries(&self) -> Vec<(&PathBuf, &Signature, &CachedArticle)> {
        let written = self.loaded.iter().filter(|article| article.is_to_write());
        written
            .map(|article| (&article.path, &article.signature, &article.cached))
            .collect()
    }

    /// Writes the cache into a file by an atomic rename, where any entry has changed. A failure
    /// costs nothing but time in the next build.
    pub fn write(&self, file: &Path) {
        let next = file.with_extension("next");
        let entries = self.entries();
        let needed = self.changed || entries.len() != self.cached.len();
        let put = |bytes| fs::write(&next, bytes).and_then(|()| fs::rename(&next, file));
        let written = needed
            && postcard::to_stdvec(&(self.tool_hash, self.host_hash, entries))
                .is_ok_and(|bytes| put(bytes).is_ok());
        if !written {
            // This also removes the leftover of a build that was killed while writing.
            let _ = fs::remove_file(&next);
        }
    }
}
