//! The only module that writes to standard output and standard error.
//!
//! A command's result goes to standard output. An incomplete write, as on a full disk, is a
//! failure. A closed pipe is none: its reader has read as much as it wanted. Other messages go to
//! standard error, and failures there are ignored. `clippy.toml` and `main.rs` forbid printing
//! elsewhere.

use editorial::diagnostics::Failure;
use std::fmt;
use std::io::{self, ErrorKind, Write};

/// Prints a command's result as it is.
///
/// # Errors
/// Where standard output cannot be written.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that prints"
)]
pub(crate) fn stdout(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    judge(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Prints one line of a command's result.
///
/// # Errors
/// Where standard output cannot be written.
pub(crate) fn stdout_line(text: impl fmt::Display) -> Result<(), Failure> {
    stdout(&format!("{text}\n"))
}

/// Prints a message to standard error. A failed write is ignored: the result does not depend on it.
pub(crate) fn stderr(text: impl fmt::Display) {
    let mut error = io::stderr().lock();
    let _ = error
        .write_all(text.to_string().as_bytes())
        .and_then(|()| error.flush());
}

/// Prints what clap has to say: help, version or a usage error. Returns the exit code.
///
/// # Errors
/// Where standard output cannot be written.
pub(crate) fn usage(said: &clap::Error) -> Result<u8, Failure> {
    if said.use_stderr() {
        let _ = said.print();
        return Ok(2);
    }
    judge(said.print())?;
    stdout("").map(|()| 0)
}

/// Turns a failed write to standard output into a failure, but not a closed pipe.
fn judge(written: io::Result<()>) -> Result<(), Failure> {
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::new(format!(
            "could not write to standard output: {error}"
        ))
        .help("what was to be printed is not complete; make room and ask again")),
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
        assert!(
            said.starts_with("could not write to standard output: ") && said.contains("= help: "),
            "{said}"
        );
        assert!(failed(ErrorKind::BrokenPipe).is_ok());
    }
}
