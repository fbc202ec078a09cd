//! Programs and fonts that the machine has to have, or that come as packages of the operating
//! system.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::search_path;
use crate::tools::Purpose;

/// A program or a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Requirement {
    /// Cargo links with it, and some crates are built with it.
    Compiler,
    /// Runs wasm-opt.
    Node,
    /// Installs wasm-opt.
    Npm,
    /// The browser with the Blink engine.
    Chromium,
    /// Drives Chromium.
    ChromeDriver,
    /// The browser with the Gecko engine; geckodriver is one of our tools.
    Firefox,
    /// Drives the browser with the `WebKit` engine.
    WebKitDriver,
    /// The browser with the `WebKit` engine.
    MiniBrowser,
    /// The virtual screen for `MiniBrowser`.
    Xvfb,
    /// A program that `xvfb-run` calls. Debian's xvfb only recommends it.
    Xauth,
    /// Fonts for Korean, Japanese and Chinese: pages in the tests, and share cards.
    Fonts,
    /// Fonts for Vietnamese and English on share cards.
    LatinFonts,
    /// Runs the checker of HTML.
    Java,
    /// A web server to compare `site serve` with.
    Nginx,
    /// Another web server.
    Caddy,
    /// Another web server.
    Apache,
    /// Counts the instructions of the tool, which are the same on every machine.
    Valgrind,
    /// The database of the CMS that the tests write in is built with it.
    CxxCompiler,
    /// Likewise.
    Make,
    /// Likewise. It also runs the other CMS.
    Python,
    /// Installs that one.
    Pip,
    /// Runs WordPress.
    Php,
    /// The database of WordPress.
    MariaDb,
    /// Another CMS that the tests write in.
    WordPress,
    /// Counts the views in the logs of web servers.
    GoAccess,
    /// The database in which several servers count views together.
    Postgres,
}

/// The requirements of every build.
pub(crate) const FOR_BUILDING: [Requirement; 3] =
    [Requirement::Compiler, Requirement::Node, Requirement::Npm];
/// The requirements of linting.
pub(crate) const FOR_LINTING: [Requirement; 3] =
    [Requirement::Compiler, Requirement::Node, Requirement::Npm];
/// The additional requirements of the tests: two engines everywhere, and `WebKit` where Linux has a
/// driver for it.
const FOR_TESTS: [Requirement; 3] = [
    Requirement::Chromium,
    Requirement::ChromeDriver,
    Requirement::Firefox,
];
/// The additional requirements of tests with other programs, on Unix.
const FOR_TESTS_ON_UNIX: [Requirement; 8] = [
    Requirement::Java,
    Requirement::Nginx,
    Requirement::Caddy,
    Requirement::Apache,
    Requirement::CxxCompiler,
    Requirement::Make,
    Requirement::Python,
    Requirement::Pip,
];
/// Distributions of Linux have WordPress as a package; elsewhere it is no part of the tests.
const FOR_TESTS_ON_LINUX: [Requirement; 12] = [
    Requirement::WebKitDriver,
    Requirement::MiniBrowser,
    Requirement::Xvfb,
    Requirement::Xauth,
    Requirement::Fonts,
    Requirement::LatinFonts,
    Requirement::Valgrind,
    Requirement::Php,
    Requirement::MariaDb,
    Requirement::WordPress,
    Requirement::GoAccess,
    Requirement::Postgres,
];

/// The requirements of the setup on this system.
pub(crate) fn for_setup(purpose: Purpose) -> Vec<Requirement> {
    let tests = purpose == Purpose::Tests;
    let mut requirements = FOR_BUILDING.to_vec();
    if tests {
        requirements.extend(FOR_TESTS);
    }
    if tests && cfg!(unix) {
        requirements.extend(FOR_TESTS_ON_UNIX);
    }
    if tests && cfg!(target_os = "linux") {
        requirements.extend(FOR_TESTS_ON_LINUX);
    }
    requirements
}

/// Those of `requirements` that the machine does not have.
pub(crate) fn missing(requirements: &[Requirement]) -> Vec<Requirement> {
    requirements
        .iter()
        .copied()
        .filter(|requirement| requirement.locate().is_none())
        .collect()
}

