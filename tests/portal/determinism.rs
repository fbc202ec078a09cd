//! The same content gives the same bytes, in any environment and after any earlier build.

use crate::synthetic::{
    ARTICLES, Tree, article, command, difference, expect_built, fresh_copy, portal,
    synthetic_project, tree,
};
use ::synthetic::{Random, SECTIONS, authored};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// The number of changes, each followed by a build.
const CHANGES: usize = 15;

fn built(project: &Path, when: &str) -> Tree {
    expect_built(&command(project).output().unwrap(), when);
    tree(&project.join("site")).unwrap()
}

/// The output of a build that has no cache of earlier ones.
fn built_afresh(project: &Path, when: &str) -> Tree {
    built(fresh_copy(project).path(), when)
}

fn expect_same(found: &Tree, expected: &Tree, when: &str) {
    if let Some(difference) = difference(found, expected) {
        panic!("{when}: {difference}");
    }
}

#[test]
fn time_zone_language_threads_and_working_folder_change_nothing() {
    let project = synthetic_project(30);
    let expected = built(project.path(), "as it is");
    let surroundings: [(&str, &[(&str, &str)]); 4] = [
        (
            "far in the east",
            &[
                ("TZ", "Pacific/Kiritimati"),
                ("LANG", "vi_VN.UTF-8"),
                ("LC_ALL", "vi_VN.UTF-8"),
            ],
        ),
        (
            "far in the west",
            &[("TZ", "Etc/GMT+12"), ("LANG", "C"), ("LC_ALL", "C")],
        ),
        ("one thread", &[("RAYON_NUM_THREADS", "1")]),
        ("many threads", &[("RAYON_NUM_THREADS", "7")]),
    ];
    for (when, variables) in surroundings {
        let folder = fresh_copy(project.path());
        expect_built(
            &command(folder.path())
                .envs(variables.iter().copied())
                .output()
                .unwrap(),
            when,
        );
        expect_same(&tree(&folder.path().join("site")).unwrap(), &expected, when);
    }
    let (elsewhere, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let out = out.path().join("thư mục");
    let absolute = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(["build", "--quiet", "--no-compression", "--bundle"])
        .arg(project.path().join("bundle"))
        .arg("--content")
        .arg(project.path().join("content"))
        .arg("--out")
        .arg(&out)
        .current_dir(elsewhere.path())
        .output()
        .unwrap();
    expect_built(&absolute, "with absolute paths");
    expect_same(&tree(&out).unwrap(), &expected, "with absolute paths");
}

#[test]
fn the_order_in_which_files_were_made_changes_nothing() {
    let project = synthetic_project(30);
    let expected = built(project.path(), "in their order");
    let folder = tempfile::tempdir().unwrap();
    let source = |path: &Path| path.starts_with("content") || path.starts_with("bundle");
    for (path, bytes) in tree(project.path())
        .unwrap()
        .iter()
        .rev()
        .filter(|(path, _)| source(path))
    {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    expect_same(
        &built(folder.path(), "in reversed order"),
        &expected,
        "in reversed order",
    );
}

#[test]
fn after_any_change_the_next_build_gives_what_a_fresh_one_gives() {
    let project = synthetic_project(ARTICLES);
    let seed = std::env::var("PORTAL_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(2026);
    let mut editor = Editor {
        content: project.path().join("content"),
        random: Random::new(seed),
        next: ARTICLES,
    };
    let mut last = built(project.path(), "at first");
    expect_same(
        &built(project.path(), "without a change"),
        &last,
        "without a change",
    );
    let mut history = Vec::new();
    for number in 0..CHANGES {
        history.push(editor.change(number));
        let when = format!("PORTAL_SEED={seed}, after {}", history.join(", then "));
        let found = built(project.path(), &when);
        expect_same(&found, &built_afresh(project.path(), &when), &when);
        let should_show = !history[number].starts_with("touching");
        assert_eq!(
            difference(&found, &last).is_some(),
            should_show,
            "{when}: whether readers see it"
        );
        last = found;
    }
}

#[test]
fn another_bundle_changes_every_page_and_the_way_back_changes_it_back() {
    let project = synthetic_project(30);
    let before = built(project.path(), "at first");
    let style = project.path().join("bundle/style/base.css");
    fs::write(&style, "body { color : green }").unwrap();
    let after = built(project.path(), "with another style");
    expect_same(
        &after,
        &built_afresh(project.path(), "with another style"),
        "with another style",
    );
    let changed = |path: &str| before[Path::new(path)] != after[Path::new(path)];
    assert!(changed("vi/index.html") && changed("en/tags/topic-1/index.html"));
    fs::write(&style, "body { color : red }").unwrap();
    expect_same(
        &built(project.path(), "with the first style again"),
        &before,
        "with the first style again",
    );
}

/// Changes the content at random, reproducibly by a seed.
struct Editor {
    content: PathBuf,
    random: Random,
    next: usize,
}

impl Editor {
    /// Makes a change and describes it. Kinds of change take turns, so that each occurs; their
    /// places are random.
    fn change(&mut self, number: usize) -> String {
        match number % 13 {
            0 => self.publish(),
            1 => self.rewrite("vi.json", "\"lead\": \"", "\"lead\": \"Tin mới. "),
            2 => self.delete(),
            3 => self.rewrite_site("Trial portal", "Renamed portal"),
            4 => self.move_to_another_section(),
            5 => self.repaint(),
            6 => self.rewrite("en.json", "\"headline\": \"", "\"headline\": \"Renamed "),
            7 => self.rewrite("article.json", "\"views\": ", "\"views\": 9"),
            8 => self.rewrite("article.json", "\"tags\": [", "\"tags\": [\"topic-40\", "),
            9 => self.rewrite("article.json", "\"published\": \"20", "\"published\": \"19"),
            10 => self.take_back_a_translation(),
            11 => self.touch(),
            _ => self.rewrite_in_the_past(),
        }
    }

    /// The folders of all articles.
    fn articles(&self) -> Vec<PathBuf> {
        let below = |folder: &Path| {
            let mut entries: Vec<PathBuf> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            entries.sort();
            entries
        };
        below(&self.content.join("articles"))
            .iter()
            .flat_map(|section| below(section))
            .collect()
    }

    fn article(&mut self, fits: impl Fn(&Path) -> bool) -> PathBuf {
        let articles: Vec<PathBuf> = self
            .articles()
            .into_iter()
            .filter(|article| fits(article))
            .collect();
        articles[self.random.below(articles.len())].clone()
    }

    fn name(article: &Path) -> String {
        article.file_name().unwrap().to_string_lossy().into_owned()
    }

    fn publish(&mut self) -> String {
        let article = article(&portal(), self.next);
        authored::write_article(&article, &self.content).unwrap();
        self.next += 1;
        format!("publishing {}", article.slug)
    }

    fn delete(&mut self) -> String {
        let article = self.article(|_| true);
        fs::remove_dir_all(&article).unwrap();
        format!("deleting {}", Self::name(&article))
    }

    fn rewrite(&mut self, file: &str, old: &str, new: &str) -> String {
        let has = |article: &Path| {
            let text = fs::read_to_string(article.join(file)).unwrap_or_default();
            text.contains(old) && !text.contains(new)
        };
        let article = self.article(has);
        replace(&article.join(file), old, new);
        format!("writing {new:?} into {file} of {}", Self::name(&article))
    }

    fn rewrite_site(&mut self, old: &str, new: &str) -> String {
        replace(&self.content.join("site.json"), old, new);
        format!("writing {new:?} into site.json")
    }

    fn move_to_another_section(&mut self) -> String {
        let article = self.article(|_| true);
        let now = article
            .parent()
            .unwrap()
            .file_name()
            .unwrap()
            .to_str()
            .unwrap();
        let others: Vec<&str> = SECTIONS
            .into_iter()
            .filter(|section| *section != now)
            .collect();
        let section = self.random.one_of(&others);
        fs::rename(
            &article,
            self.content
                .join("articles")
                .join(section)
                .join(Self::name(&article)),
        )
        .unwrap();
        format!("moving {} to {section}", Self::name(&article))
    }

    /// Puts another article's picture under this one's name: the same size in bytes, other colours.
    fn repaint(&mut self) -> String {
        let article = self.article(|article| article.join("harbour.png").is_file());
        let another = portal()
            .with_pictures(1, (64, 36))
            .article(self.random.below(1000));
        fs::write(article.join("harbour.png"), another.picture.unwrap()).unwrap();
        format!("repainting {}", Self::name(&article))
    }

    fn take_back_a_translation(&mut self) -> String {
        let article = self.article(|article| article.join("en.json").is_file());
        fs::remove_file(article.join("en.json")).unwrap();
        format!(
            "taking back the English version of {}",
            Self::name(&article)
        )
    }

    fn touch(&mut self) -> String {
        let article = self.article(|_| true);
        let file = fs::File::options()
            .append(true)
            .open(article.join("article.json"))
            .unwrap();
        file.set_modified(SystemTime::now()).unwrap();
        format!("touching {}", Self::name(&article))
    }

    /// Imitates a file from a backup: other text of the same length, with an older date.
    fn rewrite_in_the_past(&mut self) -> String {
        let article = self.article(|article| article.join("vi.json").is_file());
        let file = article.join("vi.json");
        let text = fs::read_to_string(&file).unwrap();
        let place = text.find("\"lead\": \"").unwrap() + "\"lead\": \"".len();
        let letter = if text[place..].starts_with('X') {
            "Y"
        } else {
            "X"
        };
        let first = text[place..].chars().next().unwrap();
        let padding = "x".repeat(first.len_utf8() - 1);
        fs::write(
            &file,
            format!(
                "{}{letter}{padding}{}",
                &text[..place],
                &text[place + first.len_utf8()..]
            ),
        )
        .unwrap();
        let then = SystemTime::now() - Duration::from_secs(86_400 * 400);
        fs::File::options()
            .append(true)
            .open(&file)
            .unwrap()
            .set_modified(then)
            .unwrap();
        format!("restoring an older {}", Self::name(&article))
    }
}

fn replace(file: &Path, old: &str, new: &str) {
    let text = fs::read_to_string(file).unwrap();
    assert!(text.contains(old), "{} has no {old}", file.display());
    fs::write(file, text.replacen(old, new, 1)).unwrap();
}
