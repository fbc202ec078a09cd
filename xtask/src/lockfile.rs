//! Reads the version of a package from Cargo.lock.

/// The version of `package`; the first one if the lock file holds several.
pub(crate) fn version_of(package: &str, lockfile: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lockfile.lines().map(str::trim);
    lines.find(|line| *line == name)?;
    let version = lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCKFILE: &str = "\
version = 4

[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.53\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"registry\"
";

    #[test]
    fn the_version_is_that_of_the_package_with_exactly_this_name() {
        assert_eq!(
            version_of("wasm-bindgen", LOCKFILE).as_deref(),
            Some("0.2.130")
        );
    }

    #[test]
    fn a_package_that_is_not_there_has_no_version() {
        assert_eq!(version_of("wasm", LOCKFILE), None);
        assert_eq!(version_of("wasm-bindgen", ""), None);
    }

    #[test]
    fn lines_may_end_as_on_windows() {
        let lockfile = LOCKFILE.replace('\n', "\r\n");
        assert_eq!(
            version_of("wasm-bindgen", &lockfile).as_deref(),
            Some("0.2.130")
        );
    }
}
