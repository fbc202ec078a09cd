//! Publishing from the desk: check and build in the background, with what is under way and what
//! became of it.

use crate::build;
use crate::build::options::Options;
use crate::output::{back, has_former};
use crate::stages::Stages;
use ::desk::remark::{self, Remark};
use editorial::clock;
use editorial::diagnostics::{Failure, Refusal, Stop};
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What is under way, and what became of the last time.
#[derive(Clone, Default)]
pub(super) struct Publishing(Arc<Mutex<Progress>>);

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

impl Publishing {
    /// How far it is.
    pub(super) fn progress(&self, options: &Options) -> Progress {
        let now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
        let now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if now.running {
            return Err(Failure::new("the portal is being published at this moment"));
        }
        back(&options.place()?)
    }

    /// Begins, unless it is under way already.
    pub(super) fn begin(&self, options: &Options) {
        {
            let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
                let done = outcome(&options, &mut stages);
                own.end(done);
            });
        if let Err(error) = begun {
            self.end(Outcome::Failed {
                message: error.to_string(),
            });
        }
    }

    fn end(&self, outcome: Outcome) {
        self.note(|progress| {
            progress.running = false;
            progress.stage = None;
            progress.outcome = Some(outcome);
        });
    }

    fn note(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

fn outcome(options: &Options, stages: &mut Stages) -> Outcome {
    match build::build(options, stages) {
        Ok(summary) => Outcome::Published {
            folder: options.out.display().to_string(),
            pages: summary.pages,
            written: summary.written,
            warnings: summary.warnings,
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
