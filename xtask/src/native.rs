//! The native tool, `site`: compiling it, and running it.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::failure::Failure;
use crate::process::{Background, run_in_view};
use crate::project::Project;
use crate::tools::Purpose;

/// What cargo is asked for. Whoever needs the tests compiles them with the tool, in one go.
fn arguments(purpose: Purpose) -> &'static [&'static str] {
    match purpose {
        Purpose::Build | Purpose::Watch => &["build", "--package", "site"],
        Purpose::Tests => &["test", "--workspace", "--no-run"],
    }
}

/// Compiles it, in view.
///
/// # Errors
/// Where it does not compile.
pub(crate) fn compile(project: &Project) -> Result<(), Failure> {
    run_in_view(&mut project.cargo(arguments(Purpose::Build)))
}

/// Begins to compile it in the background.
///
/// # Errors
/// Where cargo cannot be run.
pub(crate) fn begin(project: &Project, purpose: Purpose) -> Result<Background, Failure> {
    let mut command = project.cargo(arguments(purpose));
    command.arg("--quiet");
    Background::begin(command)
}

/// Whether there is one, however old it is.
pub(crate) fn is_compiled(project: &Project) -> bool {
    Path::new(program(project).get_program()).is_file()
}

/// The compiled program, to be run in the root of the checkout.
pub(crate) fn program(project: &Project) -> Command {
    let program = project
        .target()
        .join("debug")
        .join(format!("site{}", env::consts::EXE_SUFFIX));
    let mut command = Command::new(program);
    command.current_dir(&project.root);
    command
}
