//! Decoders are other people's code. Where one stumbles over a damaged file, the file is at fault, and the tool says so and
//! goes on; it does not end with the decoder's last words.

use super::Flaw;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a decoder is at work on this thread.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

static QUIET: Once = Once::new();

/// Lets a decoder work. `stumbled` is what is wrong with the file where the decoder does not come to an end by itself.
///
/// # Errors
/// What the decoder finds, or `stumbled`.
pub(super) fn guarded<T>(stumbled: Flaw, work: impl FnOnce() -> Result<T, Flaw>) -> Result<T, Flaw> {
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
    done.unwrap_or(Err(stumbled))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoder_that_stumbles_is_a_flaw_of_the_file() {
        let stumbling = || -> Result<(), Flaw> { Err(Flaw::Moves).inspect_err(|_| panic!("at byte 7")) };
        assert_eq!(guarded(Flaw::Damaged, stumbling), Err(Flaw::Damaged));
        assert_eq!(guarded(Flaw::Damaged, || Ok(1)), Ok(1));
        assert_eq!(guarded(Flaw::Damaged, || Err::<(), _>(Flaw::Moves)), Err(Flaw::Moves));
        assert!(!AT_WORK.get());
    }
}
