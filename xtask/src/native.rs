//! Compiles the native tool, in the background of other work, and for Trunk's hook.
//!
//! Tests enable more features of some dependencies than the tool alone, so that one build cannot
//! serve both. To compile nothing twice, the hook compiles for the same purpose as the task that
//! started it.

use std::env;
use std::path::Path;
use std::process::{Child, Command};

use crate::failure::Failure;
use crate::process::{self, run_in_view};
use crate::project::Project;

/// The variable, and its value, that tells the hook to compile for the tests too.
const FOR_TESTS: (&str, &str) = ("PORTAL_COMPILED_FOR", "tests");

/// The purpose that the native tool is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Native {
    /// To be run.
    Tool,
    /// To be run, and to be tested.
    Tests,
}

impl Native {
    /// The purpose of the task that started this process.
    pub(crate) fn of_environment() -> Self {
        let (name, tests) = FOR_TESTS;
        if env::var_os(name).is_some_and(|value| value == tests) { Self::Tests } else { Self::Tool }
    }

    /// Passes the purpose on to a command that calls the hook.
    pub(crate) fn tell(self, command: &mut Command) {
        let (name, tests) = FOR_TESTS;
        match self {
            Self::Tests => command.env(name, tests),
            Self::Tool => command.env_remove(name),
        };
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Tool => &["build", "--package", "site"],
            Self::Tests => &["test", "--workspace", "--no-run"],
        }
    }

    /// Compiles the tool, with the output shown.
    pub(crate) fn compile(self, project: &Project) -> Result<(), Failure> {
        run_in_view(&mut project.cargo(self.arguments()))
    }

    /// Starts compiling the tool in the background.
    pub(crate) fn begin(self, project: &Project) -> Result<Compiling, Failure> {
        let mut command = project.cargo(self.arguments());
        command.arg("--quiet");
        let line = process::line(&command);
        eprintln!("running {line}, meanwhile:");
        let child = command.spawn().map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
        Ok(Compiling { child: Some(child), line })
    }

    /// Whether the program exists. It may be older than the sources: for serving a site that is
    /// enough.
    pub(crate) fn is_compiled(project: &Project) -> bool {
        Path::new(Self::program(project).get_program()).is_file()
    }

    /// The command that runs the compiled program.
    pub(crate) fn program(project: &Project) -> Command {
        let program = project.target().join("debug").join(format!("site{}", env::consts::EXE_SUFFIX));
        let mut command = Command::new(program);
        command.current_dir(&project.root);
        command
    }
}

/// A compiler that is running. It is stopped on drop, unless it was waited for.
pub(crate) struct Compiling {
    child: Option<Child>,
    line: String,
}

impl Compiling {
    /// Waits for its end.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        let ended = child.wait().map_err(|error| Failure::broken(format!("`{}`: {error}", self.line)))?;
        if ended.success() { Ok(()) } else { Err(Failure::of_command(&self.line, ended.code())) }
    }
}

impl Drop for Compiling {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
