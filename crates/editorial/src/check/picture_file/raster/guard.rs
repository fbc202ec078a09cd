//! Catches panics of decoders, which are third-party code. A panic over a damaged file becomes a
//! flaw of that file, is not printed, and does not end the tool.

use super::Flaw;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a decoder runs on this thread, so that its panic is not printed.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

static QUIET: Once = Once::new();

/// Runs a decoder. `on_panic` is the flaw of a file over which the decoder panics.
///
/// # Errors
/// The flaw that the decoder finds, or `on_panic`.
pub(super) fn catch_panics<T>(
    on_panic: Flaw,
    work: impl FnOnce() -> Result<T, Flaw>,
) -> Result<T, Flaw> {
    QUIET.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !AT_WORK.get() {
                others(panic);
            }
        }));
    });
    let before = AT_WORK.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    AT_WORK.set(before);
    done.unwrap_or(Err(on_panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoder_that_stumbles_is_a_flaw_of_the_file() {
        let stumbling =
            || -> Result<(), Flaw> { Err(Flaw::Moves).inspect_err(|_| panic!("at byte 7")) };
        assert_eq!(catch_panics(Flaw::Damaged, stumbling), Err(Flaw::Damaged));
        assert_eq!(catch_panics(Flaw::Damaged, || Ok(1)), Ok(1));
        assert_eq!(
            catch_panics(Flaw::Damaged, || Err::<(), _>(Flaw::Moves)),
            Err(Flaw::Moves)
        );
        assert!(!AT_WORK.get());
    }
}
