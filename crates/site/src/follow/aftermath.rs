//! The command that follows a change. One that fails is due again at the next time.

use editorial::diagnostics::Failure;
use tokio::process::Command;

/// The command, and whether it is due.
pub(super) struct Aftermath<'a> {
    command: Option<&'a str>,
    /// At the start it is: nobody knows what changed before.
    pub(super) is_due: bool,
}

impl<'a> Aftermath<'a> {
    /// A command of the shell; `None` where nothing follows.
    pub(super) fn new(command: Option<&'a str>) -> Self {
        Self {
            command,
            is_due: true,
        }
    }

    /// Runs the command where it is due, and waits for its end.
    ///
    /// # Errors
    /// Where it fails.
    pub(super) async fn run(&mut self) -> Result<(), Failure> {
        let Some(command) = self.command.filter(|_| self.is_due) else {
            return Ok(());
        };
        let status = shell(command)
            .status()
            .await
            .map_err(|error| Failure::new(format!("`{command}` does not start: {error}")))?;
        if status.success() {
            self.is_due = false;
            return Ok(());
        }
        let how = status
            .code()
            .map_or("was ended".to_owned(), |code| format!("ended with {code}"));
        Err(Failure::new(format!("`{command}` {how}")))
    }
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    // Ctrl-C is for this process, which waits for the command.
    shell.process_group(0);
    shell
}

#[cfg(not(unix))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.args(["/C", command]);
    shell
}
