//! Sandboxed access to the site's folder. The operating system itself opens each file below a
//! handle of the folder, and refuses `..`, absolute paths and links that lead elsewhere.

use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// A handle of a folder, which opens only what is below it.
pub(super) struct Folder(Dir);

impl Folder {
    /// The folder that stands at `path` now. A build exchanges it for another one, so each request
    /// opens it anew.
    ///
    /// # Errors
    /// Where there is none, or it may not be read.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Dir::open_ambient_dir(path, ambient_authority()).map(Self)
    }

    /// Whether this path below it is a folder.
    pub(super) fn has_folder(&self, below: &str) -> bool {
        self.0.metadata(below).is_ok_and(|found| found.is_dir())
    }

    /// Whether this path below it is a regular file.
    pub(super) fn has_file(&self, below: &str) -> bool {
        self.0.metadata(below).is_ok_and(|found| found.is_file())
    }

    /// The bytes of a file. Anything else, such as a pipe or a device, is not opened, because that
    /// can block for ever. If it takes the file's place at that moment, it is opened without
    /// blocking.
    pub(super) fn read(&self, below: &str) -> Option<Vec<u8>> {
        let mut file = self
            .has_file(below)
            .then(|| self.0.open_with(below, &for_reading()).ok())??;
        let mut bytes = Vec::new();
        let is_file = file.metadata().is_ok_and(|found| found.is_file());
        (is_file && file.read_to_end(&mut bytes).is_ok()).then_some(bytes)
    }
}

fn for_reading() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use cap_std::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    options
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_file_comes_out_of_the_folder_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let site = place.path().join("site");
        fs::create_dir_all(site.join("vi")).unwrap();
        fs::write(site.join("vi/index.html"), "ours").unwrap();
        fs::create_dir(place.path().join("beside")).unwrap();
        let secret = place.path().join("beside/secret.txt");
        fs::write(&secret, "a secret").unwrap();
        symlink("index.html", site.join("vi/within")).unwrap();
        symlink(&secret, site.join("absolute")).unwrap();
        symlink("../beside/secret.txt", site.join("relative")).unwrap();
        symlink("../beside", site.join("folder")).unwrap();
        symlink("/", site.join("root")).unwrap();
        symlink("absolute", site.join("chained")).unwrap();
        symlink("/proc/self/cwd", site.join("magic")).unwrap();
        symlink("around", site.join("around")).unwrap();
        let folder = Folder::open(&site).unwrap();
        assert_eq!(folder.read("vi/index.html").as_deref(), Some(&b"ours"[..]));
        assert_eq!(folder.read("vi/within").as_deref(), Some(&b"ours"[..]));
        let absolute = secret.to_string_lossy().into_owned();
        let below_root = format!("root{absolute}");
        for path in [
            "absolute",
            "relative",
            "folder/secret.txt",
            "chained",
            "magic/Cargo.toml",
            "around",
            "../beside/secret.txt",
            "vi/../../beside/secret.txt",
            &absolute,
            &below_root,
            "root/etc/hosts",
            "vi",
            "",
            ".",
            "vi/index.html/",
            "vi/index.html\0",
        ] {
            assert_eq!(folder.read(path), None, "{path}");
        }
        assert!(folder.has_folder("vi"));
        assert!(
            !folder.has_folder("folder") && !folder.has_folder("root") && !folder.has_folder("..")
        );
    }

    #[test]
    fn what_is_no_plain_file_is_not_read_and_nothing_waits_for_it() {
        let place = tempfile::tempdir().unwrap();
        let pipe = place.path().join("pipe");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            &pipe,
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        )
        .unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(place.path().join("socket")).unwrap();
        let folder = Folder::open(place.path()).unwrap();
        assert_eq!(folder.read("pipe"), None);
        assert_eq!(folder.read("socket"), None);
        // Even where it is opened as a file, a pipe that nobody writes into is not waited for.
        assert!(folder.0.open_with("pipe", &for_reading()).is_ok());
    }
}
