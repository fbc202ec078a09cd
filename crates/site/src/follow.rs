//! Follows a CMS: syncs again and again, and when the CMS calls, until it is told to stop.
//!
//! Nothing that fails ends it: what is wrong is said once, and tried again after pauses that grow. A
//! change is one line, and what was said before is not said again. Only one sync runs at a time;
//! calls that come meanwhile are one more sync after it.

mod aftermath;
mod hooks;
mod remarks;
mod signature;
mod stop;

use ::sources::{Interrupt, SyncArguments, Synced, sync_until};
use aftermath::Aftermath;
use editorial::diagnostics::Failure;
use remarks::Remarks;
pub(crate) use remarks::{Remark, Say, aloud};
use signature::Secret;
use std::cell::Cell;
use std::env;
use std::net::SocketAddr;
use std::time::Duration;
use stop::Stop;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};

/// How long calls are gathered before a sync: a CMS often calls several times for one click.
const GATHERED: Duration = Duration::from_secs(1);

/// The first pause after something failed, where no other is asked for, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(15 * 60));

/// How long a sync that only asks the CMS may take to stop. One that writes finishes its article.
const FAREWELL: Duration = Duration::from_secs(3);

/// When there is a sync, and what follows it.
pub(crate) struct Follow {
    /// The pause between two syncs; `None` where only calls start one.
    every: Option<Duration>,
    /// Where calls come in, and what they have to know.
    calls: Option<(SocketAddr, Secret)>,
    /// The command after a change.
    then: Option<String>,
    /// Says what happens.
    say: Say,
}

impl Follow {
    /// What the arguments ask for; `None` where they ask for a single sync.
    ///
    /// # Errors
    /// Where there is no good secret, or nothing that a command could follow.
    pub(crate) fn new(
        every: Option<Duration>,
        listen: Option<SocketAddr>,
        variable: &str,
        then: Option<&str>,
        say: Say,
    ) -> Result<Option<Self>, Failure> {
        let calls = listen
            .map(|address| {
                let secret = Secret::new(&env::var(variable).unwrap_or_default());
                secret.map(|secret| (address, secret)).ok_or_else(|| {
                    Failure::new(format!(
                        "the environment variable {variable} has to hold the secret of the webhooks: {} characters or more",
                        Secret::LEAST
                    ))
                    .help("`openssl rand -hex 32` makes one; give it to the CMS as well")
                })
            })
            .transpose()?;
        if every.is_none() && calls.is_none() {
            return match then {
                Some(_) => Err(Failure::new("--then needs --watch or --listen")
                    .help("after a single sync, write `site sync && site build`")),
                None => Ok(None),
            };
        }
        Ok(Some(Self {
            every,
            calls,
            then: then.map(str::to_owned),
            say,
        }))
    }

    /// The pause before the next sync; `None` where only a call starts one.
    fn pause(&self, failed: u32) -> Option<Duration> {
        if failed == 0 {
            return self.every;
        }
        let first = self.every.unwrap_or(PAUSES.0);
        let longest = PAUSES.1.max(first);
        Some(first.saturating_mul(1 << (failed - 1).min(16)).min(longest))
    }
}

/// Follows the CMS until the process is told to stop.
///
/// # Errors
/// Where the address of the calls is taken, or nothing can be printed.
pub(crate) fn follow(arguments: &SyncArguments, follow: &Follow) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("could not begin: {error}")))?;
    let done = runtime.block_on(following(arguments, follow));
    // A request to the CMS that is not answered yet keeps nobody.
    runtime.shutdown_background();
    done
}

/// The same within a process that does something else as well.
///
/// # Errors
/// Those of [`follow`].
pub(crate) async fn following(arguments: &SyncArguments, follow: &Follow) -> Result<(), Failure> {
    let interrupt = Interrupt::default();
    let mut stop = Stop::new()?;
    let (call, calls) = watch::channel(0);
    if let Some((address, secret)) = &follow.calls {
        let failure = |error: std::io::Error| {
            Failure::new(format!("cannot take webhooks at {address}: {error}"))
                .help("choose another port, such as 127.0.0.1:8099")
        };
        let listener = TcpListener::bind(address).await.map_err(failure)?;
        let address = listener.local_addr().map_err(failure)?;
        let said = format!("webhooks are taken at http://{address}{}\n", hooks::PATH);
        (follow.say)(Remark::News, &said)?;
        tokio::spawn(hooks::receive(listener, secret.clone(), call.clone()));
    }
    let is_busy = Cell::new(false);
    let all = rounds(arguments, follow, &interrupt, calls, &is_busy);
    tokio::pin!(all);
    tokio::select! {
        done = &mut all => return done,
        () = stop.wanted() => interrupt.ask(),
    }
    // The article that is being written is finished, and the command as well.
    loop {
        tokio::select! {
            done = &mut all => return done,
            () = stop.wanted() => return Ok(()),
            () = sleep(FAREWELL) => {
                if !interrupt.is_writing() && !is_busy.get() {
                    return Ok(());
                }
            }
        }
    }
}

