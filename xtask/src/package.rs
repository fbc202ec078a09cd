//! `cargo xtask package`: the archive for editors and operators without a compiler.
//!
//! It holds the program `site`, the bundle, the editors' desk, the schemas, sample content, the guides, and a bill of
//! materials of the program (`CycloneDX`). Its checksum is in a file of its own. The same inputs
//! give the same archive.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

/// The files and folders of the checkout that go into the archive, each with its name there.
/// Program, bundle and desk are added to them.
const TAKEN: [(&str, &str); 12] = [
    ("content", "content"),
    ("schemas", "schemas"),
    ("docs/editors.md", "docs/editors.md"),
    ("docs/content.md", "docs/content.md"),
    ("docs/import.md", "docs/import.md"),
    ("docs/sources.md", "docs/sources.md"),
    ("docs/hosting.md", "docs/hosting.md"),
    ("docs/live.md", "docs/live.md"),
    ("docs/views.md", "docs/views.md"),
    ("docs/security.md", "docs/security.md"),
    ("xtask/package/README.md", "README.md"),
    ("LICENSE", "LICENSE"),
];

/// The parts of an archive.
#[derive(Debug)]
pub struct Package<'a> {
    /// The checkout.
    pub root: &'a Path,
    /// The program.
    pub site: &'a Path,
    /// The bundle.
    pub bundle: &'a Path,
    /// The files of the editors' desk.
    pub desk: &'a Path,
    /// The project's version.
    pub version: &'a str,
    /// The target triple: `x86_64-unknown-linux-gnu`.
    pub target: &'a str,
    /// The bill of materials, in the form of `CycloneDX`.
    pub sbom: Value,
}

impl Package<'_> {
    /// The archive's name without its ending, which is also the folder in it.
    pub fn name(&self) -> String {
        format!("portal-{}-{}", self.version, self.target)
    }

    /// Writes the archive and its checksum into a folder. Returns the path of the archive.
    ///
    /// # Errors
    /// Where something cannot be read or written.
    pub fn write(&self, folder: &Path) -> io::Result<PathBuf> {
        fs::create_dir_all(folder)?;
        let name = self.name();
        let archive = folder.join(format!("{name}.tar.gz"));
        let mut tar = Builder::new(GzEncoder::new(File::create(&archive)?, Compression::best()));
        let program = format!("site{}", std::env::consts::EXE_SUFFIX);
        add(&mut tar, self.site, &Path::new(&name).join(program), true)?;
        add(
            &mut tar,
            self.bundle,
            &Path::new(&name).join("bundle"),
            false,
        )?;
        add(&mut tar, self.desk, &Path::new(&name).join("desk"), false)?;
        for (from, to) in TAKEN {
            add(
                &mut tar,
                &self.root.join(from),
                &Path::new(&name).join(to),
                false,
            )?;
        }
        let sbom = serde_json::to_vec_pretty(&self.sbom)?;
        entry(
            &mut tar,
            &Path::new(&name).join("sbom.cdx.json"),
            &sbom,
            false,
        )?;
        tar.into_inner()?.finish()?.flush()?;
        let sum = Sha256::digest(fs::read(&archive)?);
        let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        // The form that `sha256sum --check` reads.
        fs::write(
            folder.join(format!("{name}.tar.gz.sha256")),
            format!("{sum}  {name}.tar.gz\n"),
        )?;
        Ok(archive)
    }
}

/// Adds a file, or a folder with everything in it in the order of the names.
fn add<W: Write>(tar: &mut Builder<W>, from: &Path, to: &Path, is_program: bool) -> io::Result<()> {
    let about =
        |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", from.display()));
    if !from.is_dir() {
        return entry(tar, to, &fs::read(from).map_err(about)?, is_program);
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(from).map_err(about)? {
        names.push(entry?.file_name());
    }
    names.sort();
    names
        .iter()
        .try_for_each(|name| add(tar, &from.join(name), &to.join(name), is_program))
}

/// Adds a file. Its time, owner and permissions are fixed, so that they depend on no machine.
fn entry<W: Write>(
    tar: &mut Builder<W>,
    to: &Path,
    bytes: &[u8],
    is_program: bool,
) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(bytes.len() as u64);
    header.set_mode(if is_program { 0o755 } else { 0o644 });
    header.set_mtime(0);
    tar.append_data(&mut header, to, bytes)
}

