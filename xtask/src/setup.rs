//! `cargo xtask setup`: looks at the machine, says what is missing, and installs it.
//!
//! Everything that only the person can supply is checked first, so that nothing stops half-way.

use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::failure::Failure;
use crate::process::spoken;
use crate::project::Project;
use crate::requirements::{self, Requirement};
use crate::system::Machine;
use crate::tools::{Purpose, State, Tool};
use crate::{cache, install, packages, remaining, toolchain, tools};

/// The tools of this checkout, all of them in the cache.
pub(crate) struct Ready {
    cache: PathBuf,
    tools: Vec<Tool>,
}

impl Ready {
    /// The folders to put in front of `PATH`.
    pub(crate) fn program_folders(&self) -> Vec<PathBuf> {
        ["trunk", "wasm-bindgen-cli", "binaryen"]
            .iter()
            .filter_map(|name| self.file(name))
            .filter_map(|program| program.parent().map(PathBuf::from))
            .collect()
    }

    /// The file of a tool that is used.
    pub(crate) fn file(&self, name: &str) -> Option<PathBuf> {
        let tool = self.tools.iter().find(|tool| tool.name == name)?;
        Some(tool.folder(&self.cache).join(&tool.file))
    }
}

/// Installs what is missing.
pub(crate) fn run(project: &Project, purpose: Purpose) -> Result<Ready, Failure> {
    let start = Instant::now();
    let mut plan = Plan::make(project, purpose)?;
    if plan.is_empty() {
        eprintln!("tools are ready");
    } else {
        plan.check_what_only_the_person_can_do()?;
        let _lock = cache::lock(&plan.cache)?;
        plan.prepare_the_system(purpose)?;
        // Another setup that held the lock may have done some of it, and wasm-opt runs only with
        // Node.js.
        plan.tools = unready(&plan.wanted, &plan.cache);
        plan.install_the_tools()?;
        eprintln!("tools are ready, after {}", spoken(start.elapsed()));
    }
    Ok(Ready {
        cache: plan.cache,
        tools: plan.wanted,
    })
}

/// Stops where something is missing that only the person can supply, and installs what a compiler
/// needs. Returns the tools that are missing: `run` installs them, while others compile.
pub(crate) fn prepare(project: &Project, purpose: Purpose) -> Result<Vec<Tool>, Failure> {
    let mut plan = Plan::make(project, purpose)?;
    plan.check_what_only_the_person_can_do()?;
    plan.requirements
        .retain(|requirement| requirements::FOR_BUILDING.contains(requirement));
    if plan.wasm || !plan.requirements.is_empty() {
        let _lock = cache::lock(&plan.cache)?;
        plan.prepare_the_system(Purpose::Build)?;
    }
    Ok(plan.tools.into_iter().map(|(tool, _)| tool).collect())
}

/// Says what `run` would install.
pub(crate) fn describe(project: &Project, purpose: Purpose) -> Result<(), Failure> {
    let plan = Plan::make(project, purpose)?;
    println!("tools are kept in {}", plan.cache.display());
    for line in plan.lines() {
        println!("{line}");
    }
    if plan.is_empty() {
        println!("nothing is missing");
    }
    plan.check_what_only_the_person_can_do()
}

/// Stops unless the machine has `requirements`.
pub(crate) fn require(requirements: &[Requirement]) -> Result<(), Failure> {
    let missing = requirements::missing(requirements);
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Failure::unmet(request(Machine::find(), &missing)))
    }
}

/// The parts that are missing on this machine.
struct Plan {
    machine: Machine,
    cache: PathBuf,
    wanted: Vec<Tool>,
    requirements: Vec<Requirement>,
    wasm: bool,
    tools: Vec<(Tool, State)>,
}

impl Plan {
    fn make(project: &Project, purpose: Purpose) -> Result<Self, Failure> {
        let cache = cache::folder()?;
        let wanted = tools::wanted(&project.lockfile()?, purpose)?;
        Ok(Self {
            machine: Machine::find(),
            requirements: requirements::missing(&requirements::for_setup(purpose)),
            wasm: !toolchain::has_wasm(project),
            tools: unready(&wanted, &cache),
            wanted,
            cache,
        })
    }

    fn is_empty(&self) -> bool {
        self.requirements.is_empty() && !self.wasm && self.tools.is_empty()
    }

    fn lines(&self) -> Vec<String> {
        let packages = packages::bringing(self.machine.system, &self.requirements).join(" ");
        let apt = (self.machine.installs_packages() && !packages.is_empty()).then(|| {
            format!("system packages are missing: installing {packages}, about 2 minutes")
        });
        let wasm = self.wasm.then(|| {
            format!(
                "the Rust target {} is missing: adding it, about 20 seconds",
                toolchain::WASM
            )
        });
        let tools = self
            .tools
            .iter()
            .map(|(tool, state)| announcement(tool, state));
        apt.into_iter().chain(wasm).chain(tools).collect()
    }

