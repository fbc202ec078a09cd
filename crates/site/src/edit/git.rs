//! What Git knows of the content folder, where that is in a repository: who changed what today. The
//! files that the desk wrote are recorded with a message and a name, and no others.

use super::running::{NotRun, Said, run};
use super::workshop::{Visit, Workshop};
use ::desk::place::Place;
use editorial::check::attached_file::is_attached;
use editorial::check::picture_file::is_picture;
use editorial::diagnostics::Message;
use editorial::message;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// How long Git may take for what is on this machine, and for what is on another.
const PATIENCE: Duration = Duration::from_secs(60);
const FAR: Duration = Duration::from_secs(180);

/// How many changes of today are looked at.
const MOST_CHANGES: &str = "-n200";

/// How many articles of one change are named; the files of others are counted.
const MOST_ARTICLES: usize = 6;

/// What Git knows.
#[derive(Debug, Default, Serialize)]
pub(super) struct History {
    state: State,
    /// Why nothing is known, where Git does not say it.
    message: Option<Message>,
    /// Changes of today, the newest first.
    today: Vec<Change>,
    /// What the desk wrote and nobody has recorded yet.
    waiting: Vec<String>,
    /// The name and the address by which Git knows whoever works here.
    name: String,
    email: String,
    /// The repository that changes can be sent to.
    remote: Option<String>,
}

/// Whether there is a history.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// The folder is in no repository.
    #[default]
    None,
    /// It is in one, but there is no program that could read it.
    NoProgram,
    /// Git does not answer.
    Failed,
    /// It is in one.
    Known,
}

/// A recorded change.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Change {
    /// Who made it.
    who: String,
    /// When.
    at: String,
    /// The first line of its message.
    subject: String,
    /// The articles, each with the languages that changed.
    articles: BTreeMap<String, BTreeSet<String>>,
    /// How many other files changed.
    others: usize,
}

/// A wish to record what the desk wrote.
#[derive(Deserialize)]
pub(super) struct Wish {
    message: String,
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    push: bool,
}

/// What became of it.
#[derive(Debug, Serialize)]
pub(super) struct Recorded {
    /// The name that Git gives the change.
    commit: String,
    /// How many files are in it.
    files: usize,
    /// Whether it was sent; `None` where that was not wanted.
    pushed: Option<bool>,
    /// Why it was not sent.
    message: Option<Message>,
}

/// What Git knows of the folder.
pub(super) fn history(workshop: &Visit<'_>) -> History {
    let content = workshop.content();
    if !is_in_repository(content) {
        return History::default();
    }
    match known(workshop, content) {
        Ok(history) => history,
        Err(NotRun::Missing) => History {
            state: State::NoProgram,
            ..History::default()
        },
        Err(NotRun::Failed(message)) => History {
            state: State::Failed,
            message: Some(message.translated(workshop.lang)),
            ..History::default()
        },
    }
}

fn known(workshop: &Workshop, content: &Path) -> Result<History, NotRun> {
    let inside = git(
        content,
        &["rev-parse", "--is-inside-work-tree"],
        b"",
        PATIENCE,
    )?;
    if !inside.is_good {
        return Err(NotRun::Failed(inside.failed()));
    }
    let config = |key| -> Result<String, NotRun> {
        Ok(git(content, &["config", "--get", key], b"", PATIENCE)?.text())
    };
    let log = git(
        content,
        &[
            "log",
            "--since=midnight",
            "--name-only",
            "--relative",
            "-z",
            MOST_CHANGES,
            "--format=%x01%an%x02%aI%x02%s",
            "--",
            ".",
        ],
        b"",
        PATIENCE,
    )?;
    Ok(History {
        state: State::Known,
        message: None,
        // A repository without a change has no log.
        today: changes(&String::from_utf8_lossy(&log.output)),
        waiting: waiting(workshop, content)?,
        name: config("user.name")?,
        email: config("user.email")?,
        remote: remote(content)?,
    })
}

