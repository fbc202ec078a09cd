//! The native tool, compiled while other things go on, and used by Trunk's hook.
//!
//! What is compiled for the tests has other features than what is compiled for the tool alone, because tests ask for more
//! of some dependencies. So that nothing is compiled twice, the hook compiles just what the task at hand compiles as well.

use std::env;
use std::path::Path;
use std::process::{Child, Command};

use crate::failure::Failure;
use crate::process::{self, run_in_view};
use crate::project::Project;

/// Tells the hook that the tests are compiled too: the variable, and its value.
const FOR_TESTS: (&str, &str) = ("PORTAL_COMPILED_FOR", "tests");

/// What the native tool is compiled for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Native {
    /// To be run.
    Tool,
    /// To be run, and to be tested.
    Tests,
}

impl Native {
    /// What this process was started for: the hook has it from the task that began the build.
    pub(crate) fn of_environment() -> Self {
        let (name, tests) = FOR_TESTS;
        if env::var_os(name).is_some_and(|value| value == tests) { Self::Tests } else { Self::Tool }
    }

    /// Hands it on to a command that calls the hook.
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

    /// Compiles it, in view.
    pub(crate) fn compile(self, project: &Project) -> Result<(), Failure> {
        run_in_view(&mut project.cargo(self.arguments()))
    }

    /// Begins to compile it, while the person is told about other things.
    pub(crate) fn begin(self, project: &Project) -> Result<Compiling, Failure> {
        let mut command = project.cargo(self.arguments());
        command.arg("--quiet");
        let line = process::line(&command);
        eprintln!("running {line}, meanwhile:");
        let child = command.spawn().map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
        Ok(Compiling { child: Some(child), line })
    }

    /// Whether there is one. What serves a site does so as well if it is older than the sources.
    pub(crate) fn is_compiled(project: &Project) -> bool {
        Path::new(Self::program(project).get_program()).is_file()
    }

    /// The program, once it is compiled.
    pub(crate) fn program(project: &Project) -> Command {
        let program = project.target().join("debug").join(format!("site{}", env::consts::EXE_SUFFIX));
        let mut command = Command::new(program);
        command.current_dir(&project.root);
        command
    }
}

/// A compiler at work. It is stopped where nobody waits for it.
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
