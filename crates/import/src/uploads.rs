//! Finds pictures and files in a folder on this machine. Nothing is fetched, and no path leads out
//! of the folder.

use super::addresses::named_file;
use super::loss::excerpt;
use super::slugs;
use editorial::check::attached_file::{flaw, is_attached};
use editorial::check::picture_file::measure;
use image::ImageFormat;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// The largest picture file that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// A folder of pictures and files.
pub struct Uploads {
    folder: Option<PathBuf>,
    /// The hosts of the sites whose pictures it holds; `None` where every reference is a path below
    /// the folder.
    hosts: Option<BTreeSet<String>>,
}

/// A picture that can be carried over.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its path below the folder.
    pub path: String,
    /// The file's name without its ending.
    pub stem: String,
    /// The ending for the format of the file.
    pub ending: &'static str,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}

/// A file that is no picture and can be carried over.
#[derive(Clone, Debug)]
pub struct Attached {
    /// Its path below the folder.
    pub path: String,
    /// The file's name without its ending.
    pub stem: String,
    /// Its ending, in lower case.
    pub ending: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}

/// Why a picture cannot be carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// It is a tracking pixel.
    Pixel,
    /// The reason, for a person to read.
    Reason(String),
}

fn reason<T>(text: impl Into<String>) -> Result<T, Missing> {
    Err(Missing::Reason(text.into()))
}

impl Uploads {
    /// The uploads folder of some sites, which are given as [`comparable`](super::addresses::comparable) has them.
    pub fn of_sites<'a>(folder: Option<PathBuf>, sites: impl Iterator<Item = &'a str>) -> Self {
        let host = |site: &str| site.split('/').next().unwrap_or_default().to_owned();
        Self {
            folder,
            hosts: Some(sites.map(host).filter(|host| !host.is_empty()).collect()),
        }
    }

    /// The folder of a page.
    pub fn in_folder(folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            hosts: None,
        }
    }

    /// Finds a picture by its `src`. `known` is the file that WordPress keeps for it, below the
    /// uploads folder.
    pub fn find(&self, source: &str, known: Option<&str>) -> Result<Found, Missing> {
        if source.starts_with("data:") {
            return reason("it stands in the text itself, not in a file");
        }
        let path = self.path(source)?;
        let Some(folder) = &self.folder else {
            return reason("no folder of pictures was given: --uploads");
        };
        let Ok(root) = fs::canonicalize(folder) else {
            return reason(format!("the folder {} cannot be read", folder.display()));
        };
        let mut names: Vec<String> = full_size(&path).into_iter().collect();
        names.extend(known.map(str::to_owned));
        names.push(path.clone());
        let mut refused = None;
        for name in names {
            match read(&root, &name) {
                Ok(Some(bytes)) => return picture(name, bytes),
                Ok(None) => {}
                Err(missing) => refused = Some(missing),
            }
        }
        refused.map_or_else(
            || {
                reason(format!(
                    "there is no file {} in {}",
                    excerpt(&path),
                    folder.display()
                ))
            },
            Err,
        )
    }

    /// Finds a file that is no picture by its address; `None` where it is missing or cannot be
    /// published.
    pub fn attached(&self, source: &str) -> Option<Attached> {
        let path = self.path(source).ok()?;
        if !is_attachable(&path) {
            return None;
        }
        let root = fs::canonicalize(self.folder.as_ref()?).ok()?;
        let bytes = read(&root, &path).ok()??;
        attached(path, bytes)
    }

    /// The path below the folder that a `src` means.
    fn path(&self, source: &str) -> Result<String, Missing> {
        let whole = source.contains("://") || source.starts_with("//");
        let Some(hosts) = &self.hosts else {
            return if whole {
                reason("it is on the web")
            } else {
                Ok(slugs::decoded(before_query(source)))
            };
        };
        let shown = named_file(source.trim_start_matches("//"));
        // Some sites serve their pictures through another host, whose address then contains their
        // own.
        let is_own = !whole
            || shown
                .split('/')
                .any(|part| hosts.contains(part.trim_start_matches("www.")));
        if !is_own {
            return reason("it is on another site");
        }
        let below = ["/wp-content/uploads/", "/files/"]
            .iter()
            .find_map(|marker| {
                shown
                    .rfind(marker)
                    .map(|at| shown[at + marker.len()..].to_owned())
            });
        let host = shown.split('/').next().unwrap_or_default();
        match below {
            Some(path) => Ok(path),
            // There, a host holds nothing but uploads.
            None if host.ends_with(".files.wordpress.com") => {
                Ok(shown[host.len()..].trim_start_matches('/').to_owned())
            }
            None if !whole && !source.starts_with('/') => Ok(slugs::decoded(before_query(source))),
            None => reason("it is not among the site's uploads"),
        }
    }
}