/// Records what the desk wrote.
///
/// # Errors
/// Why it is not recorded. The files stay as they are.
pub(super) fn record(workshop: &Visit<'_>, wish: &Wish) -> Result<Recorded, Message> {
    let content = workshop.content();
    let is_plain = |text: &str| !text.contains(['<', '>', '\n', '\r', '\0']);
    let (name, email) = (wish.name.trim(), wish.email.trim());
    if name.is_empty() || !is_plain(name) || !is_plain(email) {
        return Err(message!("a name is needed, without < and >"));
    }
    let message = wish.message.trim();
    if message.is_empty() {
        return Err(message!("a change needs a message"));
    }
    let files = waiting(workshop, content).map_err(said)?;
    if files.is_empty() {
        return Err(message!("there is nothing that was not recorded"));
    }
    let of_these = |begin: &[&str]| -> Vec<String> {
        let begin = begin.iter().map(|word| (*word).to_owned());
        begin.chain(files.iter().cloned()).collect()
    };
    let add = of_these(&["add", "--all", "--"]);
    expect(content, &add, b"", (name, email), PATIENCE)?;
    let commit = of_these(&["commit", "--only", "--quiet", "--file=-", "--"]);
    expect(
        content,
        &commit,
        message.as_bytes(),
        (name, email),
        PATIENCE,
    )?;
    workshop.store().settle(&files);
    let commit = git(content, &["rev-parse", "--short", "HEAD"], b"", PATIENCE);
    let mut recorded = Recorded {
        commit: commit.map(|said| said.text()).unwrap_or_default(),
        files: files.len(),
        pushed: None,
        message: None,
    };
    if wish.push {
        let pushed = push(content);
        recorded.pushed = Some(pushed.is_ok());
        recorded.message = pushed.err().map(|why| why.translated(workshop.lang));
    }
    Ok(recorded)
}

fn push(content: &Path) -> Result<(), Message> {
    let follows = ["rev-parse", "--abbrev-ref", "@{upstream}"];
    let follows = git(content, &follows, b"", PATIENCE).map_err(said)?.is_good;
    let sent = if follows {
        git(content, &["push", "--quiet"], b"", FAR)
    } else {
        let remote = remote(content).map_err(said)?;
        let remote =
            remote.ok_or_else(|| message!("there is no other repository to send it to"))?;
        git(content, &["push", "--quiet", &remote, "HEAD"], b"", FAR)
    };
    let sent = sent.map_err(said)?;
    if sent.is_good {
        return Ok(());
    }
    Err(sent.failed())
}

/// The repository that changes are sent to.
fn remote(content: &Path) -> Result<Option<String>, NotRun> {
    let all = git(content, &["remote"], b"", PATIENCE)?.text();
    let origin = all.lines().find(|name| *name == "origin");
    Ok(origin.or_else(|| all.lines().next()).map(str::to_owned))
}

/// What the desk wrote that differs from what is recorded, by name below the content folder.
fn waiting(workshop: &Workshop, content: &Path) -> Result<Vec<String>, NotRun> {
    let written: Vec<String> = workshop
        .store()
        .written()
        .files()
        .map(str::to_owned)
        .collect();
    if written.is_empty() {
        return Ok(written);
    }
    let mut arguments = vec![
        "status",
        "--porcelain",
        "-z",
        "--no-renames",
        "--untracked-files=all",
        "--",
    ];
    arguments.extend(written.iter().map(String::as_str));
    let status = git(content, &arguments, b"", PATIENCE)?;
    if !status.is_good {
        return Err(NotRun::Failed(status.failed()));
    }
    // Names are those below the root of the repository, in which the folder is somewhere.
    let prefix = git(content, &["rev-parse", "--show-prefix"], b"", PATIENCE)?.text();
    let names = String::from_utf8_lossy(&status.output).into_owned();
    let changed: BTreeSet<&str> = names
        .split('\0')
        .filter_map(|entry| entry.get(3..)?.strip_prefix(prefix.as_str()))
        .collect();
    Ok(written
        .into_iter()
        .filter(|file| changed.contains(file.as_str()))
        .collect())
}

/// The changes of a log, each behind the character 1.
fn changes(log: &str) -> Vec<Change> {
    log.split('\u{1}').filter_map(change).collect()
}

