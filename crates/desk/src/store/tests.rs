use super::*;
use serde_json::json;
use tempfile::TempDir;

const VERSION: &str = "{\n  \"$schema\": \"x\",\n  \"lead\": \"a **b**\",\n  \"body\": []\n}\n";

fn desk() -> (TempDir, Store, Place) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("articles/port/a");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("vi.json"), VERSION).unwrap();
    let store = Store::open(place.path()).unwrap();
    (place, store, Place::parse("articles/port/a/vi").unwrap())
}

fn edits(value: Value) -> Vec<Edit> {
    serde_json::from_value(value).unwrap()
}

fn file(place: &TempDir) -> String {
    fs::read_to_string(place.path().join("articles/port/a/vi.json")).unwrap()
}

#[test]
fn a_document_is_changed_undone_and_saved() {
    let (place, mut store, name) = desk();
    let first = store.show(&name).unwrap();
    assert!(!first.unsaved && first.conflict.is_none());
    assert_eq!(first.words["/lead"].as_ref().unwrap().len(), 2);
    let change = edits(json!([
        { "words": "/lead", "spans": [{ "text": "a " }, { "text": "c", "strong": true }] },
        { "do": "insert", "at": "/body/0", "value": { "paragraph": "x" } },
        { "do": "set", "at": "/headline", "value": "H" },
    ]));
    let second = store.edit(&name, &first.known, &change).unwrap();
    assert!(second.unsaved && file(&place) == VERSION);
    let undone = store.step(&name, &second.known, true).unwrap();
    assert_eq!(
        (undone.known.as_str(), undone.undo, undone.redo),
        (first.known.as_str(), 0, 1)
    );
    let again = store.step(&name, &undone.known, false).unwrap();
    let saved = store.save(&name, &again.known, None).unwrap();
    assert!(!saved.unsaved);
    assert_eq!(
        file(&place),
        "{\n  \"$schema\": \"x\",\n  \"headline\": \"H\",\n  \"lead\": \"a **c**\",\n  \"body\": [\n    {\n      \"paragraph\": \"x\"\n    }\n  ]\n}\n"
    );
}

