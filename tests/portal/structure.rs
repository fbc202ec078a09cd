//! Checks manifests and code against the code map of ARCHITECTURE.md.

mod modules;
mod source;
mod styles;

use modules::Modules;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// External crates that only some rooms may name.
const WATCHED: [&str; 2] = ["leptos", "web_sys"];

/// The rooms of the front end.
const ROOMS: [&str; 6] = ["content", "browser", "markup", "components", "pages", "app"];

/// Files and folders with inherent `impl` blocks of types from other files, each with the reason.
const SEVERAL_FILES: [(&str, &str); 7] = [
    (
        "crates/import/src/html/builder/",
        "one state that every element of a page changes, by what is open and what ends",
    ),
    (
        "crates/import/src/wordpress/plan/",
        "the steps of one plan, each of which changes the whole of it",
    ),
    (
        "crates/import/src/wordpress/texts.rs",
        "what one text is, by everything that an import knows",
    ),
    (
        "crates/site/src/hosting/hosts/",
        "a file for the form that each host reads",
    ),
    (
        "crates/site/src/publish/",
        "what the publisher and its views say of one page, by its kind and for its cache key",
    ),
    (
        "crates/site/src/output/finish.rs",
        "the end of a build consumes the output",
    ),
    (
        "xtask/src/bench/live/table.rs",
        "how what was measured is shown",
    ),
];

/// A row of a table: the names that may be used, and those that never may.
struct Row {
    may_use: BTreeSet<String>,
    never: BTreeSet<String>,
}

/// Parses the table of ARCHITECTURE.md with this head. Its rows begin with a name.
fn table(head: &str) -> BTreeMap<String, Row> {
    let text = fs::read_to_string(Path::new(crate::ROOT).join("ARCHITECTURE.md")).unwrap();
    let table = text
        .split(head)
        .nth(1)
        .unwrap_or_else(|| panic!("ARCHITECTURE.md has no table {head}"));
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, may_use, never] = cells[..] else {
            return None;
        };
        let quoted = |cell: &str| {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let row = Row {
            may_use: quoted(may_use).into_iter().collect(),
            never: quoted(never).into_iter().collect(),
        };
        Some((quoted(name).pop()?, row))
    };
    table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(row)
        .collect()
}

/// Cargo's metadata of the packages in this workspace.
fn packages() -> Vec<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--no-deps", "--format-version", "1", "--locked"];
    let output = Command::new(cargo)
        .args(arguments)
        .current_dir(crate::ROOT)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

/// The names of a package's dependencies, except optional ones and those of tests.
fn dependencies(package: &Value) -> BTreeSet<String> {
    let all = package["dependencies"].as_array().unwrap().iter();
    let used =
        all.filter(|dependency| dependency["kind"] != "dev" && dependency["optional"] == false);
    used.map(|dependency| dependency["name"].as_str().unwrap().to_owned())
        .collect()
}

/// The packages below `selected`, each with its version and features, without the workspace's own.
fn features(selected: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--locked", "--prefix", "none", "--no-dedupe"])
        .args(["--format", "{p} {f}"])
        .args(selected)
        .current_dir(crate::ROOT)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .filter(|line| !line.contains(" (/") && !line.contains(":\\"))
        .map(str::to_owned)
        .collect()
}

/// Cargo compiles a crate once for the tool and once more for the tests where these ask for other
/// features. Then the program that is tested is not the one that ships.
#[test]
fn the_tests_compile_the_tool_that_ships() {
    let alone = features(&["--package", "site", "--edges", "normal,build"]);
    let tested = features(&["--workspace", "--edges", "normal,build,dev"]);
    assert!(alone.len() > 100, "{}", alone.len());
    let others: Vec<&String> = alone.difference(&tested).collect();
    assert!(
        others.is_empty(),
        "give the tool the features that the tests ask for, in crates/site/Cargo.toml: {others:#?}"
    );
}

