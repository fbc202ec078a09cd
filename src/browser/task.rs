//! Work that goes on beside everything else.

use std::future::Future;
#[cfg(target_arch = "wasm32")]
use std::pin::Pin;

/// Begins a task. All tasks have one type, so that the code around them is written once.
///
/// Natively: does nothing.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    #[cfg(target_arch = "wasm32")]
    {
        let task: Pin<Box<dyn Future<Output = ()>>> = Box::pin(task);
        wasm_bindgen_futures::spawn_local(task);
    }
    #[cfg(not(target_arch = "wasm32"))]
    drop(task);
}
