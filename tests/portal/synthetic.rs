//! A portal of synthetic articles that tests can build, change and rebuild.

use crate::build::project;
use crate::folder::copy;
use ::synthetic::{Article, Block, Portal, SECTIONS, Span, authored};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A number of articles for which lists have more than one part.
pub(crate) const ARTICLES: usize = 60;

/// The portal that tests take articles from. Its pictures are small, so that a build is quick.
pub(crate) fn portal() -> Portal {
    Portal::new(ARTICLES, 11).with_pictures(40, (64, 36))
}

/// An article without links, so that any other one can be removed. Most articles share a section
/// and a tag, so that few of them give lists of several parts.
pub(crate) fn article(portal: &Portal, number: usize) -> Article {
    let mut article = portal.article(number);
    if !number.is_multiple_of(8) {
        article.section = SECTIONS[1];
        article.tags = vec![0, 1 + number % 7];
    }
    for block in article
        .versions
        .iter_mut()
        .flat_map(|version| &mut version.body)
    {
        if let Block::Paragraph(spans) = block {
            spans.retain(|span| !matches!(span, Span::Link(..)));
        }
    }
    article
}

/// A folder with such a portal as `content`, and a bundle with a dummy program as `bundle`.
pub(crate) fn synthetic_project(articles: usize) -> TempDir {
    let folder = project();
    let content = folder.path().join("content");
    fs::remove_dir_all(&content).unwrap();
    authored::write_frame(&content).unwrap();
    let portal = portal();
    for number in 0..articles {
        authored::write_article(&article(&portal, number), &content).unwrap();
    }
    folder
}

/// A copy of a project's content and bundle in a folder without earlier builds.
pub(crate) fn fresh_copy(project: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["content", "bundle"] {
        copy(&project.join(name), &folder.path().join(name));
    }
    folder
}

/// `site build` of the project's `content` into its `site`, without compressed copies: they would
/// take most of the time.
pub(crate) fn command(project: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
    let arguments = [
        "build",
        "--quiet",
        "--no-compression",
        "--bundle",
        "bundle",
        "--out",
        "site",
    ];
    command.args(arguments).current_dir(project);
    command
}

/// Asserts that a build succeeded.
pub(crate) fn expect_built(output: &Output, when: &str) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{when}: {}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
}

/// The files below a folder: relative path to bytes.
pub(crate) type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Reads all files below a folder.
///
/// # Errors If something cannot be read, or disappears before it is read.
pub(crate) fn tree(root: &Path) -> std::io::Result<Tree> {
    let (mut tree, mut open) = (Tree::new(), vec![PathBuf::new()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else {
                tree.insert(path.clone(), fs::read(root.join(&path))?);
            }
        }
    }
    Ok(tree)
}

/// The difference between two trees, for a message; `None` if they are the same.
pub(crate) fn difference(found: &Tree, expected: &Tree) -> Option<String> {
    let mut lines = Vec::new();
    lines.extend(
        expected
            .keys()
            .filter(|path| !found.contains_key(*path))
            .map(|path| format!("missing {}", path.display())),
    );
    for (path, bytes) in found {
        match expected.get(path) {
            None => lines.push(format!("surplus {}", path.display())),
            Some(other) if other != bytes => {
                lines.push(format!(
                    "{} {}",
                    path.display(),
                    first_difference(bytes, other)
                ));
            }
            Some(_) => {}
        }
    }
    let count = lines.len();
    lines.truncate(10);
    (count > 0).then(|| format!("{count} files differ:\n{}", lines.join("\n")))
}

fn first_difference(found: &[u8], expected: &[u8]) -> String {
    let place = found
        .iter()
        .zip(expected)
        .take_while(|(one, other)| one == other)
        .count();
    let around = |bytes: &[u8]| {
        let start = place.saturating_sub(60).min(bytes.len());
        String::from_utf8_lossy(&bytes[start..bytes.len().min(place + 60)]).into_owned()
    };
    format!(
        "differs at byte {place}:\n  found    …{}\n  expected …{}",
        around(found),
        around(expected)
    )
}

#[test]
fn a_synthetic_portal_has_nothing_to_complain_about_and_is_the_same_every_time() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&one, &other] {
        authored::write(&Portal::new(60, 5), &folder.path().join("content")).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .arg("check")
        .current_dir(one.path())
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let (one, other) = (tree(one.path()).unwrap(), tree(other.path()).unwrap());
    assert_eq!(difference(&one, &other), None);
    // Two languages and the facts of each article, and one picture.
    let below = |start: &str| one.keys().filter(|path| path.starts_with(start)).count();
    assert_eq!(below("content/articles"), 60 * 3 + 1);
}