#[test]
fn every_crate_uses_only_the_crates_that_it_may() {
    let table = table("| crate | holds | may use | never |");
    let packages = packages();
    let names: BTreeSet<&str> = packages
        .iter()
        .map(|package| package["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        table.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        "the table has a row for every crate"
    );
    for package in &packages {
        let name = package["name"].as_str().unwrap();
        let used = dependencies(package);
        let ours = |used: &BTreeSet<String>| {
            used.iter()
                .filter(|used| names.contains(used.as_str()))
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(
            ours(&used),
            ours(&table[name].may_use),
            "what {name} uses of ours"
        );
        let wrong: Vec<&String> = table[name].never.intersection(&used).collect();
        assert!(wrong.is_empty(), "{name} depends on {wrong:?}");
        assert!(
            name == "portal" || !used.iter().any(|used| used.starts_with("leptos")),
            "{name} depends on Leptos"
        );
    }
    let model = packages
        .iter()
        .find(|package| package["name"] == "model")
        .unwrap();
    assert_eq!(
        dependencies(model),
        BTreeSet::from(["macros", "serde"].map(str::to_owned)),
        "the model has serde, and the macro for its own reader"
    );
}

#[test]
fn every_room_enters_only_the_rooms_that_it_may() {
    let rooms = table("| room | holds | may use | never |");
    assert_eq!(
        rooms.keys().map(String::as_str).collect::<BTreeSet<_>>(),
        BTreeSet::from(ROOMS)
    );
    let modules = Modules::of(&Path::new(crate::ROOT).join("src"));
    let mut breaches = Vec::new();
    for (module, file) in modules.files() {
        let Some((name, room)) = module.first().and_then(|name| rooms.get_key_value(name)) else {
            continue;
        };
        for used in modules.used_by(module) {
            let Some(used) = used
                .first()
                .filter(|used| ROOMS.contains(&used.as_str()) && *used != name)
            else {
                continue;
            };
            if !room.may_use.contains(used) {
                breaches.push(format!("{} enters `{used}`", file.display()));
            }
        }
        let code = fs::read_to_string(file).unwrap();
        let firsts: BTreeSet<String> = source::paths(&code)
            .into_iter()
            .map(|path| path[0].clone())
            .collect();
        let ours = ["model", "i18n"]
            .into_iter()
            .filter(|name| !room.may_use.contains(*name));
        for forbidden in ours.chain(
            WATCHED
                .into_iter()
                .filter(|watched| room.never.contains(*watched)),
        ) {
            if firsts.contains(forbidden) {
                breaches.push(format!("{} names `{forbidden}`", file.display()));
            }
        }
    }
    assert!(
        breaches.is_empty(),
        "breaches of the table of rooms:\n{}",
        breaches.join("\n")
    );
}

#[test]
fn no_files_of_different_folders_use_each_other_in_a_circle() {
    let mut circles = Vec::new();
    let sources = packages().into_iter().map(|package| {
        let manifest = package["manifest_path"].as_str().unwrap().to_owned();
        Path::new(&manifest).parent().unwrap().join("src")
    });
    for src in sources {
        let found = Modules::of(&src).circles();
        circles.extend(
            found
                .into_iter()
                .map(|circle| format!("{}: {}", src.display(), circle.join(", "))),
        );
    }
    assert!(circles.is_empty(), "circles:\n{}", circles.join("\n"));
}

#[test]
fn what_a_type_does_stands_in_the_file_that_declares_it() {
    let root = fs::canonicalize(crate::ROOT).unwrap();
    let mut elsewhere = Vec::new();
    for package in packages() {
        let manifest = package["manifest_path"].as_str().unwrap().to_owned();
        let src = Path::new(&manifest).parent().unwrap().join("src");
        for (_, file) in Modules::of(&src).files() {
            let types = source::Types::of(&fs::read_to_string(file).unwrap());
            let name = file.strip_prefix(&root).unwrap().display().to_string();
            let strangers = types
                .implemented
                .into_iter()
                .filter(|implemented| !types.declared.contains(implemented));
            elsewhere.extend(strangers.map(|implemented| (name.clone(), implemented)));
        }
    }
    let (excused, wrong): (Vec<_>, Vec<_>) = elsewhere.into_iter().partition(|(file, _)| {
        SEVERAL_FILES
            .iter()
            .any(|(begin, _)| file.starts_with(begin))
    });
    assert!(
        wrong.is_empty(),
        "these have methods outside of the file that declares them: {wrong:?}"
    );
    for (begin, _) in SEVERAL_FILES {
        assert!(
            excused.iter().any(|(file, _)| file.starts_with(begin)),
            "{begin} needs no exception any more"
        );
    }
}

#[test]
fn no_code_writes_html_from_a_string() {
    for (module, file) in Modules::of(&Path::new(crate::ROOT).join("src")).files() {
        let code = fs::read_to_string(file).unwrap();
        let words = source::words(&code);
        for forbidden in [
            "inner_html",
            "set_inner_html",
            "insert_adjacent_html",
            "unsafe",
        ] {
            assert!(
                !words.iter().any(|word| word == forbidden),
                "{} has {forbidden}",
                module.join("::")
            );
        }
        let is_style = |pair: &[String]| pair[0] == "style" && pair[1] == "=";
        assert!(
            !words.windows(2).any(is_style),
            "{} has a style attribute",
            module.join("::")
        );
    }
}

#[test]
fn every_file_that_documents_name_is_there() {
    let root = Path::new(crate::ROOT);
    let folders = ["", "docs", "docs/decisions"].map(|folder| root.join(folder));
    let entries = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let documents = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"));
    let mut wrong = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        for name in text
            .split('`')
            .skip(1)
            .step_by(2)
            .flat_map(str::split_whitespace)
        {
            let is_path = ["src/", "crates/", "tests/", "style/", "xtask/", ".ci/"]
                .iter()
                .any(|begin| name.starts_with(begin));
            let is_pattern = name.contains(['*', '<', '{', '…']) || name.contains("::");
            if is_path && !is_pattern && !root.join(name).exists() {
                wrong.push(format!("{}: {name}", document.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "these are not there:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn the_walks_name_one_file_for_each_step() {
    let text = fs::read_to_string(Path::new(crate::ROOT).join("ARCHITECTURE.md")).unwrap();
    for walk in [
        "**A click, from the address to pixels.**",
        "**One article file, from the disk to `dist/`.**",
    ] {
        let steps = text
            .split(walk)
            .nth(1)
            .unwrap_or_else(|| panic!("there is no walk {walk}"));
        let steps = steps.split("\n\n").nth(1).unwrap();
        let steps: Vec<&str> = steps
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        assert!(steps.len() > 10, "{steps:?}");
        for step in steps {
            let named = step
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|name| name.contains('/') && name.contains('.'))
                .count();
            assert_eq!(named, 1, "{step}");
        }
    }
}
