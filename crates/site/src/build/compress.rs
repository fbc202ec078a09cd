//! Compressed copies (`.br`, `.gz`) of text files and the program, for hosts that send
//! precompressed files.

use crate::output::hashed_file::is_hashed;
use crate::output::{Output, UnitState};
use crate::stages::Count;
use brotli::enc::BrotliEncoderParams;
use editorial::diagnostics::Failure;
use flate2::{Compression, GzBuilder};
use rayon::prelude::*;
use std::io::Write;
use std::path::Path;

/// The extensions of files that are worth compressing.
const ENDINGS: [&str; 12] = [
    "html",
    "json",
    "xml",
    "js",
    "css",
    "svg",
    "wasm",
    "txt",
    "webmanifest",
    "ics",
    "csv",
    "vtt",
];

/// The least size in bytes. Smaller files fit into the first packet anyway.
const LEAST: usize = 512;

/// Writes compressed copies of everything that is in the output so far.
///
/// # Errors
/// Where a file cannot be read or written.
pub(crate) fn write(output: &Output, count: &Count) -> Result<(), Failure> {
    output
        .units()
        .into_par_iter()
        .try_for_each(|(id, identity, paths)| {
            let texts: Vec<&str> = paths
                .iter()
                .map(|path| &**path)
                .filter(|path| is_text(path))
                .collect();
            if texts.is_empty() {
                return Ok(());
            }
            let state = output.unit(&format!("compressed {id}"), identity, || {
                let mut files = Vec::new();
                for path in texts {
                    let bytes = output.read(path)?;
                    if bytes.len() >= LEAST {
                        files.push((format!("{path}.br"), brotli(&bytes, quality(path))?));
                        files.push((format!("{path}.gz"), gzip(&bytes)?));
                    }
                }
                Ok(files)
            })?;
            count.one(state == UnitState::Written);
            Ok(())
        })
}

/// Whether a file is worth compressing.
pub(crate) fn is_worth_it(path: &str, bytes: &[u8]) -> bool {
    is_text(path) && bytes.len() >= LEAST
}

fn is_text(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ENDINGS.iter().any(|known| *known == ending))
}

/// The brotli quality: the highest for assets, which browsers keep for long; for pages the highest
/// that is fast.
fn quality(path: &str) -> i32 {
    if is_hashed(path) { 11 } else { 9 }
}

/// The widest window of brotli that every browser knows, as a power of two.
const WIDEST: i32 = 22;

/// A file as brotli, as small as this quality makes it.
///
/// # Errors
/// Where there is no memory for it.
pub(crate) fn brotli(bytes: &[u8], quality: i32) -> Result<Vec<u8>, Failure> {
    compressed(bytes, quality, WIDEST)
}

/// A file as brotli, while a reader waits. The window is no wider than the file: to fill a wide one with
/// zeros takes as long as to compress a page. (With 16, brotli looks for matches in another way, which
/// takes ten times as long.)
///
/// # Errors
/// Where there is no memory for it.
pub(crate) fn brotli_at_once(bytes: &[u8], quality: i32) -> Result<Vec<u8>, Failure> {
    let needed = bytes.len().max(1).ilog2().cast_signed() + 1;
    compressed(bytes, quality, needed.clamp(17, WIDEST))
}

fn compressed(bytes: &[u8], quality: i32, window: i32) -> Result<Vec<u8>, Failure> {
    let mut compressed = Vec::new();
    let parameters = BrotliEncoderParams {
        quality,
        lgwin: window,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters)
        .map_err(|error| Failure::new(format!("could not compress: {error}")))?;
    Ok(compressed)
}

/// A file as gzip. Its header has no name and no time, so that the same input gives the same output.
///
/// # Errors
/// Where there is no memory for it.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut encoder = GzBuilder::new()
        .mtime(0)
        .write(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .map_err(|error| Failure::new(format!("could not compress: {error}")))?;
    encoder
        .finish()
        .map_err(|error| Failure::new(format!("could not compress: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_compressed_comes_back() {
        let text = "Cảng nước sâu đón tàu lớn. ".repeat(100);
        let mut back = String::new();
        let gz = gzip(text.as_bytes()).unwrap();
        flate2::read::GzDecoder::new(&gz[..])
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, text);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &brotli(text.as_bytes(), 9).unwrap()[..], &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
        assert_eq!(gz, gzip(text.as_bytes()).unwrap());
    }

    #[test]
    fn only_texts_and_the_program_are_compressed() {
        assert!(is_text("vi/index.html") && is_text("assets/app-1.wasm"));
        assert!(!is_text("assets/a-1.webp") && !is_text("html") && !is_text("a.html.br"));
    }
}
