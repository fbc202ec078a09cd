//! Packages of the operating system: their names on each, and their installation with apt.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::needs::Need;
use crate::process::{Step, spoken};
use crate::system::System;

/// Installs packages of the operating system with apt; only root gets here.
pub(crate) fn install(packages: &[&str], cache: &Path, advice: &str) -> Result<(), Failure> {
    let start = Instant::now();
    eprintln!("system packages are missing: installing {}, about 2 minutes", packages.join(" "));
    let step = |doing: &str, arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        // A machine that has just started is often busy with its own updates: wait for them.
        command.args(["-o", "DPkg::Lock::Timeout=300"]).args(arguments);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        let (doing, log, advice) = (doing.to_owned(), cache.join("packages.log"), advice.to_owned());
        Step { doing, command, log, advice }.run()
    };
    if let Err(failure) = step("updating the package lists", &["update"]) {
        // The source that does not answer need not be the one that has our packages.
        eprintln!("{}\n  going on with the package lists as they are", failure.message);
    }
    step("installing system packages", &[&["install", "-y", "--no-install-recommends"], packages].concat())?;
    eprintln!("  done in {}", spoken(start.elapsed()));
    Ok(())
}

/// The packages that bring `needs`, each once.
pub(crate) fn bringing(system: System, needs: &[Need]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for package in needs.iter().flat_map(|&need| of(need, system)) {
        if !packages.contains(package) {
            packages.push(*package);
        }
    }
    packages
}

/// The packages that bring `need`.
fn of(need: Need, system: System) -> &'static [&'static str] {
    match system {
        System::Debian | System::Ubuntu => on_debian(need),
        System::Fedora => on_fedora(need),
        System::Arch => on_arch(need),
        System::Mac => on_mac(need),
        System::Windows => on_windows(need),
        System::Other => &[],
    }
}

fn on_debian(need: Need) -> &'static [&'static str] {
    match need {
        Need::Compiler => &["gcc", "libc6-dev"],
        Need::Node => &["nodejs"],
        Need::Npm => &["npm"],
        Need::Chromium => &["chromium"],
        Need::ChromeDriver => &["chromium-driver"],
        Need::Firefox => &["firefox-esr"],
        Need::WebKitDriver | Need::MiniBrowser => &["webkit2gtk-driver"],
        Need::Xvfb => &["xvfb", "xauth"],
        Need::Xauth => &["xauth"],
        Need::Fonts => &["fonts-noto-cjk"],
        Need::Java => &["default-jre-headless"],
        Need::Nginx => &["nginx"],
        Need::Caddy => &["caddy"],
        // The program and its modules, without the service and its settings.
        Need::Apache => &["apache2-bin"],
        Need::Valgrind => &["valgrind"],
        Need::LatinFonts => &["fonts-noto-core"],
    }
}

fn on_fedora(need: Need) -> &'static [&'static str] {
    match need {
        Need::Compiler => &["gcc"],
        Need::Node => &["nodejs"],
        Need::Npm => &["nodejs-npm"],
        Need::Chromium => &["chromium"],
        Need::ChromeDriver => &["chromedriver"],
        Need::Firefox => &["firefox"],
        Need::WebKitDriver | Need::MiniBrowser => &["webkitgtk6.0"],
        Need::Xvfb => &["xorg-x11-server-Xvfb"],
        Need::Xauth => &["xorg-x11-xauth"],
        Need::Fonts => &["google-noto-sans-cjk-fonts"],
        Need::Java => &["java-latest-openjdk-headless"],
        Need::Nginx => &["nginx"],
        Need::Caddy => &["caddy"],
        Need::Apache => &["httpd"],
        Need::Valgrind => &["valgrind"],
        Need::LatinFonts => &["google-noto-sans-fonts"],
    }
}

fn on_arch(need: Need) -> &'static [&'static str] {
    match need {
        Need::Compiler => &["gcc"],
        Need::Node => &["nodejs"],
        Need::Npm => &["npm"],
        Need::Chromium | Need::ChromeDriver => &["chromium"],
        Need::Firefox => &["firefox"],
        Need::WebKitDriver | Need::MiniBrowser => &["webkitgtk-6.0"],
        Need::Xvfb => &["xorg-server-xvfb"],
        Need::Xauth => &["xorg-xauth"],
        Need::Fonts => &["noto-fonts-cjk"],
        Need::Java => &["jre-openjdk-headless"],
        Need::Nginx => &["nginx"],
        Need::Caddy => &["caddy"],
        Need::Apache => &["apache"],
        Need::Valgrind => &["valgrind"],
        Need::LatinFonts => &["noto-fonts"],
    }
}

fn on_mac(need: Need) -> &'static [&'static str] {
    match need {
        Need::Node | Need::Npm => &["node"],
        Need::Chromium => &["google-chrome"],
        Need::ChromeDriver => &["chromedriver"],
        Need::Firefox => &["firefox"],
        Need::Java => &["openjdk"],
        Need::Nginx => &["nginx"],
        Need::Caddy => &["caddy"],
        Need::Apache => &["httpd"],
        _ => &[],
    }
}

fn on_windows(need: Need) -> &'static [&'static str] {
    match need {
        Need::Node | Need::Npm => &["OpenJS.NodeJS.LTS"],
        Need::Chromium => &["Google.Chrome"],
        Need::ChromeDriver => &["Chromium.ChromeDriver"],
        Need::Firefox => &["Mozilla.Firefox"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs;
    use crate::tools::Purpose;

    #[test]
    fn a_package_that_brings_two_things_is_named_once() {
        assert_eq!(bringing(System::Debian, &[Need::WebKitDriver, Need::MiniBrowser]), ["webkit2gtk-driver"]);
    }

    #[test]
    fn debian_has_a_package_for_everything_that_can_be_missing() {
        for need in needs::for_setup(Purpose::Tests) {
            assert!(!of(need, System::Debian).is_empty(), "{need:?}");
        }
    }
}
