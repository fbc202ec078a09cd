//! `public/licences.txt`, which every site contains: the works that readers load, and their
//! licences.
//!
//! Cargo gives the list for the browser program, and the packages contain the texts. After a change
//! of dependencies, `UPDATE=1 cargo test -p site --test portal licences` rewrites the file.

use crate::published::published;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target of the browser program.
const WASM: &str = "wasm32-unknown-unknown";

/// The packages in Pagefind's program for browsers. It comes prebuilt inside the package, from the
/// package's own dependencies.
const SEARCH: [&str; 5] = [
    "bit-set",
    "bit-vec",
    "minicbor",
    "pagefind",
    "pagefind_stem",
];

/// The notices of works without a licence file.
const NOTICES: [(&str, &str); 2] = [
    ("pagefind", "Copyright 2022 CloudCannon"),
    ("std", "Copyright (c) The Rust Project Contributors"),
];

/// The licences that a site may contain, preferred ones first, each with the beginning of its text.
const ALLOWED: [(&str, &str); 11] = [
    (
        "MIT",
        "Permission is hereby granted, free of charge, to any person obtaining a copy",
    ),
    ("Zlib", "This software is provided 'as-is'"),
    ("ISC", "Permission to use, copy, modify, and/or distribute"),
    (
        "BSD-3-Clause",
        "Redistribution and use in source and binary forms",
    ),
    (
        "BSD-2-Clause",
        "Redistribution and use in source and binary forms",
    ),
    ("BSL-1.0", "Boost Software License - Version 1.0"),
    (
        "Unicode-3.0",
        "Permission is hereby granted, free of charge, to any person obtaining a",
    ),
    ("BlueOak-1.0.0", "Blue Oak Model License"),
    (
        "Unlicense",
        "This is free and unencumbered software released into the public domain",
    ),
    ("Apache-2.0", "Apache License"),
    ("CC0-1.0", "Creative Commons Legal Code"),
];

/// A work that readers load.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Work {
    name: String,
    version: String,
    /// The package's licence expression.
    licence: String,
}

#[test]
fn the_file_names_everything_that_readers_load_with_its_licence() {
    let (works, fresh) = written();
    assert!(works.len() > 60, "only {} works were found", works.len());
    let file = Path::new(crate::ROOT).join("public/licences.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &fresh).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let advice = "`UPDATE=1 cargo test -p site --test portal licences` writes it anew";
    assert!(
        committed == fresh,
        "public/licences.txt is not that of Cargo.lock: {advice}"
    );
    for Work { name, version, .. } in works {
        assert!(
            committed.contains(&format!("  {name} {version} (")),
            "{name} is missing: {advice}"
        );
    }
}

#[test]
fn the_published_site_has_the_file() {
    let published = published();
    let file = fs::read(Path::new(crate::ROOT).join("public/licences.txt")).unwrap();
    assert_eq!(published.files.get("licences.txt"), Some(&file));
}

#[test]
fn a_licence_that_is_not_allowed_is_refused() {
    assert_eq!(needed("MIT OR Apache-2.0"), Ok(vec!["MIT"]));
    assert_eq!(needed("Unlicense/MIT"), Ok(vec!["MIT"]));
    assert_eq!(
        needed("(MIT OR Apache-2.0) AND Unicode-3.0"),
        Ok(vec!["MIT", "Unicode-3.0"])
    );
    assert_eq!(
        needed("Apache-2.0 WITH LLVM-exception OR Apache-2.0"),
        Ok(vec!["Apache-2.0"])
    );
    for bad in [
        "GPL-3.0-or-later",
        "MIT AND GPL-2.0-only",
        "MPL-2.0",
        "(MPL-2.0 OR LGPL-3.0) AND MIT",
        "",
    ] {
        assert!(needed(bad).is_err(), "{bad} was allowed");
    }
}

/// The licences whose texts must be included: of alternatives, the first that [`ALLOWED`] lists.
fn needed(licence: &str) -> Result<Vec<&'static str>, String> {
    let licence = licence.replace('/', " OR ");
    let choose = |choice: &str| {
        let choices: Vec<&str> = choice
            .trim_matches(['(', ')', ' '])
            .split(" OR ")
            .map(str::trim)
            .collect();
        let chosen = ALLOWED
            .iter()
            .map(|(name, _)| *name)
            .find(|name| choices.contains(name));
        chosen.ok_or_else(|| format!("\"{licence}\" is no licence that a site may carry"))
    };
    licence.split(" AND ").map(choose).collect()
}

