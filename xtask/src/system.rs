//! Which operating system this is, and how a person installs packages on it.

use std::fs;
use std::process::Command;

use crate::packages;
use crate::requirements::Requirement;

/// A family of operating systems with one way to install packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Debian and its derivatives.
    Debian,
    /// Ubuntu: apt as well, but its browsers are snaps.
    Ubuntu,
    /// Fedora and its relatives.
    Fedora,
    /// Arch and its relatives.
    Arch,
    /// macOS.
    Mac,
    /// Windows.
    Windows,
    /// Another system, for which there is no advice.
    Other,
}

/// The machine that the setup runs on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Machine {
    /// The system, and so the way to install packages.
    pub(crate) system: System,
    /// Whether we may install them ourselves.
    pub(crate) root: bool,
}

impl Machine {
    /// Looks at the machine.
    pub(crate) fn find() -> Self {
        let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
        Self {
            system: System::of(std::env::consts::OS, &release),
            root: is_root(),
        }
    }

    /// Whether `setup` installs packages here without asking anybody.
    pub(crate) fn installs_packages(self) -> bool {
        self.root && matches!(self.system, System::Debian | System::Ubuntu)
    }

    /// The commands with which a person gets `requirements`, each by itself.
    pub(crate) fn advice(self, requirements: &[Requirement]) -> Vec<String> {
        let packages = packages::bringing(self.system, requirements).join(" ");
        if requirements.is_empty() {
            return vec![];
        }
        let sudo = if self.root { "" } else { "sudo " };
        match self.system {
            System::Debian => apt_advice(sudo, &packages),
            System::Ubuntu => ubuntu_advice(sudo, requirements, &packages),
            System::Fedora => vec![format!("{sudo}dnf install {packages}")],
            System::Arch => vec![format!("{sudo}pacman -S --needed {packages}")],
            System::Mac => mac_advice(requirements, &packages),
            System::Windows => vec![format!("winget install {packages}")],
            System::Other => vec![],
        }
    }
}

impl System {
    fn of(os: &str, release: &str) -> Self {
        match os {
            "macos" => Self::Mac,
            "windows" => Self::Windows,
            _ => Self::of_release(release),
        }
    }

    /// Reads `ID` and `ID_LIKE` of /etc/os-release.
    fn of_release(release: &str) -> Self {
        let value = |key| {
            release
                .lines()
                .find_map(|line| line.strip_prefix(key))
                .unwrap_or_default()
                .replace('"', "")
        };
        let names = format!("{} {}", value("ID="), value("ID_LIKE="));
        // Ubuntu and its derivatives also name Debian, so Ubuntu comes first.
        let families = [
            ("ubuntu", Self::Ubuntu),
            ("debian", Self::Debian),
            ("fedora", Self::Fedora),
            ("arch", Self::Arch),
        ];
        let family = families
            .into_iter()
            .find(|(family, _)| names.split_whitespace().any(|name| name == *family));
        family.map_or(Self::Other, |(_, system)| system)
    }
}

fn apt_advice(sudo: &str, packages: &str) -> Vec<String> {
    vec![
        format!("{sudo}apt-get update"),
        format!("{sudo}apt-get install -y --no-install-recommends {packages}"),
    ]
}

/// Ubuntu's own browsers are snaps, which a driver often cannot start. Two archives have them as
/// packages.
fn ubuntu_advice(sudo: &str, requirements: &[Requirement], packages: &str) -> Vec<String> {
    let archives = [
        (Requirement::Firefox, "ppa:mozillateam/ppa"),
        (Requirement::Chromium, "ppa:xtradeb/apps"),
    ];
    let wanted = archives
        .iter()
        .filter(|(requirement, _)| requirements.contains(requirement));
    let add = wanted.map(|(_, archive)| format!("{sudo}add-apt-repository -y {archive}"));
    add.chain(apt_advice(sudo, packages)).collect()
}

fn mac_advice(requirements: &[Requirement], packages: &str) -> Vec<String> {
    let compiler = requirements
        .contains(&Requirement::Compiler)
        .then(|| "xcode-select --install".to_owned());
    let brew = (!packages.is_empty()).then(|| format!("brew install {packages}"));
    compiler.into_iter().chain(brew).collect()
}

/// Asks `id`, because the standard library does not know the user.
fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROWSERS: [Requirement; 3] = [
        Requirement::Chromium,
        Requirement::ChromeDriver,
        Requirement::Firefox,
    ];

    fn advice(system: System, root: bool, requirements: &[Requirement]) -> String {
        Machine { system, root }.advice(requirements).join(" && ")
    }

    #[test]
    fn a_system_is_known_by_its_release_file() {
        let table = [
            (
                "NAME=\"Debian\"\nVERSION_ID=\"12\"\nID=debian\n",
                System::Debian,
            ),
            ("ID=ubuntu\nID_LIKE=debian\n", System::Ubuntu),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", System::Ubuntu),
            ("ID=raspbian\nID_LIKE=debian\n", System::Debian),
            ("ID=fedora\n", System::Fedora),
            (
                "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n",
                System::Fedora,
            ),
            ("ID=manjaro\nID_LIKE=arch\n", System::Arch),
            ("ID=nixos\n", System::Other),
            ("", System::Other),
        ];
        for (release, system) in table {
            assert_eq!(System::of("linux", release), system, "{release}");
        }
        assert_eq!(System::of("macos", ""), System::Mac);
        assert_eq!(System::of("windows", ""), System::Windows);
    }

    #[test]
    fn each_system_gets_the_command_that_a_person_would_type() {
        let debian = "sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium chromium-driver firefox-esr";
        let table = [
            (System::Debian, debian),
            (
                System::Fedora,
                "sudo dnf install chromium chromedriver firefox",
            ),
            (System::Arch, "sudo pacman -S --needed chromium firefox"),
            (
                System::Mac,
                "brew install google-chrome chromedriver firefox",
            ),
            (System::Other, ""),
        ];
        for (system, command) in table {
            assert_eq!(advice(system, false, &BROWSERS), command, "{system:?}");
        }
    }

    #[test]
    fn ubuntu_is_told_where_browsers_that_are_not_snaps_come_from() {
        let advice = advice(System::Ubuntu, false, &BROWSERS);
        assert!(
            advice.starts_with("sudo add-apt-repository -y ppa:mozillateam/ppa"),
            "{advice}"
        );
        assert!(
            advice.ends_with(
                "install -y --no-install-recommends chromium chromium-driver firefox-esr"
            ),
            "{advice}"
        );
    }

    #[test]
    fn root_needs_no_sudo() {
        assert_eq!(
            advice(System::Fedora, true, &[Requirement::Node]),
            "dnf install nodejs"
        );
    }

    #[test]
    fn a_compiler_on_a_mac_does_not_come_from_brew() {
        assert_eq!(
            advice(System::Mac, false, &[Requirement::Compiler]),
            "xcode-select --install"
        );
    }

    #[test]
    fn packages_are_installed_unasked_only_by_root_and_only_with_apt() {
        let installs = |system, root| Machine { system, root }.installs_packages();
        assert!(installs(System::Debian, true) && installs(System::Ubuntu, true));
        assert!(!installs(System::Debian, false) && !installs(System::Fedora, true));
    }
}