/// Whether what stands at an address can be published as a file, by its ending.
pub fn is_attachable(source: &str) -> bool {
    ending(source).is_some_and(|ending| is_attached(&format!("x.{ending}")))
}

/// Whether what stands at an address can be a picture, by its ending.
pub fn is_picture_name(source: &str) -> bool {
    ending(source)
        .is_some_and(|ending| ["png", "jpg", "jpeg", "webp", "svg"].contains(&ending.as_str()))
}

/// A file that is no picture; `None` where its bytes cannot be published.
pub fn attached(path: String, bytes: Vec<u8>) -> Option<Attached> {
    let ending = ending(&path)?;
    let name = before_query(&path).rsplit('/').next()?;
    let stem = name.rsplit_once('.')?.0.to_owned();
    let sound = flaw(&format!("x.{ending}"), &bytes).is_none();
    sound.then_some(Attached {
        path,
        stem,
        ending,
        bytes,
    })
}

/// The ending of the file at an address, in lower case.
fn ending(source: &str) -> Option<String> {
    let name = before_query(source).rsplit('/').next()?;
    Some(name.rsplit_once('.')?.1.to_ascii_lowercase())
}

fn before_query(source: &str) -> &str {
    source.split(['?', '#']).next().unwrap_or_default()
}

/// The file in its full size: `port-300x200.jpg` is a smaller copy of `port.jpg`.
fn full_size(path: &str) -> Option<String> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (stem, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{stem}.{ending}"))
}

/// The bytes of a file below a folder; `None` where it is not there.
fn read(root: &Path, name: &str) -> Result<Option<Vec<u8>>, Missing> {
    let is_plain = |part: &str| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0'])
    };
    if !name.split('/').all(is_plain) {
        return reason("its address leads out of the folder of pictures");
    }
    let forms = [name.to_owned(), name.nfc().collect(), name.nfd().collect()];
    let Some(path) = forms
        .iter()
        .map(|name| root.join(name))
        .find(|path| fs::symlink_metadata(path).is_ok())
    else {
        return Ok(None);
    };
    // A symbolic link anywhere on the way could lead elsewhere.
    if fs::canonicalize(&path).ok().as_deref() != Some(path.as_path()) {
        return reason("a symbolic link stands on the way to its file");
    }
    let Ok(about) = fs::metadata(&path) else {
        return Ok(None);
    };
    if !about.is_file() {
        return Ok(None);
    }
    if about.len() > MOST_BYTES {
        return reason(format!("its file has {} MiB", about.len() / 1024 / 1024));
    }
    fs::read(&path)
        .map(Some)
        .or_else(|error| reason(format!("its file cannot be read: {error}")))
}