fn change(record: &str) -> Option<Change> {
    let (head, files) = record
        .split_once(['\n', '\0'])
        .unwrap_or((record.trim_end(), ""));
    let mut parts = head.splitn(3, '\u{2}');
    let mut change = Change {
        who: parts.next()?.to_owned(),
        at: parts.next()?.to_owned(),
        subject: parts.next()?.trim_end().to_owned(),
        articles: BTreeMap::new(),
        others: 0,
    };
    for file in files.split(['\0', '\n']).filter(|file| !file.is_empty()) {
        let is_shown = |article: &String| {
            change.articles.len() < MOST_ARTICLES || change.articles.contains_key(article)
        };
        match article_of(file).filter(|(article, _)| is_shown(article)) {
            Some((article, lang)) => {
                change.articles.entry(article).or_default().extend(lang);
            }
            None => change.others += 1,
        }
    }
    Some(change)
}

/// The article that a file belongs to, and its language where it is a text.
fn article_of(file: &str) -> Option<(String, Option<String>)> {
    let parts: Vec<&str> = file.split('/').collect();
    let ["articles", section, slug, name] = parts[..] else {
        return None;
    };
    let article = Place::parse(&format!("articles/{section}/{slug}/article"))?;
    let (section, slug) = article.article()?;
    let place = name
        .strip_suffix(".json")
        .and_then(|stem| Place::parse(&format!("articles/{section}/{slug}/{stem}")));
    let lang = match place {
        Some(Place::Version(_, _, lang)) => Some(lang.tag().to_owned()),
        None if !is_picture(name) && !is_attached(name) => return None,
        _ => None,
    };
    Some((format!("{section}/{slug}"), lang))
}

fn is_in_repository(content: &Path) -> bool {
    let real = fs::canonicalize(content).unwrap_or_else(|_| content.to_owned());
    real.ancestors().any(|folder| folder.join(".git").exists())
}

/// Runs Git, and takes what it says against it for an error.
fn expect(
    content: &Path,
    arguments: &[String],
    input: &[u8],
    (name, email): (&str, &str),
    patience: Duration,
) -> Result<(), Message> {
    let mut command = command(content);
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), name);
        command.env(format!("GIT_{who}_EMAIL"), email);
    }
    command.args(arguments);
    let said = run(command, input, patience).map_err(self::said)?;
    if said.is_good {
        return Ok(());
    }
    Err(said.failed())
}

fn git(
    content: &Path,
    arguments: &[&str],
    input: &[u8],
    patience: Duration,
) -> Result<Said, NotRun> {
    let mut command = command(content);
    command.args(arguments);
    run(command, input, patience)
}

/// Git in the content folder: asks nobody for anything, and takes names for what they are.
fn command(content: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(content)
        .args(["-c", "core.quotepath=false", "-c", "core.fsmonitor=false"])
        .env("GIT_LITERAL_PATHSPECS", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_ASKPASS", "false")
        .env("SSH_ASKPASS", "false")
        .env("SSH_ASKPASS_REQUIRE", "force")
        .env("LC_ALL", "C.UTF-8");
    for inherited in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(inherited);
    }
    command
}

fn said(why: NotRun) -> Message {
    match why {
        NotRun::Missing => message!("there is no program git on this machine"),
        NotRun::Failed(why) => why,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_read_as_changes_with_their_articles() {
        let log = "\u{1}Minh Hảo\u{2}2026-11-30T09:00:00+07:00\u{2}Write \"a\"\n\narticles/port/a/vi.json\0articles/port/a/en.json\0articles/port/a/a.jpg\0\0\
            \u{1}An\u{2}2026-11-30T08:00:00+07:00\u{2}Settings\n\nsite.json\0articles/port/README.md\0";
        let read = changes(log);
        assert_eq!(read.len(), 2);
        assert_eq!(
            (read[0].who.as_str(), read[0].subject.as_str()),
            ("Minh Hảo", "Write \"a\"")
        );
        let langs: Vec<&String> = read[0].articles["port/a"].iter().collect();
        assert_eq!(langs, ["en", "vi"]);
        assert_eq!((read[1].articles.len(), read[1].others), (0, 2));
        assert_eq!(changes(""), []);
    }
}
