//! The root folder in the syntax of each host. A folder can have almost any name. A name that the
//! syntax cannot express is refused, so that none becomes a rule.

use editorial::diagnostics::Failure;

/// The folder as a quoted string of nginx.
///
/// # Errors
/// Where its name has a `$`, which begins a variable in nginx and cannot be escaped.
pub(super) fn for_nginx(root: &str) -> Result<String, Failure> {
    sayable(root, "nginx", &['$'])?;
    Ok(format!(
        "\"{}\"",
        root.replace('\\', "\\\\").replace('"', "\\\"")
    ))
}

/// The folder as a quoted string of a Caddyfile.
///
/// # Errors
/// Where its name has characters of placeholders or of glob patterns: Caddy looks for files by
/// globs that begin with the folder.
pub(super) fn for_caddy(root: &str) -> Result<String, Failure> {
    sayable(root, "Caddy", &['{', '}', '*', '?', '[', ']', '\\'])?;
    Ok(format!("\"{}\"", root.replace('"', "\\\"")))
}

/// Refuses a folder with one of these characters or a control character in its name.
fn sayable(root: &str, host: &str, without: &[char]) -> Result<(), Failure> {
    let other = "give --root another folder, or a link to this one";
    if root.trim().is_empty() {
        return Err(Failure::new(format!(
            "--root names no folder; give it the one that {host} finds the site in"
        )));
    }
    match root.chars().find(|c| c.is_control() || without.contains(c)) {
        Some(c) => {
            let (c, root) = (c.escape_debug(), root.escape_debug());
            Err(Failure::new(format!(
                "{host} cannot be told of the folder \"{root}\", because of the {c} in it; {other}"
            )))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_quoted_as_its_host_reads_it() {
        for (root, nginx, caddy) in [
            ("/srv/portal", r#""/srv/portal""#, r#""/srv/portal""#),
            (
                "/srv/our portal; #1",
                r#""/srv/our portal; #1""#,
                r#""/srv/our portal; #1""#,
            ),
            ("/srv/cổng", r#""/srv/cổng""#, r#""/srv/cổng""#),
            (r#"/srv/a"b"#, r#""/srv/a\"b""#, r#""/srv/a\"b""#),
            ("/srv/it's", r#""/srv/it's""#, r#""/srv/it's""#),
            ("/srv/a`b", r#""/srv/a`b""#, r#""/srv/a`b""#),
        ] {
            assert_eq!(for_nginx(root).unwrap(), nginx);
            assert_eq!(for_caddy(root).unwrap(), caddy);
        }
        assert_eq!(for_nginx("/srv/{a}").unwrap(), "\"/srv/{a}\"");
        assert_eq!(for_nginx(r"C:\sites\").unwrap(), r#""C:\\sites\\""#);
        assert_eq!(for_caddy("/srv/$a").unwrap(), "\"/srv/$a\"");
    }

    #[test]
    fn a_folder_that_would_become_a_rule_is_refused_with_a_way_out() {
        for root in [
            "/srv/a\nb",
            "/srv/a\rb",
            "/srv/a\tb",
            "/srv/a\u{7f}",
            "/srv/a\u{85}b",
            "",
            " ",
        ] {
            for refused in [for_nginx(root), for_caddy(root)] {
                let said = refused.unwrap_err().to_string();
                assert!(
                    said.contains("--root") && said.contains("give ") && !said.contains('\n'),
                    "{root:?}: {said}"
                );
            }
        }
        for root in ["/srv/$uri", "/srv/${uri}", "/srv/a$"] {
            assert!(for_nginx(root).is_err(), "{root}");
        }
        for root in [
            "/srv/{env.HOME}",
            "/srv/{$HOME}",
            "/srv/}",
            "/srv/a\\",
            "/srv/*",
            "/srv/a?",
            "/srv/[a]",
        ] {
            assert!(for_caddy(root).is_err(), "{root}");
        }
    }
}
