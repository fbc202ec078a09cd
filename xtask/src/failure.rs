//! The failure of a task: a message for the person and an exit code for the shell.

/// The exit code for a wrong argument, or for something that the person has to do first.
const UNMET: u8 = 2;

/// The reason why a task stopped.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The exit code of the whole run, never 0.
    pub(crate) code: u8,
    /// The reason, and what to do about it. The first line is complete by itself.
    pub(crate) message: String,
}

impl Failure {
    /// The work failed.
    pub(crate) fn broken(message: impl Into<String>) -> Self {
        Self {
            code: 1,
            message: message.into(),
        }
    }

    /// Nothing was done: the arguments are wrong, or something is missing that only the person can
    /// supply.
    pub(crate) fn unmet(message: impl Into<String>) -> Self {
        Self {
            code: UNMET,
            message: message.into(),
        }
    }

    /// A command failed, and has said why. Its exit code becomes ours.
    pub(crate) fn of_command(line: &str, code: Option<i32>) -> Self {
        let ended = code.map_or_else(
            || "was stopped by a signal".to_owned(),
            |code| format!("failed with exit {code}"),
        );
        let code = code
            .and_then(|code| u8::try_from(code).ok())
            .filter(|&code| code != 0)
            .unwrap_or(1);
        Self {
            code,
            message: format!("`{line}` {ended}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_of_a_failed_command_is_kept() {
        assert_eq!(Failure::of_command("cargo test", Some(101)).code, 101);
    }

    #[test]
    fn a_stopped_command_or_an_odd_code_never_looks_like_success() {
        assert_eq!(Failure::of_command("cargo test", None).code, 1);
        assert_eq!(Failure::of_command("cargo test", Some(256)).code, 1);
    }
}
