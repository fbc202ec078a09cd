//! Publishing from the desk: check and build in the background, with what is under way and what
//! became of it.

use super::running::{NotRun, run};
use super::snapshot::Snapshot;
use crate::build;
use crate::build::options::Options;
use crate::output::{back, has_former};
use crate::stages::Stages;
use ::desk::place::Place;
use ::desk::remark::{self, Remark};
use editorial::clock;
use editorial::diagnostics::{Failure, Message, Problem, Refusal, Stop, why};
use editorial::message;
use model::Lang;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long the operator's command may take.
const PATIENCE: Duration = Duration::from_secs(60 * 60);

/// What is under way, and what became of the last time.
#[derive(Clone)]
pub(super) struct Publishing {
    now: Arc<Mutex<Progress>>,
    /// The program that follows, with its arguments.
    command: Option<Vec<String>>,
    /// The content as it was published last.
    snapshot: Arc<Snapshot>,
}

/// What is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    /// Everything that is saved.
    #[default]
    Everything,
    /// What was published last, with the notices that are saved.
    Notices,
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
    /// Whether notices can be published alone: it is known what was published last.
    can_alone: bool,
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
        /// What of the content it is.
        what: What,
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
        message: Message,
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
    /// Why it was not run to its end.
    #[serde(skip)]
    not_run: Option<Message>,
}

impl Progress {
    /// The same with its messages in a language.
    pub(super) fn in_lang(mut self, lang: Lang) -> Self {
        match &mut self.outcome {
            Some(Outcome::Refused { remarks }) => {
                let said = std::mem::take(remarks).into_iter();
                *remarks = said.map(|remark| remark.in_lang(lang)).collect();
            }
            Some(Outcome::Failed { message }) => *message = message.clone().translated(lang),
            Some(Outcome::Published {
                command: Some(followed),
                ..
            }) => {
                if let Some(why) = &followed.not_run {
                    followed.output = why.in_lang(lang);
                }
            }
            _ => {}
        }
        self
    }
}

impl Publishing {
    /// Publishing that is followed by a command, and keeps what was published in a folder.
    pub(super) fn followed_by(command: Option<Vec<String>>, kept: PathBuf) -> Self {
        Self {
            now: Arc::default(),
            command,
            snapshot: Arc::new(Snapshot::new(kept)),
        }
    }

    /// How far it is.
    pub(super) fn progress(&self, options: &Options) -> Progress {
        let now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let place = options.place().ok().filter(|_| !now.running);
        Progress {
            has_former: place.as_ref().is_some_and(|place| has_former(place)),
            can_alone: place.is_some_and(|place| self.snapshot.is_of(&place)),
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
            return Err(Failure::said(message!(
                "the portal is being published at this moment"
            )));
        }
        back(&options.place()?)
    }

    /// Begins, unless it is under way already.
    pub(super) fn begin(&self, options: &Options, what: What) {
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
                let mut done = own.publish(&options, what, &mut stages);
                if let Outcome::Published { command, .. } = &mut done {
                    *command = own.command.as_deref().and_then(|words| own.follow(words));
                }
                own.end(done);
            });
        if let Err(error) = begun {
            self.end(Outcome::Failed {
                message: why(&error),
            });
        }
    }

    /// Publishes. What was published is kept, so that a notice need not wait for other content.
    fn publish(&self, options: &Options, what: What, stages: &mut Stages) -> Outcome {
        let place = match options.place() {
            Ok(place) => place,
            Err(failure) => return Outcome::failed(&failure),
        };
        let (done, kept) = match what {
            What::Everything => {
                let done = outcome(options, what, stages);
                let keep = || self.snapshot.take(&options.content, &place);
                let kept = done.is_published().then(keep);
                (done, kept)
            }
            What::Notices => match self.snapshot.with_notices(options, &place) {
                Ok(alone) => {
                    let done = outcome(&alone, what, stages);
                    let keep = || self.snapshot.settle(&alone, &place);
                    let kept = done.is_published().then(keep);
                    (done, kept)
                }
                Err(failure) => return Outcome::failed(&failure),
            },
        };
        // Where it cannot be kept, the next notice comes with everything else, and nothing is lost.
        if let Some(Err(_)) = kept {
            self.snapshot.forget();
        }
        done
    }

    /// Runs the operator's command.
    fn follow(&self, words: &[String]) -> Option<Followed> {
        let (program, arguments) = words.split_first()?;
        self.note(|progress| progress.stage = Some(("command", 0, "")));
        let mut command = Command::new(program);
        command.args(arguments);
        let (is_good, output, not_run) = match run(command, b"", PATIENCE) {
            Ok(said) => (said.is_good, said.everything(), None),
            Err(NotRun::Missing) => (
                false,
                String::new(),
                Some(message!("there is no such program")),
            ),
            Err(NotRun::Failed(why)) => (false, String::new(), Some(why)),
        };
        Some(Followed {
            program: program.clone(),
            is_good,
            output,
            not_run,
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

impl Outcome {
    fn is_published(&self) -> bool {
        matches!(self, Self::Published { .. })
    }

    fn failed(failure: &Failure) -> Self {
        Self::Failed {
            message: failure.message(),
        }
    }
}

/// What `site check` says of content that is refused, each at its field.
pub(super) fn remarks(problems: &[Problem], content: &Path) -> Vec<Remark> {
    let on_disk = &mut |place: &Place| fs::read_to_string(place.file(content)).ok();
    problems
        .iter()
        .map(|problem| remark::of(problem, content, on_disk))
        .collect()
}

fn outcome(options: &Options, what: What, stages: &mut Stages) -> Outcome {
    match build::build(options, stages) {
        Ok(summary) => Outcome::Published {
            folder: options.out.display().to_string(),
            pages: summary.pages,
            written: summary.written,
            warnings: summary.warnings,
            what,
            command: None,
        },
        Err(Stop::Refused(Refusal::Problems { problems, .. })) => Outcome::Refused {
            remarks: remarks(&problems, &options.content),
        },
        Err(Stop::Refused(Refusal::Sentence(message))) => Outcome::Failed { message },
        Err(Stop::Failed(failure)) => Outcome::failed(&failure),
    }
}
