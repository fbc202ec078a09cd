//! Git and the operator's own command, behind the desk.

use super::{Desk, VERSION, desk, read, text};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs Git in a folder. Returns what it printed.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let said = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "user.name=Operator",
            "-c",
            "user.email=o@portal.example",
        ])
        .args(arguments)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.success(), "{arguments:?}: {error}");
    String::from_utf8(said.stdout)
        .unwrap()
        .trim_end()
        .to_owned()
}

/// Makes a folder a repository, with its content recorded.
pub(crate) fn begin(folder: &Path) {
    git(folder, &["init", "--quiet", "--initial-branch=main"]);
    git(folder, &["add", "content"]);
    git(folder, &["commit", "--quiet", "--message=First"]);
}

/// A desk in a folder that is a repository, with everything recorded.
fn in_repository() -> (tempfile::TempDir, Desk) {
    let folder = crate::build::project();
    begin(folder.path());
    let desk = Desk::open(folder.path());
    (folder, desk)
}

fn write(desk: &Desk, headline: &str) {
    let document = desk.show(VERSION);
    let document = desk.edit(
        &document,
        &json!([{ "do": "set", "at": "/headline", "value": headline }]),
    );
    desk.save(&document);
}

fn wish(push: bool) -> Value {
    json!({ "message": "Viết lại tiêu đề", "name": "Minh Hảo", "email": "hao@portal.example", "push": push })
}

#[test]
fn where_there_is_no_repository_nothing_is_said_of_one() {
    let (_folder, desk) = desk();
    assert_eq!(desk.ask("history")["state"], "none");
    assert_eq!(desk.post("record", &wish(false)).status, 422);
}

#[test]
fn what_the_desk_wrote_is_recorded_with_a_name_and_nothing_else_is() {
    let (folder, desk) = in_repository();
    let version = format!("content/{VERSION}.json");
    // What somebody else has begun: a staged file, a changed one, and a new one.
    let site = folder.path().join("content/site.json");
    let settings = fs::read_to_string(&site).unwrap();
    fs::write(&site, format!("{settings}\n")).unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    fs::write(folder.path().join("staged.txt"), "mine").unwrap();
    git(folder.path(), &["add", "staged.txt"]);
    assert_eq!(desk.ask("history")["waiting"], json!([]));
    write(&desk, "Tiêu đề mới");
    let history = desk.ask("history");
    assert_eq!(history["state"], "known", "{history}");
    assert_eq!(history["waiting"], json!([format!("{VERSION}.json")]));
    assert_eq!(history["today"][0]["who"], "Operator");
    let done = desk.wish("record", &wish(false));
    assert_eq!(
        (&done["files"], &done["pushed"]),
        (&json!(1), &Value::Null),
        "{done}"
    );
    let who = git(folder.path(), &["log", "-1", "--format=%an <%ae> %s"]);
    assert_eq!(who, "Minh Hảo <hao@portal.example> Viết lại tiêu đề");
    let files = git(folder.path(), &["show", "--format=", "--name-only"]);
    assert_eq!(files, version);
    let left = git(folder.path(), &["status", "--porcelain"]);
    for kept in ["A  staged.txt", " M content/site.json", "?? notes.txt"] {
        assert!(left.contains(kept), "{left}");
    }
    let history = desk.ask("history");
    assert_eq!(history["waiting"], json!([]));
    let change = &history["today"][0];
    assert_eq!(
        (&change["who"], &change["subject"]),
        (&json!("Minh Hảo"), &json!("Viết lại tiêu đề"))
    );
    assert_eq!(
        change["articles"],
        json!({ "port/deep-water-port": ["vi"] })
    );
    let again = desk.post("record", &wish(false));
    assert_eq!(again.status, 422);
    assert!(
        text(&again).contains("nothing that was not recorded"),
        "{}",
        text(&again)
    );
}

#[test]
fn a_picture_that_came_and_one_that_went_are_recorded_too() {
    let (folder, desk) = in_repository();
    let article = "articles/port/deep-water-port";
    let added = folder.path().join("content").join(article).join("map.pdf");
    fs::write(&added, "%PDF-1").unwrap();
    git(folder.path(), &["add", "content"]);
    git(folder.path(), &["commit", "--quiet", "--message=A map"]);
    desk.wish(
        "discard",
        &json!({ "article": "port/deep-water-port", "file": "map.pdf" }),
    );
    desk.wish("record", &wish(false));
    let changed = git(folder.path(), &["show", "--format=", "--name-status"]);
    assert_eq!(changed, format!("D\tcontent/{article}/map.pdf"));
}

