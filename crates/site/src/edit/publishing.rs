//! Publishing from the desk: check and build in the background, with what is under way and what
//! became of it.

use super::running::{NotRun, run};
use crate::build;
use crate::build::options::Options;
use crate::output::{back, has_former};
use crate::stages::Stages;
use ::desk::remark::{self, Remark};
use editorial::clock;
use editorial::diagnostics::{Failure, Refusal, Stop};
use model::Lang;
use serde::Serialize;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long the operator's command may take.
const PATIENCE: Duration = Duration::from_secs(60 * 60);

/// What is under way, and what became of the last time.
#[derive(Clone, Default)]
pub(super) struct Publishing {
    now: Arc<Mutex<Progress>>,
    /// The program that follows, with its arguments.
    command: Option<Vec<String>>,
}

/// How far it is.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Progress {
    /// Whether it is under way.
    running: bool,
    /// The stage that is under way, how many things it has done, and what they are.
    stage: Option<(&'static str, usize, &'static str)>,
    /// What became of the last time.
    outcome: Option<Outcome>,
    /// Whether there is a former site to be brought back.
    has_former: bool,
}

/// What became of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Outcome {
    /// The site is there.
    Published {
        /// The folder.
        folder: String,
        /// How many pages it has.
        pages: usize,
        /// How many files are new or changed.
        written: usize,
        /// How many warnings there are.
        warnings: usize,
        /// What became of the operator's command, where there is one.
        command: Option<Followed>,
    },
    /// The content has mistakes; the last site stays as it was.
    Refused {
        /// The messages.
        remarks: Vec<Remark>,
    },
    /// It could not be done; the last site stays as it was.
    Failed {
        /// Why.
        message: String,
    },
}

/// What became of the operator's command.
#[derive(Clone, Debug, Serialize)]
struct Followed {
    /// Its program.
    program: String,
    /// Whether it says that it succeeded.
    is_good: bool,
    /// The end of what it said.
    output: String,
}

impl Progress {
    /// The same with its messages in a language.
    pub(super) fn in_lang(mut self, lang: Lang) -> Self {
        if let Some(Outcome::Refused { remarks }) = &mut self.outcome {
            let said = std::mem::take(remarks).into_iter();
            *remarks = said.map(|remark| remark.in_lang(lang)).collect();
        }
        self
    }
}

impl Publishing {
    /// Publishing that is followed by a command.
    pub(super) fn followed_by(command: Option<Vec<String>>) -> Self {
        Self {
            command,
            ..Self::default()
        }
    }

    /// How far it is.
    pub(super) fn progress(&self, options: &Options) -> Progress {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        Progress {
            has_former: !now.running && options.place().is_ok_and(|place| has_former(&place)),
            ..now.clone()
        }
    }

    /// Brings the former site back.
    ///
    /// # Errors
    /// Where publishing is under way, or there is no former site.
    pub(super) fn back(&self, options: &Options) -> Result<(), Failure> {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if now.running {
            return Err(Failure::new("the portal is being published at this moment"));
        }
        back(&options.place()?)
    }

    /// Begins, unless it is under way already.
    pub(super) fn begin(&self, options: &Options) {
        {
            let mut progress = self.now.lock().unwrap_or_else(PoisonError::into_inner);
            if progress.running {
                return;
            }
            *progress = Progress {
                running: true,
                ..Progress::default()
            };
        }
        let (own, mut options) = (self.clone(), options.clone());
        options.selection.as_of = Some(clock::now());
        let begun = thread::Builder::new()
            .name("publishing".to_owned())
            .stack_size(8 << 20)
            .spawn(move || {
                let telling = own.clone();
                let mut stages = Stages::telling(Box::new(move |stage, things, of| {
                    telling.note(|progress| progress.stage = Some((stage, things, of)));
                }));
                let mut done = outcome(&options, &mut stages);
                if let Outcome::Published { command, .. } = &mut done {
                    *command = own.command.as_deref().and_then(|words| own.follow(words));
                }
                own.end(done);
            });
        if let Err(error) = begun {
            self.end(Outcome::Failed {
                message: error.to_string(),
            });
        }
    }

    /// Runs the operator's command.
    fn follow(&self, words: &[String]) -> Option<Followed> {
        let (program, arguments) = words.split_first()?;
        self.note(|progress| progress.stage = Some(("command", 0, "")));
        let mut command = Command::new(program);
        command.args(arguments);
        let (is_good, output) = match run(command, b"", PATIENCE) {
            Ok(said) => (said.is_good, said.everything()),
            Err(NotRun::Missing) => (false, "there is no such program".to_owned()),
            Err(NotRun::Failed(why)) => (false, why),
        };
        Some(Followed {
            program: program.clone(),
            is_good,
            output,
        })
    }

    fn end(&self, outcome: Outcome) {
        self.note(|progress| {
            progress.running = false;
            progress.stage = None;
            progress.outcome = Some(outcome);
        });
    }

    fn note(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.now.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn outcome(options: &Options, stages: &mut Stages) -> Outcome {
    match build::build(options, stages) {
        Ok(summary) => Outcome::Published {
            folder: options.out.display().to_string(),
            pages: summary.pages,
            written: summary.written,
            warnings: summary.warnings,
            command: None,
        },
        Err(Stop::Refused(Refusal::Problems { problems, .. })) => Outcome::Refused {
            remarks: problems
                .iter()
                .map(|problem| remark::of(problem, &options.content, &mut |_| None))
                .collect(),
        },
        Err(Stop::Refused(Refusal::Sentence(message))) => Outcome::Failed { message },
        Err(Stop::Failed(failure)) => Outcome::Failed {
            message: failure.to_string(),
        },
    }
}