#[test]
fn a_second_window_is_told_and_changes_nothing() {
    let (_place, mut store, name) = desk();
    let known = store.show(&name).unwrap().known;
    let change = |text: &str| edits(json!([{ "do": "set", "at": "/headline", "value": text }]));
    store.edit(&name, &known, &change("one")).unwrap();
    match store.edit(&name, &known, &change("two")) {
        Err(Trouble::Elsewhere(now)) => assert_eq!(now.value.unwrap()["headline"], "one"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_was_changed_is_not_overwritten_and_nothing_is_lost() {
    let (place, mut store, name) = desk();
    let path = place.path().join("articles/port/a/vi.json");
    let known = store.show(&name).unwrap().known;
    let change = edits(json!([{ "do": "set", "at": "/lead", "value": "mine" }]));
    let mine = store.edit(&name, &known, &change).unwrap();
    fs::write(&path, VERSION.replace("a **b**", "theirs")).unwrap();
    let Err(Trouble::Changed(now)) = store.save(&name, &mine.known, None) else {
        panic!("it was overwritten");
    };
    let conflict = now.conflict.unwrap();
    assert!(conflict.theirs.contains("theirs") && conflict.mine.contains("mine"));
    assert!(file(&place).contains("theirs"));
    fs::write(&path, VERSION.replace("a **b**", "once more")).unwrap();
    let over = store.save(&name, &mine.known, Some(&conflict.hash));
    assert!(
        matches!(over, Err(Trouble::Changed(_))),
        "what nobody has seen was overwritten"
    );
    let seen = store.show(&name).unwrap().conflict.unwrap();
    let saved = store.save(&name, &mine.known, Some(&seen.hash)).unwrap();
    assert!(file(&place).contains("mine") && !saved.unsaved);
    // What was overwritten knowingly is one step back.
    let back = store.step(&name, &saved.known, true).unwrap();
    assert_eq!(back.value.unwrap()["lead"], "once more");
}

#[test]
fn theirs_can_be_taken_and_mine_be_had_back() {
    let (place, mut store, name) = desk();
    let known = store.show(&name).unwrap().known;
    let change = edits(json!([{ "do": "set", "at": "/lead", "value": "mine" }]));
    store.edit(&name, &known, &change).unwrap();
    fs::write(
        place.path().join("articles/port/a/vi.json"),
        VERSION.replace("a **b**", "theirs"),
    )
    .unwrap();
    let taken = store.take_theirs(&name).unwrap();
    assert_eq!(
        (taken.unsaved, &taken.value.unwrap()["lead"]),
        (false, &json!("theirs"))
    );
    let back = store.step(&name, &taken.known, true).unwrap();
    assert_eq!(back.value.unwrap()["lead"], "mine");
}

#[test]
fn what_was_not_saved_is_there_after_a_restart_and_a_file_is_followed() {
    let (place, mut store, name) = desk();
    let known = store.show(&name).unwrap().known;
    let change = edits(json!([{ "do": "set", "at": "/lead", "value": "mine" }]));
    store.edit(&name, &known, &change).unwrap();
    drop(store);
    let mut store = Store::open(place.path()).unwrap();
    assert_eq!(store.unsaved(), std::slice::from_ref(&name));
    let now = store.show(&name).unwrap();
    assert_eq!((now.undo, now.unsaved), (1, true));
    store.save(&name, &now.known, None).unwrap();
    fs::write(place.path().join("articles/port/a/vi.json"), VERSION).unwrap();
    let followed = store.show(&name).unwrap();
    assert!(!followed.unsaved && followed.conflict.is_none());
    assert_eq!(followed.value.unwrap()["lead"], "a **b**");
}

#[test]
fn a_folder_has_one_desk() {
    let (place, store, _) = desk();
    let Err(Trouble::Failed(why)) = Store::open(place.path()) else {
        panic!("two desks are open");
    };
    assert!(why.contains("another `site edit`"), "{why}");
    drop(store);
    assert!(Store::open(place.path()).is_ok());
}

#[test]
fn what_is_no_json_is_shown_as_it_is_and_can_be_mended() {
    let (place, mut store, name) = desk();
    for broken in ["{", "{\"lead\": \"a\", \"lead\": \"b\"}"] {
        fs::write(place.path().join("articles/port/a/vi.json"), broken).unwrap();
        let shown = store.show(&name).unwrap();
        assert_eq!((shown.value, shown.text.as_deref()), (None, Some(broken)));
        let mended = store.rewrite(&name, &shown.known, VERSION).unwrap();
        assert!(mended.value.is_some());
        store.take_theirs(&name).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_written_where_a_link_leads_out() {
    let (place, mut store, _) = desk();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("vi.json"), VERSION).unwrap();
    std::os::unix::fs::symlink(outside.path(), place.path().join("articles/port/b")).unwrap();
    let name = Place::parse("articles/port/b/vi").unwrap();
    let known = store.show(&name).unwrap().known;
    let change = edits(json!([{ "do": "set", "at": "/lead", "value": "mine" }]));
    let known = store.edit(&name, &known, &change).unwrap().known;
    assert!(matches!(
        store.save(&name, &known, None),
        Err(Trouble::Failed(_))
    ));
    assert_eq!(
        fs::read_to_string(outside.path().join("vi.json")).unwrap(),
        VERSION
    );
}

/// All documents of the sample, by their names.
fn sample(folder: &Path, below: &str, all: &mut Vec<Place>) {
    for entry in fs::read_dir(folder.join(below)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        let name = format!("{below}/{name}").trim_start_matches('/').to_owned();
        if entry.path().is_dir() {
            sample(folder, &name, all);
        } else {
            all.extend(name.strip_suffix(".json").and_then(Place::parse));
        }
    }
}

#[test]
fn every_text_of_the_sample_that_is_shown_and_given_back_changes_nothing() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    let (mut all, mut texts) = (Vec::new(), 0);
    sample(&content, "", &mut all);
    assert!(all.len() > 60, "{}", all.len());
    for place in all {
        let file = fs::read_to_string(place.file(&content)).unwrap();
        let journal = Journal::open(PathBuf::from("nowhere"), &file).unwrap();
        let shown = shown_as(&place, &journal, &file);
        assert!(shown.value.is_some(), "{place}");
        for (at, spans) in shown.words {
            let edit = Edit::Words {
                words: Pointer::parse(&at).unwrap(),
                spans: spans.unwrap_or_else(|| panic!("{place} {at} has a mistake")),
            };
            assert!(
                changed(place.kind(), &file, &edit).unwrap() == file,
                "{place} {at}"
            );
            texts += 1;
        }
    }
    assert!(texts > 400, "{texts}");
}
