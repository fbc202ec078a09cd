//! The only way to standard output and standard error. What a command is asked for goes to standard output, whole or not
//! at all: where it cannot be written, as on a full disk, that is a failure. A pipe that somebody closed is none: whoever
//! reads only the beginning of a report has what they wanted. What is said besides goes to standard error, as far as it
//! can be written. `clippy.toml` and the head of `main.rs` keep every other way shut.

use editorial::diagnostics::Failure;
use std::fmt;
use std::io::{self, ErrorKind, Write};

/// Prints a command's result as it is.
///
/// # Errors
/// Where standard output takes no more.
#[expect(clippy::disallowed_methods, reason = "this is the one place that prints")]
pub(crate) fn result(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    judge(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Prints one line of a command's result.
///
/// # Errors
/// Where standard output takes no more.
pub(crate) fn line(text: impl fmt::Display) -> Result<(), Failure> {
    result(&format!("{text}\n"))
}

/// Says something besides the result. Where nobody can hear it, nothing is lost that was asked for.
pub(crate) fn aside(text: impl fmt::Display) {
    let mut error = io::stderr().lock();
    let _ = error.write_all(text.to_string().as_bytes()).and_then(|()| error.flush());
}

/// Prints what the reader of the command line has to say: its help, its version or a mistake. Returns the exit code.
///
/// # Errors
/// Where standard output takes no more.
pub(crate) fn usage(said: &clap::Error) -> Result<u8, Failure> {
    if said.use_stderr() {
        let _ = said.print();
        return Ok(2);
    }
    judge(said.print())?;
    result("").map(|()| 0)
}

/// What became of writing to standard output.
fn judge(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("could not write to standard output: {error}"))
                .help("what was to be printed is not complete; make room and ask again"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_a_failure_and_a_closed_pipe_is_none() {
        let failed = |kind| judge(Err(io::Error::from(kind)));
        let said = failed(ErrorKind::StorageFull).unwrap_err().to_string();
        assert!(said.starts_with("could not write to standard output: ") && said.contains("= help: "), "{said}");
        assert!(failed(ErrorKind::BrokenPipe).is_ok());
    }
}
