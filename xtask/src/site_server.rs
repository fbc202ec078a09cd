//! `site serve` for measurements, with the headers of the published site.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use crate::failure::Failure;
use crate::project::Project;
use crate::{native, process};

/// A running `site serve`, which is stopped on drop.
pub(crate) struct SiteServer {
    program: Child,
    /// The address of the site, with a slash at its end.
    pub(crate) address: String,
}

impl SiteServer {
    /// Serves `dist/` at a free port.
    ///
    /// # Errors
    /// Where the tool does not compile, or does not say where it serves.
    pub(crate) fn start(project: &Project) -> Result<Self, Failure> {
        native::compile(project)?;
        let mut command = native::program(project);
        command
            .args(["serve", "--port", "0", "--dir"])
            .arg(project.dist())
            .stdout(Stdio::piped());
        let line = process::line(&command);
        let failure = |what: &str| Failure::broken(format!("`{line}` {what}"));
        let mut program = command
            .spawn()
            .map_err(|error| failure(&format!("does not start: {error}")))?;
        let mut said = String::new();
        if let Some(output) = program.stdout.take() {
            let _ = BufReader::new(output).read_line(&mut said);
        }
        let address = said
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .map(str::to_owned);
        let server = Self {
            program,
            address: address.unwrap_or_default(),
        };
        if server.address.is_empty() {
            Err(failure(&format!("does not say where it serves: {said}")))
        } else {
            Ok(server)
        }
    }
}

impl Drop for SiteServer {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
