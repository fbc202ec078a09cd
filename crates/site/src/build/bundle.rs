//! The bundle that Trunk makes: the browser program, its boot script, the style sheets and the
//! public files.

use editorial::diagnostics::Failure;
use editorial::hash::CacheKey;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the drawings that style sheets refer to, within the folder of style sheets.
pub(crate) const DRAWINGS: &str = "drawings";

/// The parts of a bundle.
pub(crate) struct Bundle {
    /// The glue code of wasm-bindgen, for its target `no-modules`.
    pub(crate) glue: String,
    /// The script that applies the reader's choices before the first paint.
    pub(crate) early: String,
    /// The script that starts the program.
    pub(crate) boot: String,
    /// The script that searches.
    pub(crate) search: String,
    /// The scripts that are loaded on first use: names without extension, and texts.
    pub(crate) lazy: Vec<(String, String)>,
    /// The program.
    pub(crate) wasm: Vec<u8>,
    /// The style sheet that imports all others.
    pub(crate) style: PathBuf,
    /// The drawings that the style sheets refer to: names without extension, and texts.
    pub(crate) drawings: Vec<(String, String)>,
    /// Files that are published as they are: paths below the site's base, and source paths.
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
    for entry in
        fs::read_dir(folder).map_err(|error| Failure::io("read the bundle in", folder, &error))?
    {
        let path = entry
            .map_err(|error| Failure::io("read the bundle in", folder, &error))?
            .path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("app-") || name.starts_with("app.") || name.starts_with("app_") {
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("js") => glue = Some(path),
                Some("wasm") => wasm = Some(path),
                _ => {}
            }
        }
    }
    let text =
        |path: &Path| fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error));
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

/// The marker that `wasm_split` writes before a hash of the folder where it was compiled.
const MARK: &[u8] = b"_WASM_SPLIT_MARKER_";
/// The number of digits of that hash.
const HASH: usize = 16;

/// Overwrites the hash of the build folder, so that the program is the same from every folder. The
/// hash serves only to tell two crates apart, and there is one.
fn unmarked(mut wasm: Vec<u8>) -> Vec<u8> {
    let marks: Vec<usize> = memchr::memmem::find_iter(&wasm, MARK)
        .map(|at| at + MARK.len())
        .collect();
    for at in marks {
        if let Some(hash) = wasm
            .get_mut(at..at + HASH)
            .filter(|hash| hash.iter().all(u8::is_ascii_hexdigit))
        {
            hash.fill(b'0');
        }
    }
    wasm
}

impl Bundle {
    /// The hash of all style sheets.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub(crate) fn style_key(&self) -> Result<u64, Failure> {
        let folder = self.style.parent().unwrap_or(&self.style);
        let mut key = CacheKey::default();
        for (name, text) in texts(folder, ".css")? {
            key = key.add(name).add(text);
        }
        Ok(key.finish())
    }

    /// Refuses a program that holds the names of this machine's folders, because every reader would
    /// get them.
    ///
    /// # Errors
    /// Where it holds one; the message says how to build one that does not.
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

/// The text files of a folder with this extension, sorted by name, and named without the extension.
/// Empty where there is no such folder.
fn texts(folder: &Path, ending: &str) -> Result<Vec<(String, String)>, Failure> {
    let files = if folder.is_dir() {
        files_below(folder)?
    } else {
        Vec::new()
    };
    let texts = files
        .into_iter()
        .filter_map(|(name, file)| Some((name.strip_suffix(ending)?.to_owned(), file)));
    texts
        .map(|(name, file)| match fs::read_to_string(&file) {
            Ok(text) => Ok((name, text)),
            Err(error) => Err(Failure::io("read", &file, &error)),
        })
        .collect()
}

/// Copies a bundle, so that the site can be built from other content without a compiler.
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
            fs::create_dir_all(parent)
                .map_err(|error| Failure::io("make the folder", parent, &error))?;
        }
        fs::copy(&file, &to).map_err(|error| Failure::io("write", &to, &error))?;
    }
    Ok(())
}

/// The files below a folder, sorted, with their relative paths.
fn files_below(folder: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(current) = open.pop() {
        for entry in
            fs::read_dir(&current).map_err(|error| Failure::io("read", &current, &error))?
        {
            let path = entry
                .map_err(|error| Failure::io("read", &current, &error))?
                .path();
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
        let program = |hash: &str| {
            format!("\0asm_WASM_SPLIT_MARKER_{hash}version_WASM_SPLIT_MARKER_ and more")
                .into_bytes()
        };
        assert_eq!(
            unmarked(program("732e786d2a082da8")),
            program("0000000000000000")
        );
        assert_eq!(
            unmarked(b"\0asm_WASM_SPLIT_MARKER_73".to_vec()),
            b"\0asm_WASM_SPLIT_MARKER_73"
        );
    }

    #[test]
    fn a_program_that_names_this_machine_is_refused_and_one_that_names_crates_is_not() {
        let home = env::home_dir().unwrap();
        let message = with(format!(
            "\0asm{}/.cargo/registry/src/x/a-1.0.0/src/lib.rs",
            home.display()
        ));
        let message = message.refuse_traces().unwrap_err().to_string();
        assert!(
            message.starts_with("the browser program names the folder ")
                && message.contains("xtask build")
        );
        assert!(
            with("\0asma-1.0.0/src/lib.rs/rustc/0123/library/core/src/str/mod.rs".to_owned())
                .refuse_traces()
                .is_ok()
        );
    }
}
