//! The path that a site stands under on its host.

use editorial::diagnostics::Failure;

/// Parses the path that a site stands under: `/`, or a path with a slash at both ends.
///
/// # Errors
/// Where the text is no absolute path, or has characters that a URL would have to escape.
pub(crate) fn path(public_url: &str) -> Result<String, Failure> {
    let plain = |segment: &str| {
        !segment.is_empty()
            && segment
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
            && !segment.bytes().all(|byte| byte == b'.')
    };
    let below = public_url.trim_matches('/');
    if public_url.starts_with('/') && (below.is_empty() || below.split('/').all(plain)) {
        return Ok(if below.is_empty() {
            "/".to_owned()
        } else {
            format!("/{below}/")
        });
    }
    Err(Failure::new(format!(
        "the public URL \"{public_url}\" is no path such as / or /portal/"
    )))
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn a_public_url_is_a_path_from_the_root_on() {
        for (given, expected) in [("/", "/"), ("/portal", "/portal/"), ("/a/b/", "/a/b/")] {
            assert_eq!(path(given).unwrap(), expected);
        }
        for bad in [
            "",
            "./",
            "portal/",
            "https://a.example/",
            "/a b/",
            "/a//b/",
            "/../",
            "/đ/",
        ] {
            assert!(path(bad).is_err(), "{bad} was taken for a path");
        }
    }
}