impl Requirement {
    /// The variable that names another program than the one on `PATH`. The tests read it too.
    pub(crate) fn variable(self) -> Option<&'static str> {
        match self {
            Self::Chromium => Some("PORTAL_CHROMIUM"),
            Self::ChromeDriver => Some("PORTAL_CHROMEDRIVER"),
            Self::Firefox => Some("PORTAL_FIREFOX"),
            Self::WebKitDriver => Some("PORTAL_WEBKITDRIVER"),
            Self::MiniBrowser => Some("PORTAL_MINIBROWSER"),
            Self::Java => Some("PORTAL_JAVA"),
            Self::Nginx => Some("PORTAL_NGINX"),
            Self::Caddy => Some("PORTAL_CADDY"),
            Self::Apache => Some("PORTAL_APACHE"),
            Self::Valgrind => Some("PORTAL_VALGRIND"),
            Self::WordPress => Some("PORTAL_WORDPRESS"),
            Self::GoAccess => Some("PORTAL_GOACCESS"),
            Self::Postgres => Some("PORTAL_POSTGRES"),
            _ => None,
        }
    }

    /// Its path on this machine.
    pub(crate) fn locate(self) -> Option<PathBuf> {
        match self.chosen() {
            Some(program) => program.is_file().then_some(program),
            None => self.usual_place(),
        }
    }

    /// The program that the person chose with the variable.
    fn chosen(self) -> Option<PathBuf> {
        std::env::var_os(self.variable()?)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    }

    /// Whether the person chose a program that is not there: then no package helps.
    pub(crate) fn is_misdirected(self) -> bool {
        self.chosen().is_some_and(|program| !program.is_file())
    }

    fn usual_place(self) -> Option<PathBuf> {
        match self {
            // On Windows the linker comes with Visual Studio and is not on PATH. It exists, because
            // this program was linked with it.
            Self::Compiler if cfg!(windows) => std::env::current_exe().ok(),
            Self::Compiler => search_path::find(&["cc"]),
            Self::Node => search_path::find(&["node"]),
            Self::Npm => search_path::find(&["npm"]),
            Self::Chromium => search_path::find(&[
                "chromium",
                "chromium-browser",
                "google-chrome",
                "google-chrome-stable",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            ]),
            Self::ChromeDriver => search_path::find(&["chromedriver"]),
            Self::Firefox => search_path::find(&[
                "firefox-esr",
                "firefox",
                "/Applications/Firefox.app/Contents/MacOS/firefox",
            ]),
            Self::WebKitDriver => search_path::find(&["WebKitWebDriver"]),
            Self::MiniBrowser => mini_browser(),
            Self::Xvfb => search_path::find(&["xvfb-run"]),
            Self::Xauth => search_path::find(&["xauth"]),
            Self::Fonts => font(
                "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                "Noto Sans CJK JP",
            ),
            Self::LatinFonts => font(
                "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
                "Noto Sans",
            ),
            Self::Java => search_path::find(&["java"]),
            // Debian installs it in a folder that is only on the PATH of administrators.
            Self::Nginx => {
                search_path::find(&["nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx"])
            }
            Self::Caddy => search_path::find(&["caddy"]),
            // Debian's name first: the others call it httpd.
            Self::Apache => {
                search_path::find(&["apache2", "/usr/sbin/apache2", "httpd", "/usr/sbin/httpd"])
            }
            Self::Valgrind => search_path::find(&["valgrind"]),
            Self::CxxCompiler => search_path::find(&["c++", "g++", "clang++"]),
            Self::Make => search_path::find(&["make", "gmake"]),
            Self::Python => search_path::find(&["python3"]),
            Self::Pip => search_path::find(&["pip3", "pip"]),
            Self::Php => search_path::find(&["php"]),
            Self::MariaDb => search_path::find(&["mariadbd", "/usr/sbin/mariadbd"]),
            // No program: PHP reads it.
            Self::WordPress => ["wordpress", "webapps/wordpress"]
                .map(|folder| Path::new("/usr/share").join(folder).join("wp-load.php"))
                .into_iter()
                .find(|file| file.is_file()),
            Self::GoAccess => search_path::find(&["goaccess"]),
            Self::Postgres => postgres(),
        }
    }

    /// The name for messages, with the variable where that names a program that is not there.
    pub(crate) fn describe(self) -> String {
        let name = match self {
            Self::Compiler => "a C compiler (cc)",
            Self::Node => "Node.js (node), which runs wasm-opt",
            Self::Npm => "npm, which installs wasm-opt",
            Self::Chromium => "Chromium",
            Self::ChromeDriver => "chromedriver",
            Self::Firefox => "Firefox",
            Self::WebKitDriver => "WebKitWebDriver",
            Self::MiniBrowser => "WebKitGTK's MiniBrowser",
            Self::Xvfb => "xvfb-run",
            Self::Xauth => "xauth, which xvfb-run calls",
            Self::Fonts => "the fonts Noto Sans CJK, for Korean, Japanese and Chinese",
            Self::LatinFonts => "the font Noto Sans, for Vietnamese and English",
            Self::Java => "Java (java), which runs the checker of HTML",
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::Apache => "Apache's program (apache2 or httpd)",
            Self::Valgrind => "valgrind, which counts what the tool does",
            Self::CxxCompiler => "a C++ compiler (c++), with which the database of Strapi is built",
            Self::Make => "make, with which the database of Strapi is built",
            Self::Python => "Python 3 (python3), which npm builds packages with",
            Self::Pip => "pip (pip3), which installs Wagtail",
            Self::Php => "PHP (php) with mysqli and GD, which runs WordPress",
            Self::MariaDb => "MariaDB (mariadbd), the database of WordPress",
            Self::WordPress => "WordPress (its file wp-load.php)",
            Self::GoAccess => "GoAccess (goaccess)",
            Self::Postgres => "PostgreSQL (postgres)",
        };
        match (self.variable(), self.chosen()) {
            (Some(variable), Some(program)) => {
                format!(
                    "{name}: {variable} names {}, which is not there",
                    program.display()
                )
            }
            _ => name.to_owned(),
        }
    }
}