/// The bill of materials of a workspace package for a target, in the form of `CycloneDX` 1.5.
/// `metadata` is the output of `cargo metadata --filter-platform`.
///
/// # Panics
/// Never for what Cargo itself wrote; where a key is missing, the work is left out.
pub fn sbom(metadata: &Value, package: &str, version: &str) -> Value {
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let nodes = metadata["resolve"]["nodes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let about = |id: &str| packages.iter().find(|known| known["id"] == id);
    let node = |id: &str| nodes.iter().find(|node| node["id"] == id);
    let first = packages
        .iter()
        .find(|known| known["name"] == package)
        .and_then(|known| known["id"].as_str());
    let mut open: Vec<&str> = first.into_iter().collect();
    let mut seen: Vec<&str> = open.clone();
    while let Some(id) = open.pop() {
        let needed = node(id)
            .and_then(|node| node["deps"].as_array())
            .map(Vec::as_slice)
            .unwrap_or_default();
        for dependency in needed
            .iter()
            .filter(|dependency| is_in_the_program(dependency))
        {
            if let Some(id) = dependency["pkg"].as_str().filter(|id| !seen.contains(id)) {
                seen.push(id);
                open.push(id);
            }
        }
    }
    let mut components: Vec<Value> = seen
        .into_iter()
        .filter_map(about)
        .filter_map(component)
        .collect();
    components.sort_by_key(|component| component["bom-ref"].as_str().map(str::to_owned));
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": { "type": "application", "name": "portal", "version": version } },
        "components": components,
    })
}

/// Whether a dependency becomes part of the program: neither of tests nor of build scripts alone.
fn is_in_the_program(dependency: &Value) -> bool {
    let kinds = dependency["dep_kinds"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    kinds.iter().any(|kind| kind["kind"].is_null())
}

/// A component of the bill; `None` for the packages of the project, which have no registry.
fn component(package: &Value) -> Option<Value> {
    package["source"].as_str()?;
    let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
    let address = format!("pkg:cargo/{name}@{version}");
    let mut component = json!({
        "type": "library", "bom-ref": address, "name": name, "version": version, "purl": address,
    });
    if let Some(licence) = package["license"].as_str() {
        // Older manifests write a slash for "or".
        component["licenses"] = json!([{ "expression": licence.replace('/', " OR ") }]);
    }
    Some(component)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_program_is_listed_and_nothing_else() {
        let package = |name: &str, source: Option<&str>| {
            json!({
                "id": name, "name": name, "version": "1.0.0", "source": source, "license": "MIT/Apache-2.0",
            })
        };
        let needs = |name: &str, kind: Option<&str>| json!({ "pkg": name, "dep_kinds": [{ "kind": kind }] });
        let registry = Some("registry+x");
        let metadata = json!({
            "packages": [
                package("site", None), package("model", None), package("serde", registry), package("proptest", registry),
                package("cc", registry), package("alone", registry),
            ],
            "resolve": { "nodes": [
                { "id": "site", "deps": [needs("model", None), needs("proptest", Some("dev"))] },
                { "id": "model", "deps": [needs("serde", None), needs("cc", Some("build"))] },
                { "id": "serde", "deps": [] },
            ] },
        });
        let sbom = sbom(&metadata, "site", "0.1.0");
        let expected = json!([{
            "type": "library", "bom-ref": "pkg:cargo/serde@1.0.0", "name": "serde", "version": "1.0.0",
            "purl": "pkg:cargo/serde@1.0.0", "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        }]);
        assert_eq!(sbom["components"], expected);
    }
}