#[test]
fn a_name_that_would_be_more_than_a_name_is_refused() {
    let (folder, desk) = in_repository();
    write(&desk, "Tiêu đề");
    for (name, message) in [
        ("", "m"),
        ("A <a@b>", "m"),
        ("A\nB", "m"),
        ("A", " "),
        ("A\0", "m"),
    ] {
        let wish = json!({ "message": message, "name": name });
        assert_eq!(desk.post("record", &wish).status, 422, "{wish}");
    }
    // A message is a message, whatever it looks like; an address need not be there.
    let odd = json!({ "message": "--amend `rm` $(x) #\n\n# kept", "name": "--author=x" });
    desk.wish("record", &odd);
    assert_eq!(
        git(folder.path(), &["log", "-1", "--format=%an|%s"]),
        "--author=x|--amend `rm` $(x) #"
    );
}

#[test]
fn where_git_fails_it_is_said_in_words_and_nothing_is_lost() {
    let (folder, desk) = in_repository();
    write(&desk, "Tiêu đề");
    let lock = folder.path().join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    let answer = desk.post("record", &wish(false));
    assert_eq!(answer.status, 422);
    assert!(text(&answer).contains("index.lock"), "{}", text(&answer));
    fs::remove_file(lock).unwrap();
    assert_eq!(
        desk.ask("history")["waiting"].as_array().map(Vec::len),
        Some(1)
    );
    // It is recorded here, and cannot be sent.
    git(folder.path(), &["remote", "add", "origin", "nowhere.git"]);
    assert_eq!(desk.ask("history")["remote"], "origin");
    let done = desk.wish("record", &wish(true));
    assert_eq!(done["pushed"], false);
    assert!(
        done["message"].as_str().unwrap().contains("nowhere.git"),
        "{done}"
    );
}

#[test]
fn a_change_is_sent_to_the_other_repository_where_that_is_wanted() {
    let (folder, desk) = in_repository();
    git(folder.path(), &["init", "--quiet", "--bare", "other.git"]);
    git(folder.path(), &["remote", "add", "origin", "../other.git"]);
    git(
        folder.path(),
        &[
            "remote",
            "set-url",
            "origin",
            &folder.path().join("other.git").display().to_string(),
        ],
    );
    write(&desk, "Tiêu đề");
    let done = desk.wish("record", &wish(true));
    assert_eq!(done["pushed"], true, "{done}");
    let other = folder.path().join("other.git");
    assert_eq!(
        git(&other, &["log", "-1", "--format=%an", "main"]),
        "Minh Hảo"
    );
}

#[test]
fn the_operators_command_follows_the_publishing_without_a_shell() {
    let folder = crate::build::project();
    let options = ["--publish-command", "git --version '; touch made' $(x)"];
    let outcome = published(folder.path(), &options);
    // Git refuses what is no option of it, as one word each.
    assert_eq!(outcome["kind"], "published", "{outcome}");
    let command = &outcome["command"];
    assert_eq!(command["program"], "git");
    assert!(!folder.path().join("made").exists());
    let outcome = published(folder.path(), &["--publish-command", "git --version"]);
    let command = &outcome["command"];
    assert_eq!(command["is_good"], true, "{outcome}");
    assert!(
        command["output"]
            .as_str()
            .unwrap()
            .starts_with("git version")
    );
    let outcome = published(
        folder.path(),
        &["--publish-command", "no-such-program-of-ours"],
    );
    assert_eq!(outcome["kind"], "published");
    assert_eq!(outcome["command"]["is_good"], false, "{outcome}");
    assert!(folder.path().join("site/vi/index.html").is_file());
}

/// What becomes of publishing with these options.
fn published(folder: &Path, options: &[&str]) -> Value {
    let mut desk = Desk::start_with(folder, &super::files(folder), "bundle".as_ref(), 0, options);
    let token = desk.token.clone();
    let answer = read(&desk.post("session", &json!({ "token": token })));
    answer["session"]
        .as_str()
        .unwrap()
        .clone_into(&mut desk.session);
    desk.wish("publish", &json!({}));
    super::wait("it is published", || {
        let progress = desk.ask("publish");
        (progress["running"] == false).then(|| progress["outcome"].clone())
    })
}
