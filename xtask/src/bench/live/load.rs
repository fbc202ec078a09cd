//! One measurement: wrk asks for the addresses in a list, from one processor.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde::{Deserialize, Serialize};

use crate::bench::folder::failed;
use crate::failure::Failure;
use crate::process;

/// What asks for pages.
pub(super) struct Load {
    /// The script for wrk.
    pub(super) script: PathBuf,
    /// The processor that it is pinned to.
    pub(super) core: usize,
    pub(super) connections: usize,
}

/// Addresses below a server, in a file of their own.
pub(super) struct List {
    file: PathBuf,
    pub(super) paths: Vec<String>,
}

/// What wrk measured. Times are in microseconds.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Measured {
    pub(super) requests: u64,
    pub(super) seconds: f64,
    pub(super) bytes: u64,
    pub(super) p50: u64,
    pub(super) p99: u64,
    pub(super) most: u64,
    /// Answers that are none of a page.
    pub(super) refused: u64,
    /// Connections that broke, and answers that did not come.
    pub(super) broken: u64,
}

impl List {
    /// Writes the list.
    pub(super) fn write(file: PathBuf, paths: Vec<String>) -> Result<Self, Failure> {
        let text = paths.iter().fold(String::new(), |mut text, path| {
            let _ = writeln!(text, "{path}");
            text
        });
        fs::write(&file, text).map_err(|error| failed("write", &file, &error))?;
        Ok(Self { file, paths })
    }
}

impl Load {
    /// Asks a server for the addresses of a list, after those that are passed over, and from the
    /// beginning again where the list ends.
    pub(super) fn run(
        &self,
        server: &str,
        list: &List,
        passed_over: u64,
        seconds: u64,
    ) -> Result<Measured, Failure> {
        let mut command = Command::new("taskset");
        command
            .args(["-c", &self.core.to_string(), "wrk", "--threads", "1"])
            .args(["--connections", &self.connections.to_string()])
            .args(["--duration", &format!("{seconds}s"), "--timeout", "30s"])
            .args(["--header", "Accept-Encoding: gzip, deflate, br"])
            .arg("--script")
            .arg(&self.script)
            .args([server, "--"])
            .arg(&list.file)
            .arg(passed_over.to_string());
        let said = process::stdout_of(&mut command)
            .ok_or_else(|| Failure::broken(format!("`{}` failed", process::line(&command))))?;
        let measured = read(&said)?;
        if measured.requests == 0 || measured.refused + measured.broken > 0 {
            return Err(Failure::broken(format!(
                "{server} did not answer everything: {} requests, {} refused, {} broken",
                measured.requests, measured.refused, measured.broken
            )));
        }
        Ok(measured)
    }
}

impl Measured {
    pub(super) fn rate(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let requests = self.requests as f64;
        requests / self.seconds
    }
}

/// The last line of wrk's output is ours.
fn read(said: &str) -> Result<Measured, Failure> {
    let line = said.lines().last().unwrap_or_default();
    serde_json::from_str(line).map_err(|_| Failure::broken(format!("wrk said {said}")))
}

/// Where a program stands that has to be there.
pub(super) fn require(program: &str, package: &str) -> Result<PathBuf, Failure> {
    crate::search_path::find(&[program]).ok_or_else(|| {
        Failure::unmet(format!(
            "there is no {program}: install the package {package}"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_measurement() {
        let line = r#"{"requests":10,"seconds":2.000000,"bytes":9,"p50":1,"p99":2,"most":3,"refused":0,"broken":0}"#;
        let measured = read(&format!("Running 2s test\n  10 requests\n{line}\n")).unwrap();
        assert!((measured.rate() - 5.0).abs() < f64::EPSILON);
        assert_eq!((measured.p50, measured.p99, measured.most), (1, 2, 3));
        assert!(read("unable to connect").is_err());
    }
}