/// The works that readers load, and the text of the file.
fn written() -> (Vec<Work>, String) {
    let program = works("portal", WASM);
    let search = works("pagefind", "all")
        .into_iter()
        .filter(|work| SEARCH.contains(&work.name.as_str()));
    let search: BTreeSet<Work> = search.collect();
    assert_eq!(
        search.len(),
        SEARCH.len(),
        "Pagefind is made of other packages now: {search:?}"
    );
    let std = Work {
        name: "std".to_owned(),
        version: "of Rust".to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
    };
    let folders = folders();
    let mut texts: BTreeMap<(&'static str, String), BTreeMap<String, Vec<String>>> =
        BTreeMap::new();
    let all: BTreeSet<&Work> = program.iter().chain(&search).chain([&std]).collect();
    for work in &all {
        let needed = needed(&work.licence).unwrap_or_else(|error| panic!("{}: {error}", work.name));
        for licence in needed {
            let (notice, text) = carried(work, licence, &folders);
            texts
                .entry((licence, text))
                .or_default()
                .entry(notice)
                .or_default()
                .push(work.name.clone());
        }
    }
    let mut file = String::from(
        "What readers of this site load is made of these works. The texts of their licences stand below.\n",
    );
    for (what, works) in [
        ("The program", &program),
        ("The search", &search),
        ("Both", &[std.clone()].into()),
    ] {
        let _ = write!(file, "\n{what}:\n\n");
        for Work {
            name,
            version,
            licence,
        } in works
        {
            let _ = writeln!(file, "  {name} {version} ({licence})");
        }
    }
    for ((licence, text), notices) in texts {
        let _ = write!(file, "\n{}\n{licence}\n\n", "-".repeat(72));
        for (notice, names) in notices {
            let _ = writeln!(file, "{}:", names.join(", "));
            for line in notice.lines() {
                let _ = writeln!(file, "  {line}");
            }
        }
        let _ = write!(file, "\n{text}\n");
    }
    (all.into_iter().cloned().collect(), file)
}

/// The packages that a build of `package` for `target` contains.
fn works(package: &str, target: &str) -> BTreeSet<Work> {
    let edges = [
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--no-dedupe",
        "--format",
        "{p}|{l}",
    ];
    let listed = cargo(
        &[
            &["tree", "--package", package, "--target", target][..],
            &edges,
        ]
        .concat(),
    );
    let work = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        // The project counts as one work, so its other packages are left out.
        let is_ours = ["model ", "i18n "]
            .iter()
            .any(|name| package.starts_with(name))
            && package.ends_with(')');
        if is_ours {
            return None;
        }
        let mut words = package.split(' ');
        let (name, version) = (
            words.next()?.to_owned(),
            words.next()?.trim_start_matches('v').to_owned(),
        );
        Some(Work {
            name,
            version,
            licence: licence.trim().to_owned(),
        })
    };
    listed.lines().filter_map(work).collect()
}

/// The folder and the authors of each package, by name and version.
fn folders() -> BTreeMap<(String, String), (PathBuf, Vec<String>)> {
    let metadata: Value =
        serde_json::from_str(&cargo(&["metadata", "--format-version", "1"])).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let folder = |package: &Value| {
        let authors = package["authors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(text);
        let folder = Path::new(&text(&package["manifest_path"]))
            .parent()
            .unwrap()
            .to_owned();
        (
            (text(&package["name"]), text(&package["version"])),
            (folder, authors.collect()),
        )
    };
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(folder)
        .collect()
}

fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(arguments)
        .arg("--locked")
        .current_dir(crate::ROOT)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The notice and the text of a work's licence, from its own files; for MIT the text may be ours.
fn carried(
    work: &Work,
    licence: &'static str,
    folders: &BTreeMap<(String, String), (PathBuf, Vec<String>)>,
) -> (String, String) {
    let begins = ALLOWED.iter().find(|(name, _)| *name == licence).unwrap().1;
    let own = folders.get(&(work.name.clone(), work.version.clone()));
    let files = own
        .map(|(folder, _)| licence_files(folder))
        .unwrap_or_default();
    let mut parts = files.iter().filter_map(|text| split(text, begins));
    if let Some(found) = parts
        .find(|(notice, _)| (licence == "Unicode-3.0") == notice.contains("UNICODE LICENSE V3"))
    {
        return found;
    }
    // The text of the MIT licence is always the same; only the copyright holder differs.
    assert_eq!(
        licence, "MIT",
        "{} brings no text of its licence",
        work.name
    );
    let known = NOTICES
        .iter()
        .find(|(name, _)| *name == work.name)
        .map(|(_, notice)| (*notice).to_owned());
    let name = |author: &String| author.split(" <").next().unwrap_or_default().to_owned();
    let authors =
        || own.map(|(_, authors)| authors.iter().map(name).collect::<Vec<_>>().join(", "));
    let authors = authors().filter(|authors| !authors.is_empty());
    let authors = authors.unwrap_or_else(|| format!("the authors of {}", work.name));
    let notice = known.unwrap_or_else(|| format!("Copyright (c) {authors}"));
    let text = fs::read_to_string(Path::new(crate::ROOT).join("LICENSE")).unwrap();
    (notice, split(&text, begins).unwrap().1)
}

/// The texts of a folder's licence files, sorted by name.
fn licence_files(folder: &Path) -> Vec<String> {
    let is_one = |path: &PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .to_uppercase();
        ["LICEN", "COPYING", "UNLICENSE"]
            .iter()
            .any(|begin| name.starts_with(begin))
            && path.is_file()
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(is_one)
        .collect();
    files.sort();
    files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect()
}

/// Splits a licence file: the notice before the text, without the licence's name, and the text by
/// paragraphs.
fn split(text: &str, begins: &str) -> Option<(String, String)> {
    // Copies of the same text break their lines differently.
    let paragraphs: Vec<String> = text
        .replace("\r\n", "\n")
        .split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    let at = paragraphs
        .iter()
        .position(|paragraph| paragraph.contains(begins))?;
    let before: Vec<&str> = paragraphs[..at].iter().map(String::as_str).collect();
    let (same, rest) = paragraphs[at].split_at(paragraphs[at].find(begins)?);
    let is_name = |line: &&str| {
        let bare = line.trim_matches(['#', ' ', '(', ')']).to_lowercase();
        bare.is_empty()
            || [
                "mit license",
                "the mit license",
                "the mit license (mit",
                "mit",
                "zlib license",
            ]
            .contains(&bare.as_str())
    };
    let notice: Vec<&str> = before
        .into_iter()
        .chain([same.trim()])
        .filter(|line| !is_name(line))
        .collect();
    let body: Vec<&str> = [rest]
        .into_iter()
        .chain(paragraphs[at + 1..].iter().map(String::as_str))
        .collect();
    let body: Vec<&str> = body
        .into_iter()
        .filter(|paragraph| !paragraph.is_empty())
        .collect();
    Some((notice.join("\n"), body.join("\n\n")))
}
