//! The rooms table of ARCHITECTURE.md, held against the code.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Crates that only some rooms may name, whatever their table says of rooms.
const CRATES: [&str; 4] = ["leptos", "leptos_router", "web_sys", "gloo_net"];

struct Room {
    may_use: Vec<String>,
    never: Vec<String>,
}

/// The rooms as ARCHITECTURE.md has them.
fn rooms() -> BTreeMap<String, Room> {
    let text = fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).unwrap();
    let table = text.split("| room | holds | may use | never |").nth(1).expect("ARCHITECTURE.md has the rooms table");
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, _, may_use, never] = cells[..] else { return None };
        let quoted = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
        Some((quoted(name).pop()?, Room { may_use: quoted(may_use), never: quoted(never) }))
    };
    table.lines().skip(2).take_while(|line| line.starts_with('|')).filter_map(row).collect()
}

/// The Rust files of a room.
fn files(room: &str) -> Vec<PathBuf> {
    let face = Path::new(ROOT).join("src").join(format!("{room}.rs"));
    let mut files: Vec<PathBuf> = face.is_file().then_some(face).into_iter().collect();
    let mut open = vec![Path::new(ROOT).join("src").join(room)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                files.push(entry);
            }
        }
    }
    files
}

/// A file's code: without comments, so that a link in a comment is no use.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The words that follow `before`.
fn names_after<'a>(code: &'a str, before: &str) -> Vec<&'a str> {
    let word = |rest: &'a str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    code.split(before).skip(1).map(word).collect()
}

#[test]
fn every_room_enters_only_the_rooms_that_it_may() {
    let rooms = rooms();
    let lib = ["model", "route", "i18n", "content", "browser", "components", "pages", "app"];
    assert_eq!(rooms.len(), lib.len() + 1, "the table has a row for every room");
    let mut breaches = Vec::new();
    for name in lib {
        let room = &rooms[name];
        let files = files(name);
        assert!(!files.is_empty(), "{name} has no files");
        for file in files {
            let code = code(&file);
            for used in names_after(&code, "crate::") {
                let own = used == name || !lib.contains(&used);
                if !own && !room.may_use.iter().any(|allowed| allowed == used) {
                    breaches.push(format!("{} enters `{used}`", file.display()));
                }
            }
            for forbidden in CRATES.iter().filter(|krate| room.never.iter().any(|never| never == *krate)) {
                if code.contains(&format!("{forbidden}::")) {
                    breaches.push(format!("{} names `{forbidden}`", file.display()));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "breaches of the rooms table:\n{}", breaches.join("\n"));
}

#[test]
fn the_native_tool_uses_the_library_from_outside() {
    let rooms = rooms();
    let room = &rooms["bin/site"];
    for file in files("bin/site") {
        for used in names_after(&code(&file), "portal::") {
            let allowed = room.may_use.iter().any(|allowed| allowed == used);
            assert!(allowed || used.is_empty(), "{} enters `{used}`", file.display());
        }
    }
}

#[test]
fn no_code_writes_html_from_a_string() {
    let rooms = ["model", "route", "i18n", "content", "browser", "components", "pages", "app"];
    for file in rooms.into_iter().flat_map(files) {
        let code = code(&file);
        for forbidden in ["inner_html", "set_inner_html", "insert_adjacent_html", "style=", "unsafe "] {
            assert!(!code.contains(forbidden), "{} has {forbidden}", file.display());
        }
    }
}
