//! Packages of the operating system: their names on each, and their installation with apt.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::failure::Failure;
use crate::process::{Step, spoken};
use crate::requirements::Requirement;
use crate::system::System;

/// A package that is tried with another one, and what becomes of it where it is not to be had. Not
/// every release of Debian and what is made of it has it.
const WELCOME: (&str, &str, &str) = (
    "chromium",
    "chromium-headless-shell",
    "the tests run in Chromium itself, which takes longer",
);

/// Installs packages of the operating system with apt; only root gets here.
pub(crate) fn install(packages: &[&str], cache: &Path, advice: &str) -> Result<(), Failure> {
    let start = Instant::now();
    eprintln!(
        "system packages are missing: installing {}, about 2 minutes",
        packages.join(" ")
    );
    let step = |doing: &str, arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        // A machine that has just started is often busy with its own updates: wait for them.
        command
            .args(["-o", "DPkg::Lock::Timeout=300"])
            .args(arguments);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        let (doing, log, advice) = (
            doing.to_owned(),
            cache.join("packages.log"),
            advice.to_owned(),
        );
        Step {
            doing,
            command,
            log,
            advice,
        }
        .run()
    };
    if let Err(failure) = step("updating the package lists", &["update"]) {
        // The source that does not answer need not be the one that has our packages.
        eprintln!(
            "{}\n  going on with the package lists as they are",
            failure.message
        );
    }
    step(
        "installing system packages",
        &[&["install", "-y", "--no-install-recommends"], packages].concat(),
    )?;
    let (with, welcome, otherwise) = WELCOME;
    let install = ["install", "-y", "--no-install-recommends", welcome];
    if packages.contains(&with) && step("installing what makes tests quicker", &install).is_err() {
        eprintln!("  {welcome} is not to be had here: {otherwise}");
    }
    eprintln!("  done in {}", spoken(start.elapsed()));
    Ok(())
}

/// The packages that bring `requirements`, each once.
pub(crate) fn bringing(system: System, requirements: &[Requirement]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for package in requirements
        .iter()
        .flat_map(|&requirement| of(requirement, system))
    {
        if !packages.contains(package) {
            packages.push(*package);
        }
    }
    packages
}

/// The packages that bring `requirement`.
fn of(requirement: Requirement, system: System) -> &'static [&'static str] {
    match system {
        System::Debian | System::Ubuntu => on_debian(requirement),
        System::Fedora => on_fedora(requirement),
        System::Arch => on_arch(requirement),
        System::Mac => on_mac(requirement),
        System::Windows => on_windows(requirement),
        System::Other => &[],
    }
}

fn on_debian(requirement: Requirement) -> &'static [&'static str] {
    match requirement {
        Requirement::Compiler => &["gcc", "libc6-dev"],
        Requirement::Node => &["nodejs"],
        Requirement::Npm => &["npm"],
        Requirement::Chromium => &["chromium"],
        Requirement::ChromeDriver => &["chromium-driver"],
        Requirement::Firefox => &["firefox-esr"],
        Requirement::WebKitDriver | Requirement::MiniBrowser => &["webkit2gtk-driver"],
        Requirement::Xvfb => &["xvfb", "xauth"],
        Requirement::Xauth => &["xauth"],
        Requirement::Fonts => &["fonts-noto-cjk"],
        Requirement::Java => &["default-jre-headless"],
        Requirement::Nginx => &["nginx"],
        Requirement::Caddy => &["caddy"],
        // The program and its modules, without the service and its settings.
        Requirement::Apache => &["apache2-bin"],
        Requirement::Valgrind => &["valgrind"],
        Requirement::CxxCompiler => &["g++"],
        Requirement::Make => &["make"],
        Requirement::Python => &["python3"],
        Requirement::Pip => &["python3-pip"],
        Requirement::LatinFonts => &["fonts-noto-core"],
        Requirement::Php => &["php-cli"],
        // The program, without the service and its settings.
        Requirement::MariaDb => &["mariadb-server-core"],
        // Without Apache's program it would bring Apache's service.
        Requirement::WordPress => &["wordpress", "apache2-bin"],
        Requirement::GoAccess => &["goaccess"],
        Requirement::Postgres => &["postgresql"],
    }
}