/// Syncs, and waits for the next time, until it is interrupted.
async fn rounds(
    arguments: &SyncArguments,
    follow: &Follow,
    interrupt: &Interrupt,
    mut calls: watch::Receiver<u64>,
    is_busy: &Cell<bool>,
) -> Result<(), Failure> {
    let mut remarks = Remarks::new(follow.say);
    let mut aftermath = Aftermath::new(follow.then.as_deref());
    let mut failed = 0;
    loop {
        let begun = Instant::now();
        let result = one_sync(arguments, interrupt).await;
        let rested = Instant::now() + begun.elapsed();
        if interrupt.is_asked() {
            // What was written until then has its line; that it was stopped is no news.
            return result.map_or(Ok(()), |synced| remarks.on_sync(&synced));
        }
        let synced = match result {
            Ok(synced) => {
                remarks.on_sync(&synced)?;
                aftermath.is_due |= !synced.changes.is_empty();
                true
            }
            Err(failure) => {
                remarks.on_failure(&failure)?;
                false
            }
        };
        is_busy.set(true);
        let followed = aftermath.run().await;
        is_busy.set(false);
        let followed = match followed {
            Ok(()) => {
                remarks.on_command();
                true
            }
            Err(failure) => {
                remarks.on_failed_command(&failure);
                false
            }
        };
        if interrupt.is_asked() {
            return Ok(());
        }
        failed = if synced && followed { 0 } else { failed + 1 };
        wait(follow.pause(failed), rested, &mut calls, interrupt).await;
        if interrupt.is_asked() {
            return Ok(());
        }
    }
}

/// Waits for the next sync. Calls start none before `rested`, so that however many come, the CMS has
/// as much rest as work.
async fn wait(
    pause: Option<Duration>,
    rested: Instant,
    calls: &mut watch::Receiver<u64>,
    interrupt: &Interrupt,
) {
    let time = async {
        match pause {
            Some(pause) => sleep(pause).await,
            None => std::future::pending().await,
        }
    };
    let called = async {
        if calls.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
        sleep_until(rested.max(Instant::now() + GATHERED)).await;
    };
    let stopped = async {
        while !interrupt.is_asked() {
            sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::select! {
        () = time => {}
        () = called => {}
        () = stopped => {}
    }
    // What called until now is in this sync.
    calls.mark_unchanged();
}

/// One sync, on a thread of its own.
async fn one_sync(arguments: &SyncArguments, interrupt: &Interrupt) -> Result<Synced, Failure> {
    let (arguments, interrupt) = (arguments.clone(), interrupt.clone());
    tokio::task::spawn_blocking(move || sync_until(&arguments, &interrupt))
        .await
        .unwrap_or_else(|_| {
            Err(
                Failure::new("the sync broke off: this is a fault of the tool")
                    .help("its message stands above; please report it"),
            )
        })
}

/// Reads a pause: `60s`, `5m`, `1h`.
pub(crate) fn period(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.trim_end_matches(|c: char| c.is_alphabetic()).len());
    let seconds = match unit {
        "s" => Some(1),
        "m" => Some(60),
        "h" => Some(3600),
        _ => None,
    };
    number
        .parse::<u64>()
        .ok()
        .filter(|number| (1..=1_000_000).contains(number))
        .zip(seconds)
        .map(|(number, seconds)| Duration::from_secs(number * seconds))
        .ok_or_else(|| "write a number with its unit: 60s, 5m or 1h".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(seconds: Option<u64>) -> Follow {
        Follow {
            every: seconds.map(Duration::from_secs),
            calls: None,
            then: None,
            say: aloud,
        }
    }

    #[test]
    fn pauses_grow_while_something_fails_and_have_an_end() {
        for (seconds, failed, pause) in [
            (Some(60), 0, Some(60)),
            (Some(60), 1, Some(60)),
            (Some(60), 2, Some(120)),
            (Some(60), 4, Some(480)),
            (Some(60), 5, Some(900)),
            (Some(60), u32::MAX, Some(900)),
            (Some(3600), 9, Some(3600)),
            (None, 0, None),
            (None, 1, Some(10)),
            (None, 3, Some(40)),
        ] {
            let found = every(seconds).pause(failed);
            assert_eq!(
                found,
                pause.map(Duration::from_secs),
                "{seconds:?}, {failed}"
            );
        }
    }

    #[test]
    fn a_pause_is_a_number_with_a_unit() {
        for (text, seconds) in [
            ("60s", Some(60)),
            ("5m", Some(300)),
            ("1h", Some(3600)),
            ("60", None),
            ("0s", None),
            ("-1s", None),
            ("1d", None),
            ("s", None),
            ("", None),
            ("1.5h", None),
            ("60giây", None),
            ("99999999999999999999s", None),
        ] {
            assert_eq!(
                period(text).ok(),
                seconds.map(Duration::from_secs),
                "{text}"
            );
        }
    }
}
