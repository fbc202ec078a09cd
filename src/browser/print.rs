//! Printing.

/// Prints the page after its pictures have loaded. Where the script that waits for them fails to
/// load, prints at once.
///
/// Natively: does nothing.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::unused_async, reason = "there is nothing to wait for natively")
)]
pub async fn print() {
    #[cfg(target_arch = "wasm32")]
    if !super::lazy::run("print", "print", super::page::ROOT).await {
        let _ = super::page::window().print();
    }
}