fn on_fedora(requirement: Requirement) -> &'static [&'static str] {
    match requirement {
        Requirement::Compiler => &["gcc"],
        Requirement::Node => &["nodejs"],
        Requirement::Npm => &["nodejs-npm"],
        Requirement::Chromium => &["chromium"],
        Requirement::ChromeDriver => &["chromedriver"],
        Requirement::Firefox => &["firefox"],
        Requirement::WebKitDriver | Requirement::MiniBrowser => &["webkitgtk6.0"],
        Requirement::Xvfb => &["xorg-x11-server-Xvfb"],
        Requirement::Xauth => &["xorg-x11-xauth"],
        Requirement::Fonts => &["google-noto-sans-cjk-fonts"],
        Requirement::Java => &["java-latest-openjdk-headless"],
        Requirement::Nginx => &["nginx"],
        Requirement::Caddy => &["caddy"],
        Requirement::Apache => &["httpd"],
        Requirement::Valgrind => &["valgrind"],
        Requirement::CxxCompiler => &["gcc-c++"],
        Requirement::Make => &["make"],
        Requirement::Python => &["python3"],
        Requirement::Pip => &["python3-pip"],
        Requirement::LatinFonts => &["google-noto-sans-fonts"],
        Requirement::Php => &["php-cli"],
        Requirement::MariaDb => &["mariadb-server"],
        Requirement::WordPress => &["wordpress"],
        Requirement::GoAccess => &["goaccess"],
        Requirement::Postgres => &["postgresql-server"],
    }
}

fn on_arch(requirement: Requirement) -> &'static [&'static str] {
    match requirement {
        Requirement::Compiler | Requirement::CxxCompiler => &["gcc"],
        Requirement::Node => &["nodejs"],
        Requirement::Npm => &["npm"],
        Requirement::Chromium | Requirement::ChromeDriver => &["chromium"],
        Requirement::Firefox => &["firefox"],
        Requirement::WebKitDriver | Requirement::MiniBrowser => &["webkitgtk-6.0"],
        Requirement::Xvfb => &["xorg-server-xvfb"],
        Requirement::Xauth => &["xorg-xauth"],
        Requirement::Fonts => &["noto-fonts-cjk"],
        Requirement::Java => &["jre-openjdk-headless"],
        Requirement::Nginx => &["nginx"],
        Requirement::Caddy => &["caddy"],
        Requirement::Apache => &["apache"],
        Requirement::Valgrind => &["valgrind"],
        Requirement::Make => &["make"],
        Requirement::Python => &["python"],
        Requirement::Pip => &["python-pip"],
        Requirement::LatinFonts => &["noto-fonts"],
        Requirement::Php => &["php", "php-gd"],
        Requirement::MariaDb => &["mariadb"],
        Requirement::WordPress => &["wordpress"],
        Requirement::GoAccess => &["goaccess"],
        Requirement::Postgres => &["postgresql"],
    }
}

fn on_mac(requirement: Requirement) -> &'static [&'static str] {
    match requirement {
        Requirement::Node | Requirement::Npm => &["node"],
        Requirement::Chromium => &["google-chrome"],
        Requirement::ChromeDriver => &["chromedriver"],
        Requirement::Firefox => &["firefox"],
        Requirement::Java => &["openjdk"],
        Requirement::Nginx => &["nginx"],
        Requirement::Caddy => &["caddy"],
        Requirement::Apache => &["httpd"],
        _ => &[],
    }
}

fn on_windows(requirement: Requirement) -> &'static [&'static str] {
    match requirement {
        Requirement::Node | Requirement::Npm => &["OpenJS.NodeJS.LTS"],
        Requirement::Chromium => &["Google.Chrome"],
        Requirement::ChromeDriver => &["Chromium.ChromeDriver"],
        Requirement::Firefox => &["Mozilla.Firefox"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requirements;
    use crate::tools::Purpose;

    #[test]
    fn a_package_that_brings_two_things_is_named_once() {
        assert_eq!(
            bringing(
                System::Debian,
                &[Requirement::WebKitDriver, Requirement::MiniBrowser]
            ),
            ["webkit2gtk-driver"]
        );
    }

    #[test]
    fn debian_has_a_package_for_everything_that_can_be_missing() {
        for requirement in requirements::for_setup(Purpose::Tests) {
            assert!(
                !of(requirement, System::Debian).is_empty(),
                "{requirement:?}"
            );
        }
    }
}
