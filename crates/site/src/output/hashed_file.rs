//! Files with the hash of their bytes in their names, so that hosts and browsers may cache them for
//! ever.

use crate::output::Output;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use editorial::diagnostics::Failure;
use editorial::hash;
use portal::app::Asset;
use sha2::{Digest, Sha384};

/// The folder of hashed files, below the site's base. A file in it never changes.
pub(crate) const FOLDER: &str = "assets/";

/// Writes a file under a name that carries its hash: `assets/port-1a2b3c4d5e.svg`.
///
/// # Errors
/// Where it cannot be written.
pub(crate) fn publish(output: &Output, name: &str, bytes: &[u8]) -> Result<Asset, Failure> {
    let file = hashed_name(name, bytes);
    output.write(&file, bytes)?;
    Ok(Asset {
        file,
        integrity: format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes))),
    })
}

/// The name of a hashed file within [`FOLDER`]: `port-1a2b3c4d5e.svg`.
pub(crate) fn name_within(file: &str) -> &str {
    file.strip_prefix(FOLDER).unwrap_or(file)
}

/// Whether a path below the site's base is that of a hashed file.
pub(crate) fn is_hashed(path: &str) -> bool {
    path.starts_with(FOLDER)
}

/// The path of a hashed file with these bytes, below the site's base.
pub(crate) fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{FOLDER}{stem}-{}.{extension}", &hash::short(bytes)[..10])
}
