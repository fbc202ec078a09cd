//! QR codes of addresses, for telephones.

use editorial::diagnostics::Failure;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write as _;

/// The empty edge that a code needs around it, in modules.
const QUIET: i32 = 4;

/// A text as a QR code: an SVG file, black on white on every background, one unit for each module.
/// The same text gives the same bytes.
///
/// # Errors
/// Where the text is longer than a code can hold, which is 2,331 bytes.
pub(crate) fn draw(text: &str) -> Result<String, Failure> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| {
        Failure::new(format!("no QR code can hold the address {text}: {error}"))
    })?;
    let size = code.size() + 2 * QUIET;
    let mut modules = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let width = (x..code.size())
                .take_while(|&x| code.get_module(x, y))
                .count();
            if width > 0 {
                let _ = write!(modules, "M{} {}h{width}v1h-{width}z", x + QUIET, y + QUIET);
            }
            x += i32::try_from(width).unwrap_or_default() + 1;
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{modules}\"/></svg>\n"
    ))
}

#[cfg(test)]
mod tests;
