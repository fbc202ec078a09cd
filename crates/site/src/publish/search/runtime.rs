//! The code that a browser loads for a reader's first search: our script, and Pagefind's program.

use super::index::unpacked;
use crate::output::Output;
use crate::output::hashed_file;
use editorial::diagnostics::Failure;
use memchr::memmem;
use pagefind::api::PagefindIndex;
use std::sync::OnceLock;

/// The beginning of the part of Pagefind's script that is not used: its own search and its own
/// display.
const REST: &str = "var __defProp=";

/// The published code of the search, as paths below the site's base.
pub(crate) struct Runtime {
    /// The script.
    pub(crate) script: String,
    /// The programs, of which a language needs one.
    pub(crate) programs: Vec<String>,
}

/// Writes the script of the search and what it loads. `script` is `src/search.js`.
///
/// # Errors
/// Where Pagefind is of another version than this code knows, or a file cannot be written.
pub(crate) fn publish(script: &str, output: &Output) -> Result<Runtime, Failure> {
    let strange = || {
        Failure::new("Pagefind is not the one that crates/site/src/publish/search/runtime.rs knows")
    };
    let files = from_pagefind()?;
    let file = |name: &str| {
        files
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, bytes)| bytes.as_slice())
    };
    let theirs = file("pagefind.js")
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .ok_or_else(strange)?;
    let (glue, _) = theirs.split_once(REST).ok_or_else(strange)?;
    let mut programs = Vec::new();
    let mut ours = script.to_owned();
    for (mark, name) in [
        ("english", "wasm.en.pagefind"),
        ("other", "wasm.unknown.pagefind"),
    ] {
        let program = unpacked(file(name).ok_or_else(strange)?)?;
        let program = without_folders(program).ok_or_else(strange)?;
        let published = hashed_file::publish(output, "search.wasm", &program)?;
        ours = ours.replace(
            &format!("{{{mark}}}"),
            hashed_file::name_within(&published.file),
        );
        ours = ours.replace(&format!("{{{mark}_integrity}}"), &published.integrity);
        programs.push(published.file);
    }
    // A function gives each language's program its own instance of the glue code.
    let script = format!("const pagefind = () => {{{glue}\nreturn wasm_bindgen;\n}};\n{ours}\n");
    Ok(Runtime {
        script: hashed_file::publish(output, "search.js", script.as_bytes())?.file,
        programs,
    })
}

/// Folders of sources on the machine that compiled Pagefind's program: how their names begin and
/// end.
const FOLDERS: [(&[u8], &[u8]); 2] = [
    (b"/home/runner/.cargo/", b"/index.crates.io-"),
    (b"/home/runner/.rustup/", b"/library/"),
];

/// The program without the names of these folders, which leaves crate and file of each source.
/// Names keep their lengths, because the program relies on them. `None` where the program names
/// another home folder.
fn without_folders(mut program: Vec<u8>) -> Option<Vec<u8>> {
    for (begin, end) in FOLDERS {
        while let Some(at) = memmem::find(&program, begin) {
            let length = memmem::find(&program[at..], end)? + end.len();
            program[at..at + length].fill(b'.');
        }
    }
    memmem::find(&program, b"/home/")
        .is_none()
        .then_some(program)
}

/// A file of Pagefind: its name, and its bytes.
type Part = (String, Vec<u8>);

/// All files that Pagefind makes for an index of one English word. They are the same for as long as the
/// process lives.
fn from_pagefind() -> Result<&'static [Part], Failure> {
    static PARTS: OnceLock<Vec<Part>> = OnceLock::new();
    if let Some(known) = PARTS.get() {
        return Ok(known);
    }
    let made = made_by_pagefind()?;
    Ok(PARTS.get_or_init(|| made))
}

fn made_by_pagefind() -> Result<Vec<Part>, Failure> {
    let failure = |error: String| Failure::new(format!("Pagefind cannot start: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|error| failure(error.to_string()))?;
    let files = runtime.block_on(async {
        let mut index = PagefindIndex::new(None)?;
        index
            .add_custom_record(
                "a".to_owned(),
                "a".to_owned(),
                "en".to_owned(),
                None,
                None,
                None,
            )
            .await?;
        index.get_files().await
    });
    let files = files
        .map_err(|error| failure(error.to_string()))?
        .into_iter();
    Ok(files
        .map(|file| (file.filename.to_string_lossy().into_owned(), file.contents))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_loses_the_home_of_its_builder_and_nothing_else() {
        let cargo = "/home/runner/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/";
        let program = format!("a{cargo}minicbor-2.3.1/src/b.rs\0{cargo}c");
        let left =
            String::from_utf8(without_folders(program.clone().into_bytes()).unwrap()).unwrap();
        assert_eq!(left.len(), program.len());
        assert_eq!(
            left.replace("..", ""),
            "a.1949cf8c6b5b557f/minicbor-2.3.1/src/b.rs\0.1949cf8c6b5b557f/c"
        );
        for strange in ["/home/runner/.cargo/registry", "/home/somebody/a.rs"] {
            assert!(
                without_folders(strange.as_bytes().to_vec()).is_none(),
                "{strange}"
            );
        }
    }
}
