//! The bundle that Trunk makes: the browser program, its boot script, the style sheets and the public files.

use editorial::diagnostics::Failure;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder beside the style sheets that holds the drawings that they name.
pub(crate) const DRAWINGS: &str = "drawings";

/// The parts of a bundle.
pub(crate) struct Bundle {
    /// The program's glue, as wasm-bindgen wrote it for `no-modules`.
    pub(crate) glue: String,
    /// What applies the reader's choices before a page is painted.
    pub(crate) early: String,
    /// What starts the program.
    pub(crate) boot: String,
    /// What searches.
    pub(crate) search: String,
    /// The scripts that are loaded when a reader asks for what they do: their names without ending, and their texts.
    pub(crate) lazy: Vec<(String, String)>,
    /// The program.
    pub(crate) wasm: Vec<u8>,
    /// The style sheet that imports all others.
    pub(crate) style: PathBuf,
    /// The drawings that the style sheets name: their names without ending, and their texts.
    pub(crate) drawings: Vec<(String, String)>,
    /// Files that are published as they are: their paths below the site's base, and where they are.
    pub(crate) public: Vec<(String, PathBuf)>,
}

/// Reads a bundle's folder.
///
/// # Errors
/// Where a part is missing; the message says how to make a bundle.
pub(crate) fn read(folder: &Path) -> Result<Bundle, Failure> {
    let missing = |what: &str| {
        Failure::new(format!(
            "{} holds no bundle: {what} is missing; `cargo xtask build` makes one in target/bundle",
            folder.display()
        ))
    };
    let mut glue = None;
    let mut wasm = None;
    for entry in fs::read_dir(folder).map_err(|error| Failure::io("read the bundle in", folder, &error))? {
        let path = entry.map_err(|error| Failure::io("read the bundle in", folder, &error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("app-") || name.starts_with("app.") || name.starts_with("app_") {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("js") => glue = Some(path),
                Some("wasm") => wasm = Some(path),
                _ => {}
            }
        }
    }
    let text = |path: &Path| fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error));
    let style = folder.join("style/main.css");
    if !style.is_file() {
        return Err(missing("style/main.css"));
    }
    let wasm = wasm.ok_or_else(|| missing("app….wasm"))?;
    Ok(Bundle {
        glue: text(&glue.ok_or_else(|| missing("app….js"))?)?,
        early: text(&folder.join("early.js"))?,
        boot: text(&folder.join("boot.js"))?,
        search: text(&folder.join("search.js"))?,
        lazy: texts(&folder.join("lazy"), ".js")?,
        drawings: texts(&folder.join("style").join(DRAWINGS), ".svg")?,
        wasm: unmarked(fs::read(&wasm).map_err(|error| Failure::io("read", &wasm, &error))?),
        style,
        public: files_below(&folder.join("public"))?,
    })
}

/// What `wasm_split` writes before a hash of the folder that it was compiled in.
const MARK: &[u8] = b"_WASM_SPLIT_MARKER_";
/// How many digits the hash has.
const HASH: usize = 16;

/// A program without the hash of a folder of the machine on which it was compiled. The name that it stands in is nobody's:
/// it only tells two crates apart, and there is one.
fn unmarked(mut wasm: Vec<u8>) -> Vec<u8> {
    let marks: Vec<usize> = memchr::memmem::find_iter(&wasm, MARK).map(|at| at + MARK.len()).collect();
    for at in marks {
        if let Some(hash) = wasm.get_mut(at..at + HASH).filter(|hash| hash.iter().all(u8::is_ascii_hexdigit)) {
            hash.fill(b'0');
        }
    }
    wasm
}

impl Bundle {
    /// Refuses a program that names folders of this machine, which every reader would get.
    ///
    /// # Errors
    /// Where it does; the message says how to build one that does not.
    pub(crate) fn refuse_traces(&self) -> Result<(), Failure> {
        let cargo = env::var_os("CARGO_HOME").map(PathBuf::from);
        let folders = [env::home_dir(), cargo, env::current_dir().ok()];
        let names = |folder: &PathBuf| {
            let name = format!("{}/", folder.display());
            name.len() > 2 && memchr::memmem::find(&self.wasm, name.as_bytes()).is_some()
        };
        match folders.into_iter().flatten().find(names) {
            Some(folder) => Err(Failure::new(format!(
                "the browser program names the folder {}, and every reader would get that name: build it with `cargo \
                 xtask build`, which leaves such names out",
                folder.display()
            ))),
            None => Ok(()),
        }
    }
}

/// The files in a folder with this ending, without it, in the order of their names; none where it is not there.
fn texts(folder: &Path, ending: &str) -> Result<Vec<(String, String)>, Failure> {
    let files = if folder.is_dir() { files_below(folder)? } else { Vec::new() };
    let texts = files.into_iter().filter_map(|(name, file)| Some((name.strip_suffix(ending)?.to_owned(), file)));
    texts
        .map(|(name, file)| match fs::read_to_string(&file) {
            Ok(text) => Ok((name, text)),
            Err(error) => Err(Failure::io("read", &file, &error)),
        })
        .collect()
}

/// Keeps a copy of a bundle, so that the site can be built again from other content without a compiler.
///
/// # Errors
/// Where a file cannot be copied.
pub(crate) fn keep(folder: &Path, copy: &Path) -> Result<(), Failure> {
    if copy.exists() {
        fs::remove_dir_all(copy).map_err(|error| Failure::io("remove", copy, &error))?;
    }
    for (below, file) in files_below(folder)? {
        let to = copy.join(below);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).map_err(|error| Failure::io("make the folder", parent, &error))?;
        }
        fs::copy(&file, &to).map_err(|error| Failure::io("write", &to, &error))?;
    }
    Ok(())
}

/// The files below a folder, sorted, with their paths below it.
fn files_below(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(current) = open.pop() {
        for entry in fs::read_dir(&current).map_err(|error| Failure::io("read", &current, &error))? {
            let path = entry.map_err(|error| Failure::io("read", &current, &error))?.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(below) = path.strip_prefix(folder) {
                files.push((below.to_string_lossy().replace('\\', "/"), path));
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(wasm: String) -> Bundle {
        Bundle {
            glue: String::new(),
            early: String::new(),
            boot: String::new(),
            search: String::new(),
            lazy: Vec::new(),
            wasm: wasm.into_bytes(),
            style: PathBuf::new(),
            drawings: Vec::new(),
            public: Vec::new(),
        }
    }

    #[test]
    fn the_hash_of_the_folder_goes_and_nothing_else() {
        let program =
            |hash: &str| format!("\0asm_WASM_SPLIT_MARKER_{hash}version_WASM_SPLIT_MARKER_ and more").into_bytes();
        assert_eq!(unmarked(program("732e786d2a082da8")), program("0000000000000000"));
        assert_eq!(unmarked(b"\0asm_WASM_SPLIT_MARKER_73".to_vec()), b"\0asm_WASM_SPLIT_MARKER_73");
    }

    #[test]
    fn a_program_that_names_this_machine_is_refused_and_one_that_names_crates_is_not() {
        let home = env::home_dir().unwrap();
        let message = with(format!("\0asm{}/.cargo/registry/src/x/a-1.0.0/src/lib.rs", home.display()));
        let message = message.refuse_traces().unwrap_err().to_string();
        assert!(message.starts_with("the browser program names the folder ") && message.contains("xtask build"));
        assert!(
            with("\0asma-1.0.0/src/lib.rs/rustc/0123/library/core/src/str/mod.rs".to_owned()).refuse_traces().is_ok()
        );
    }
}
