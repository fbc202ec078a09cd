//! Minifying the scripts of a bundle.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::recipe::Recipe;
use super::{failed, program};
use crate::failure::Failure;
use crate::{install, tools};

/// Minifies every script of the bundle, and takes out of the program and its glue what nobody calls. Each stays a script of its own, with the names that others
/// use.
pub(crate) fn minify(folder: &Path, recipe: &Recipe) -> Result<(), Failure> {
    let program = install::provide(&tools::esbuild())?;
    for script in scripts(folder)? {
        let mut text =
            fs::read_to_string(&script).map_err(|error| failed("read", &script, &error))?;
        if let Some(lean) = lean_glue(&text)? {
            let imports = program::lean(&program_of(&script), &lean, recipe)?;
            let lean = program::lean_imports(&lean, &imports);
            fs::write(&script, &lean).map_err(|error| failed("write", &script, &error))?;
            text = lean;
        }
        let mut command = Command::new(&program);
        command.args([
            "--minify",
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
            // The glue's warnings are for developers who call it in a former way.
            "--pure:console.warn",
            TARGET,
        ]);
        command
            .arg(format!("--outfile={}", script.display()))
            .arg("--allow-overwrite")
            .arg(&script);
        let said = command
            .output()
            .map_err(|error| failed("minify", &script, &error))?;
        if !said.status.success() {
            let why = String::from_utf8_lossy(&said.stderr).trim().to_owned();
            return Err(Failure::broken(format!(
                "{} cannot be minified: {why}",
                script.display()
            )));
        }
        let small = fs::read_to_string(&script).map_err(|error| failed("read", &script, &error))?;
        if small.trim().is_empty() && !text.trim().is_empty() {
            return Err(Failure::broken(format!(
                "{} was minified to nothing",
                script.display()
            )));
        }
    }
    Ok(())
}

/// The program that a glue belongs to.
fn program_of(glue: &Path) -> PathBuf {
    let name = glue.file_stem().unwrap_or_default().to_string_lossy();
    glue.with_file_name(format!("{name}_bg.wasm"))
}

/// What the glue of wasm-bindgen loses: from one text to another, which stays, and what comes instead.
/// `src/boot.js` hands over a compiled program, and every browser that runs it writes text into memory
/// by itself; the rest of the glue is for others.
const LEAN: [[&str; 3]; 9] = [
    [
        "class IntoUnderlyingByteSource {",
        "function __wbg_get_imports() {",
        "",
    ],
    [
        "const IntoUnderlyingByteSourceFinalization",
        "function addToExternrefTable0(",
        "",
    ],
    [
        "cachedDataViewMemory0 === null ||",
        ") {\n            cachedDataViewMemory0 = new",
        "cachedDataViewMemory0?.buffer !== wasm.memory.buffer",
    ],
    // Browsers that know reference types know this registry.
    [
        "const CLOSURE_DTORS = (",
        "new FinalizationRegistry(state",
        "const CLOSURE_DTORS = ",
    ],
    ["let script_src;", "\n\n", ""],
    [
        "if (!('encodeInto' in cachedTextEncoder)) {",
        "let WASM_VECTOR_LEN",
        "",
    ],
    [
        "async function __wbg_load(module, imports) {",
        "let __wbg_init_promise;",
        "async function __wbg_load(module, imports) {\n\
         return { instance: await WebAssembly.instantiate(module, imports), module };\n}\n",
    ],
    [
        "if (module_or_path !== undefined) {",
        "const imports = __wbg_get_imports();",
        "({ module_or_path } = module_or_path);\n",
    ],
    [
        "if (typeof module_or_path === 'string'",
        "const { instance, module }",
        "",
    ],
];

/// The glue of wasm-bindgen without what no reader needs; `None` for any other script.
///
/// # Errors
/// Where the glue has another form than [`LEAN`] knows.
fn lean_glue(text: &str) -> Result<Option<String>, Failure> {
    if !text.contains("__wbg_init_once") {
        return Ok(None);
    }
    let mut lean = text.replacen("{ initSync }, ", "", 1);
    for [from, to, instead] in LEAN {
        let parts = lean
            .split_once(from)
            .and_then(|(before, rest)| Some((before, rest.split_once(to)?.1)));
        let Some((before, after)) = parts else {
            return Err(Failure::broken(format!(
                "the glue of wasm-bindgen has no `{from}` before a `{to}` any more: look at LEAN in xtask/src/bundle/scripts.rs"
            )));
        };
        lean = format!("{before}{instead}{to}{after}");
    }
    Ok(Some(lean))
}

/// The syntax level of the browsers that run the program.
const TARGET: &str = "--target=es2022";

/// The scripts in a folder and its sub-folders.
fn scripts(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .map_err(|error| failed("read", folder, &error))?
        .flatten()
    {
        let path = entry.path();
        if path.is_dir() {
            found.extend(scripts(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "js") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{LEAN, lean_glue};

    #[test]
    fn the_glue_loses_what_nobody_calls_and_other_scripts_nothing() {
        let mut glue: String = LEAN
            .iter()
            .map(|[from, to, _]| format!("{from} much\n}} {to} stays;\n"))
            .collect();
        glue.push_str(
            "async function __wbg_init_once() {} Object.assign(__wbg_init, { initSync }, exports);",
        );
        let lean = lean_glue(&glue).unwrap().unwrap();
        assert!(
            !lean.contains("much") && !lean.contains("initSync"),
            "{lean}"
        );
        assert_eq!(lean.matches("stays").count(), LEAN.len());
        assert_eq!(lean_glue("a();").unwrap(), None);
        let other = lean_glue(&glue.replace("encodeInto", "encode")).unwrap_err();
        assert!(other.message.contains("LEAN"), "{}", other.message);
    }
}