/// A picture by its bytes.
///
/// # Errors
/// Why it cannot be carried over.
pub fn picture(path: String, bytes: Vec<u8>) -> Result<Found, Missing> {
    let ending = match image::guess_format(&bytes) {
        Ok(ImageFormat::Png) => "png",
        Ok(ImageFormat::Jpeg) => "jpg",
        Ok(ImageFormat::WebP) => "webp",
        _ if path.to_ascii_lowercase().ends_with(".svg") => "svg",
        _ => {
            let named = measure("picture.jpg", &bytes).err();
            let what = named.and_then(|problems| Some(problems.first()?.message.to_string()));
            return reason(format!(
                "its file is none of .png, .jpg, .webp and .svg: {}",
                what.unwrap_or_default()
            ));
        }
    };
    let size = measure(&format!("picture.{ending}"), &bytes).map_err(|problems| {
        Missing::Reason(
            problems
                .first()
                .map(|problem| problem.message.to_string())
                .unwrap_or_default(),
        )
    })?;
    if size == (1, 1) {
        return Err(Missing::Pixel);
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name
        .rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .to_owned();
    Ok(Found {
        path,
        stem,
        ending,
        bytes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(width, height)
            .write_to(&mut bytes, ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("uploads/2014/09")).unwrap();
        fs::write(folder.path().join("secret.png"), png(3, 2)).unwrap();
        for name in [
            "port.jpg",
            "port-300x200.jpg",
            "only-10x10.png",
            "c\u{1ea3}ng.png",
        ] {
            fs::write(folder.path().join("uploads/2014/09").join(name), png(3, 2)).unwrap();
        }
        fs::write(folder.path().join("uploads/pixel.png"), png(1, 1)).unwrap();
        fs::write(
            folder.path().join("uploads/a.gif"),
            b"GIF89a\x01\0\x01\0\0\0\0",
        )
        .unwrap();
        fs::write(
            folder.path().join("uploads/a.svg"),
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'><script/></svg>",
        )
        .unwrap();
        folder
    }

    #[test]
    fn a_picture_is_found_by_its_address_in_full_size_and_with_the_ending_that_fits() {
        let folder = folder();
        let uploads = Uploads::of_sites(
            Some(folder.path().join("uploads")),
            ["a.example/blog"].into_iter(),
        );
        for (source, path) in [
            (
                "https://a.example/blog/wp-content/uploads/2014/09/port-300x200.jpg?w=1",
                "2014/09/port.jpg",
            ),
            (
                "http://www.a.example/wp-content/uploads/2014/09/only-10x10.png",
                "2014/09/only-10x10.png",
            ),
            ("/wp-content/uploads/2014/09/port.jpg", "2014/09/port.jpg"),
            (
                "https://i0.wp.com/a.example/wp-content/uploads/2014/09/port.jpg",
                "2014/09/port.jpg",
            ),
            (
                "https://a.example/wp-content/uploads/2014/09/ca%CC%89ng.png",
                "2014/09/ca\u{309}ng.png",
            ),
        ] {
            let found = uploads
                .find(source, None)
                .unwrap_or_else(|missing| panic!("{source}: {missing:?}"));
            assert_eq!(
                (found.path.as_str(), found.ending),
                (path, "png"),
                "{source}"
            );
        }
        assert!(
            uploads
                .find("/wp-content/uploads/lost.jpg", Some("2014/09/port.jpg"))
                .is_ok()
        );
    }

    #[test]
    fn a_picture_that_cannot_be_carried_over_says_why() {
        let folder = folder();
        #[cfg(unix)]
        std::os::unix::fs::symlink(
            folder.path().join("secret.png"),
            folder.path().join("uploads/link.png"),
        )
        .unwrap();
        let uploads = Uploads::of_sites(
            Some(folder.path().join("uploads")),
            ["a.example/"].into_iter(),
        );
        for (source, part) in [
            (
                "https://b.example/wp-content/uploads/2014/09/port.jpg",
                "another site",
            ),
            ("https://a.example/theme/x.png", "not among"),
            ("/wp-content/uploads/../secret.png", "leads out"),
            ("/wp-content/uploads/%2e%2e/secret.png", "leads out"),
            ("/wp-content/uploads/..%5csecret.png", "leads out"),
            ("/wp-content/uploads//etc/passwd", "leads out"),
            ("/wp-content/uploads/x.png", "there is no file x.png"),
            ("/wp-content/uploads/a.gif", "none of"),
            ("/wp-content/uploads/a.svg", "must not run"),
            #[cfg(unix)]
            ("/wp-content/uploads/link.png", "symbolic link"),
            ("data:image/png;base64,x", "in the text itself"),
        ] {
            match uploads.find(source, None) {
                Err(Missing::Reason(text)) => assert!(text.contains(part), "{source}: {text}"),
                other => panic!("{source}: {other:?}"),
            }
        }
        assert_eq!(
            uploads
                .find("/wp-content/uploads/pixel.png", None)
                .unwrap_err(),
            Missing::Pixel
        );
        let none = Uploads::of_sites(None, ["a.example/"].into_iter());
        assert!(
            matches!(none.find("/wp-content/uploads/x.png", None), Err(Missing::Reason(text)) if text.contains("--uploads"))
        );
    }
}