/// Whether the fonts for share cards are there.
pub(crate) fn has_fonts() -> bool {
    missing(&[Requirement::Fonts, Requirement::LatinFonts]).is_empty()
}

/// `MiniBrowser` is not on PATH: it is among the files of its library, on Debian in a folder for
/// each architecture.
fn mini_browser() -> Option<PathBuf> {
    let mut places = vec![PathBuf::from("/usr/libexec"), PathBuf::from("/usr/lib")];
    places.extend(folders_in(Path::new("/usr/lib")));
    let versions = ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"];
    let candidates = versions
        .iter()
        .flat_map(|version| places.iter().map(move |place| place.join(version)));
    candidates
        .map(|folder| folder.join("MiniBrowser"))
        .find(|file| file.is_file())
}

/// Debian has a folder for each version of `PostgreSQL`, and none of them on PATH.
fn postgres() -> Option<PathBuf> {
    let versions = folders_in(Path::new("/usr/lib/postgresql"));
    let files = versions.into_iter().rev();
    files
        .map(|folder| folder.join("bin/postgres"))
        .find(|file| file.is_file())
        .or_else(|| search_path::find(&["postgres"]))
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// The file of a font: that of Debian, which is quick to look for, else the one that fontconfig
/// lists. The pattern matches only the whole name of a family.
fn font(on_debian: &str, family: &str) -> Option<PathBuf> {
    let debian = PathBuf::from(on_debian);
    if debian.is_file() {
        return Some(debian);
    }
    let pattern = format!(":family={family}");
    let output = Command::new("fc-list")
        .args([&pattern, "--format", "%{file}\\n"])
        .output()
        .ok()?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .next()
        .map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_does_not_need_what_only_tests_need() {
        assert_eq!(for_setup(Purpose::Build), FOR_BUILDING);
        assert!(for_setup(Purpose::Tests).contains(&Requirement::Firefox));
    }
}
