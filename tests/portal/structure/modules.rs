//! The dependencies between the files of a crate, and their cycles.

use super::source;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module: its path within the crate, without `crate`.
pub(super) type Module = Vec<String>;

/// Every file of a crate.
pub(super) struct Modules {
    files: BTreeMap<Module, PathBuf>,
}

impl Modules {
    /// The files below a crate's `src`.
    pub(super) fn of(src: &Path) -> Self {
        let mut files = BTreeMap::new();
        let mut open = vec![(src.to_owned(), Vec::new())];
        while let Some((folder, module)) = open.pop() {
            for entry in fs::read_dir(&folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
            {
                let name = entry.file_stem().unwrap().to_string_lossy().into_owned();
                let own: Module = module.iter().cloned().chain([name.clone()]).collect();
                if entry.is_dir() {
                    open.push((entry, own));
                } else if entry.extension().is_some_and(|ending| ending == "rs") {
                    let is_root = module.is_empty() && ["lib", "main"].contains(&name.as_str());
                    files.insert(if is_root { Vec::new() } else { own }, entry);
                }
            }
        }
        Self { files }
    }

    /// All files with their modules.
    pub(super) fn files(&self) -> impl Iterator<Item = (&Module, &PathBuf)> {
        self.files.iter()
    }

    /// The modules that the code of `module` names, without itself.
    pub(super) fn used_by(&self, module: &Module) -> BTreeSet<Module> {
        let code = fs::read_to_string(&self.files[module]).unwrap();
        let used = source::paths(&code)
            .into_iter()
            .filter_map(|written| self.resolve(module, &written));
        used.filter(|used| used != module).collect()
    }

    /// The module that a path leads into: its longest prefix that is a file.
    fn resolve(&self, from: &Module, written: &[String]) -> Option<Module> {
        // A single word is a visibility, or a name that is in scope already.
        if written.len() < 2 {
            return None;
        }
        let mut base = from.clone();
        let mut rest = written;
        match written.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &written[1..];
            }
            "self" => rest = &written[1..],
            "super" => {
                while let Some("super") = rest.first().map(String::as_str) {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            // A child module. Anything else comes in by an import, which has its full path.
            child => {
                let own: Module = from.iter().cloned().chain([child.to_owned()]).collect();
                if !self.files.contains_key(&own) {
                    return None;
                }
            }
        }
        for word in rest {
            base.push(word.clone());
            if !self.files.keys().any(|known| known.starts_with(&base)) {
                base.pop();
                break;
            }
        }
        self.files.contains_key(&base).then_some(base)
    }

    /// The folder that a module belongs to. A module with submodules belongs to their folder.
    fn folder(&self, module: &Module) -> Module {
        let is_face = self
            .files
            .keys()
            .any(|known| known.len() > module.len() && known.starts_with(module));
        if is_face {
            module.clone()
        } else {
            module[..module.len().saturating_sub(1)].to_vec()
        }
    }

    /// The cycles that go through several folders, each as its modules.
    pub(super) fn circles(&self) -> Vec<Vec<String>> {
        let edges: BTreeMap<&Module, BTreeSet<Module>> = self
            .files
            .keys()
            .filter(|module| !is_test(module))
            .map(|module| (module, self.used_by(module)))
            .collect();
        let reach = |from: &Module| {
            let mut seen = BTreeSet::new();
            let mut open = vec![from.clone()];
            while let Some(module) = open.pop() {
                for next in edges
                    .get(&module)
                    .into_iter()
                    .flatten()
                    .filter(|next| !is_test(next))
                {
                    if seen.insert(next.clone()) {
                        open.push(next.clone());
                    }
                }
            }
            seen
        };
        let reached: BTreeMap<&Module, BTreeSet<Module>> = edges
            .keys()
            .map(|module| (*module, reach(module)))
            .collect();
        let mut circles = BTreeSet::new();
        for (module, seen) in &reached {
            let circle: BTreeSet<&Module> = seen
                .iter()
                .filter(|other| reached[*other].contains(*module))
                .chain([*module])
                .collect();
            let folders: BTreeSet<Module> =
                circle.iter().map(|module| self.folder(module)).collect();
            if folders.len() > 1 {
                circles.insert(
                    circle
                        .into_iter()
                        .map(|module| module.join("::"))
                        .collect::<Vec<_>>(),
                );
            }
        }
        circles.into_iter().collect()
    }
}

fn is_test(module: &Module) -> bool {
    module.iter().any(|word| word == "tests")
}

#[test]
fn a_circle_through_two_folders_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("lib.rs", "mod a; mod b;");
    write("a.rs", "mod one; mod two; use one::One;");
    write("a/one.rs", "use super::two; pub struct One;");
    write("a/two.rs", "use crate::{b::three::Three, a::one};");
    write("b.rs", "pub mod three;");
    write(
        "b/three.rs",
        "// use crate::a::two;\npub struct Three(&'static str); fn f() { \"crate::a::two\"; }",
    );
    assert_eq!(
        Modules::of(folder.path()).circles(),
        Vec::<Vec<String>>::new()
    );
    write(
        "b/three.rs",
        "const A: &str = \"//\"; pub struct Three; use super::super::{a::two};",
    );
    let circle = ["a::one", "a::two", "b::three"].map(str::to_owned).to_vec();
    assert_eq!(Modules::of(folder.path()).circles(), [circle]);
}