    /// Fails where something is missing that only the person can supply. Names all of it at once.
    fn check_what_only_the_person_can_do(&self) -> Result<(), Failure> {
        let ours = |requirement: &Requirement| {
            self.machine.installs_packages() && !requirement.is_misdirected()
        };
        let requirements: Vec<Requirement> = self
            .requirements
            .iter()
            .copied()
            .filter(|requirement| !ours(requirement))
            .collect();
        let mut requests = Vec::new();
        if !requirements.is_empty() {
            requests.push(request(self.machine, &requirements));
        }
        if self.wasm {
            requests.extend(
                toolchain::can_add(&format!("target {}", toolchain::WASM))
                    .err()
                    .map(|no| no.message),
            );
        }
        if requests.is_empty() {
            Ok(())
        } else {
            Err(Failure::unmet(requests.join("\n")))
        }
    }

    fn prepare_the_system(&self, purpose: Purpose) -> Result<(), Failure> {
        if !self.requirements.is_empty() {
            let advice = self.machine.advice(&self.requirements).join("\n       ");
            packages::install(
                &packages::bringing(self.machine.system, &self.requirements),
                &self.cache,
                &advice,
            )?;
            require(&requirements::for_setup(purpose))?;
        }
        if self.wasm {
            toolchain::add_wasm(&self.cache)?;
        }
        Ok(())
    }

    /// Installs the tools. Downloads run while other tools are compiled.
    fn install_the_tools(&self) -> Result<(), Failure> {
        let install = |compiled: bool| {
            let mut tools = self
                .tools
                .iter()
                .filter(|(tool, _)| tool.is_compiled() == compiled);
            tools.try_for_each(|(tool, state)| {
                eprintln!("{}", announcement(tool, state));
                install::install(tool, &self.cache)
            })
        };
        std::thread::scope(|scope| {
            let fetched = scope.spawn(|| install(false));
            let compiled = install(true);
            compiled.and(
                fetched
                    .join()
                    .unwrap_or_else(|_| Err(Failure::broken("installing the tools broke off"))),
            )
        })
    }
}

fn unready(wanted: &[Tool], cache: &Path) -> Vec<(Tool, State)> {
    let states = wanted
        .iter()
        .map(|tool| (tool.clone(), tool.state(&tool.folder(cache))));
    states.filter(|(_, state)| *state != State::Ready).collect()
}

fn announcement(tool: &Tool, state: &State) -> String {
    let (label, verb, about) = (tool.label(), tool.verb(), remaining::about(tool.work));
    match state {
        State::Broken(reason) => {
            format!("{label} has to be replaced ({reason}): {verb} it, {about}")
        }
        _ => format!("{label} is missing: {verb} it, {about}"),
    }
}

/// The message for a person who has to install something first.
fn request(machine: Machine, missing: &[Requirement]) -> String {
    let mut lines =
        vec!["this machine lacks some things that cannot be installed from here:".to_owned()];
    lines.extend(
        missing
            .iter()
            .map(|requirement| format!("  - {}", requirement.describe())),
    );
    let installable: Vec<Requirement> = missing
        .iter()
        .copied()
        .filter(|requirement| !requirement.is_misdirected())
        .collect();
    let advice = machine.advice(&installable);
    let next = if advice.is_empty() {
        "put that right, then run this again"
    } else {
        "run this, then try again:"
    };
    lines.push(next.to_owned());
    lines.extend(advice.iter().map(|command| format!("  {command}")));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::System;

    #[test]
    fn a_person_without_rights_is_told_everything_that_is_missing_and_one_command() {
        let machine = Machine {
            system: System::Debian,
            root: false,
        };
        assert_eq!(
            request(
                machine,
                &[Requirement::Node, Requirement::Npm, Requirement::Xvfb]
            ),
            "this machine lacks some things that cannot be installed from here:\n  \
             - Node.js (node), which runs wasm-opt\n  \
             - npm, which installs wasm-opt\n  \
             - xvfb-run\n\
             run this, then try again:\n  \
             sudo apt-get update\n  \
             sudo apt-get install -y --no-install-recommends nodejs npm xvfb xauth"
        );
    }

    #[test]
    fn on_an_unknown_system_the_list_has_to_do() {
        let machine = Machine {
            system: System::Other,
            root: true,
        };
        assert!(
            request(machine, &[Requirement::Node])
                .ends_with("wasm-opt\nput that right, then run this again")
        );
    }
}
