//! The browser program without what nobody calls.
//!
//! Libraries export functions for scripts to call, and wasm-opt has to keep what is exported. What the
//! glue does not call goes (that of `wasm-streams`, above all), and with it what only it uses, in the
//! program and in the glue.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::failed;
use super::recipe::Recipe;
use crate::failure::Failure;
use crate::{install, process, tools};

/// What the engine says of a program: the names of its exports, and of what it imports.
const NAMES: &str = "const m = new WebAssembly.Module(require('fs').readFileSync(process.argv[1])); \
    const names = (list) => list.map(({ name }) => name); \
    console.log(JSON.stringify([names(WebAssembly.Module.exports(m)), names(WebAssembly.Module.imports(m))]))";

/// Takes the exports out of a program that its glue does not use, and what only they used. Returns the
/// names that the program still imports.
///
/// # Errors
/// Where a tool fails.
pub(super) fn lean(wasm: &Path, glue: &str, recipe: &Recipe) -> Result<Vec<String>, Failure> {
    let [exports, _] = names(wasm)?;
    let kept = exports
        .iter()
        .filter(|name| glue.contains(&format!("wasm.{name}")))
        .map(|name| json!({ "name": format!("export {name}"), "export": name, "root": true }))
        .collect::<Value>();
    let graph = wasm.with_extension("graph");
    fs::write(&graph, kept.to_string()).map_err(|error| failed("write", &graph, &error))?;
    let wasm_opt = install::provide(&tools::binaryen())?;
    let name = wasm_opt.file_name().unwrap_or_default().to_string_lossy();
    let cut = wasm_opt.with_file_name(name.replace("wasm-opt", "wasm-metadce"));
    let features = &recipe.wasm_opt_arguments;
    let mut cut = Command::new(cut);
    cut.arg(wasm)
        .arg("-f")
        .arg(&graph)
        .arg("-o")
        .arg(wasm)
        .args(features);
    let mut optimize = Command::new(wasm_opt);
    optimize
        .arg(format!("-O{}", recipe.wasm_opt))
        .args(features);
    optimize.arg("--output").arg(wasm).arg(wasm);
    for command in [&mut cut, &mut optimize] {
        output(command)?;
    }
    fs::remove_file(&graph).map_err(|error| failed("remove", &graph, &error))?;
    let [_, imports] = names(wasm)?;
    Ok(imports)
}

/// The names of a program's exports, and of what it imports.
fn names(wasm: &Path) -> Result<[Vec<String>; 2], Failure> {
    let text = output(Command::new("node").args(["-e", NAMES]).arg(wasm))?;
    serde_json::from_slice(&text)
        .map_err(|error| Failure::broken(format!("{}: {error}", wasm.display())))
}

/// What a command writes.
fn output(command: &mut Command) -> Result<Vec<u8>, Failure> {
    let line = process::line(command);
    let said = command
        .output()
        .map_err(|error| Failure::broken(format!("cannot run `{line}`: {error}")))?;
    if said.status.success() {
        return Ok(said.stdout);
    }
    let why = String::from_utf8_lossy(&said.stderr).trim().to_owned();
    Err(Failure::broken(format!("`{line}` failed: {why}")))
}

/// The glue without what it has for imports that the program does not have.
pub(super) fn lean_imports(glue: &str, imports: &[String]) -> String {
    let mut lean = String::new();
    let mut drops = false;
    for line in glue.lines() {
        // An entry begins on its own line, twelve spaces in; so does the end of all of them, with fewer.
        let entry = line.strip_prefix("            ");
        let name = entry.and_then(|entry| Some(entry.split_once(": function")?.0));
        if let Some(name) = name.filter(|name| name.starts_with("__wb")) {
            drops = !imports.iter().any(|import| import == name);
        } else if !line.starts_with("            ") && !line.is_empty() {
            drops = false;
        }
        if !drops {
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::lean_imports;

    #[test]
    fn the_glue_keeps_what_the_program_imports() {
        let glue = "\
    function __wbg_get_imports() {
        const import0 = {
            __proto__: null,
            __wbg_close_1: function() { return handleError(function (arg0) {
                arg0.close();
            }, arguments); },
            __wbg_hash_2: function(arg0) {
                return arg0.hash;
            },
        };
    }
    async function __wbg_init(module_or_path) {
        if (__wbg_init_promise === undefined) {
            __wbg_init_promise = __wbg_init_once(module_or_path);
        }
    }
";
        let imports = ["__wbg_hash_2".to_owned()];
        let lean = lean_imports(glue, &imports);
        assert!(!lean.contains("close"), "{lean}");
        assert_eq!(lean.lines().count(), glue.lines().count() - 3);
        let all = ["__wbg_close_1".to_owned(), imports[0].clone()];
        assert_eq!(lean_imports(glue, &all), glue);
    }
}
