use super::*;
use serde_json::json;

/// The article of the smallest portal.
const ARTICLE: &str = "articles/port/deep-water-port";

fn portal() -> (tempfile::TempDir, Store) {
    let place = tempfile::tempdir().unwrap();
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/base/content");
    copy(&base, place.path());
    let store = Store::open(place.path()).unwrap();
    (place, store)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn article() -> Home {
    Home::of(&Place::parse(&format!("{ARTICLE}/article")).unwrap()).unwrap()
}

fn named_file(called: &str) -> String {
    let (_place, mut store) = portal();
    let home = article();
    keep(&mut store, &home, called, "pdf", b"%PDF-1.7")
        .unwrap()
        .file
}

#[test]
fn a_name_becomes_a_slug_and_leads_nowhere() {
    for (called, file) in [
        ("Hồ Tam Bạc (2).PDF", "ho-tam-bac-2.pdf"),
        ("Ho\u{302}\u{300} Tam Ba\u{323}c.pdf", "ho-tam-bac.pdf"),
        ("../../../etc/passwd", "passwd.pdf"),
        ("..\\..\\windows\\win.ini", "win.pdf"),
        ("/etc/cron.d/x", "x.pdf"),
        ("C:\\Users\\An\\plan.pdf", "plan.pdf"),
        ("plan.pdf\0.exe", "plan-pdf.pdf"),
        ("exe\u{202e}fdp.nalp", "exe-fdp.pdf"),
        ("con.pdf", "deep-water-port.pdf"),
        ("LPT1.pdf", "deep-water-port.pdf"),
        ("..", "deep-water-port.pdf"),
        ("", "deep-water-port.pdf"),
        ("…", "deep-water-port.pdf"),
        (".gitignore", "deep-water-port.pdf"),
        ("항만 지도.pdf", "hangman-jido.pdf"),
        ("article.json", "article-2.pdf"),
        ("%2e%2e%2fplan.pdf", "2e-2e-2fplan.pdf"),
        ("<script>alert(1)</script>.pdf", "script.pdf"),
    ] {
        assert_eq!(named_file(called), file, "{called:?}");
    }
    let long = named_file(&"dài ".repeat(4_000));
    assert!(long.len() <= Slug::MOST + 4, "{long}");
}

#[test]
fn another_file_of_the_same_name_gets_a_number_and_the_same_one_is_the_same() {
    let (place, mut store) = portal();
    let home = article();
    let mut keep = |bytes: &[u8]| {
        keep(&mut store, &home, "Plan.pdf", "pdf", bytes)
            .unwrap()
            .file
    };
    assert_eq!(keep(b"%PDF-1"), "plan.pdf");
    assert_eq!(keep(b"%PDF-2"), "plan-2.pdf");
    assert_eq!(keep(b"%PDF-1"), "plan.pdf");
    let folder = place.path().join(ARTICLE);
    assert!(!folder.join("plan.pdf").exists(), "nothing names it yet");
    let home = article();
    let plan = store.arrival(&home, "plan.pdf");
    assert_eq!(fs::read(plan).unwrap(), b"%PDF-1");
    // One that is there in capitals is the same name on many disks.
    fs::write(folder.join("Map.PDF"), "").unwrap();
    let home = article();
    let map = super::keep(&mut store, &home, "map.pdf", "pdf", b"%PDF-3");
    assert_eq!(map.unwrap().file, "map-2.pdf");
}

#[test]
fn a_file_is_taken_for_what_is_in_it() {
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'/>";
    assert_eq!(ending("a.txt", drawing, Wanted::Pictures), Ok("svg"));
    assert_eq!(ending("Plan.PDF", b"%PDF-1.7", Wanted::Anything), Ok("pdf"));
    let png = synthetic::pictures::png((3, 2), 2, 8, 0);
    for called in ["a.pdf", "a.png", "a", "a.exe"] {
        assert_eq!(ending(called, &png, Wanted::Anything), Ok("png"));
    }
    for (called, bytes, wants_picture, what) in [
        ("a.heic", &b"\0\0\0\x18ftypheic\0\0"[..], true, "HEIC"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0", false, "HEIC"),
        ("a.avif", b"\0\0\0\x18ftypavis\0\0", false, "AVIF sequence"),
        ("a.jpg", b"", true, "empty"),
        ("a.jpg", b"<!doctype html><svg/>", true, "a page of the web"),
        ("a.svg", b"<html><svg/></html>", true, "a page of the web"),
        ("a.jpg", b"\xff\xd8\xff", true, "the end of the picture"),
        ("a.pdf", b"%PDF-1.7", true, "a PDF"),
        ("a.pdf", b"<html>", false, "no .pdf file inside"),
        ("a.mov", b"\0\0\0\x14ftypqt  ", false, "a film"),
        ("a.exe", b"MZ\x90\0", false, "no file that can be published"),
        ("a.html", b"<p>", false, "no file that can be published"),
        ("a.js", b"alert(1)", false, "no file that can be published"),
        ("a.zip", b"MZ\x90\0", false, "no .zip file inside"),
    ] {
        let wanted = if wants_picture {
            Wanted::Pictures
        } else {
            Wanted::Anything
        };
        let why = ending(called, bytes, wanted).unwrap_err();
        assert!(why.message.contains(what), "{called}: {why:?}");
        assert!(why.help.is_some(), "{called}: {why:?}");
    }
}

#[test]
fn a_drawing_that_does_more_than_be_seen_is_refused() {
    let with = |inside: &str| {
        format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'>{inside}</svg>")
    };
    for inside in [
        "<script>alert(1)</script>",
        "<rect width='1' height='1' onload='alert(1)'/>",
        "<foreignObject/>",
        "<image href='https://a.example/x.png'/>",
        "<a href='javascript:alert(1)'/>",
        "<style>@import 'https://a.example/x.css';</style>",
    ] {
        assert!(
            ending("a.svg", with(inside).as_bytes(), Wanted::Pictures).is_err(),
            "{inside}"
        );
    }
    assert_eq!(
        ending(
            "a.svg",
            with("<rect width='1' height='1'/>").as_bytes(),
            Wanted::Pictures
        ),
        Ok("svg")
    );
}

#[test]
fn a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() {
    let small = synthetic::pictures::png((3, 2), 2, 8, 0);
    let head = [0, 1, 0, 0, 0, 1, 0, 0, 8, 2, 0, 0, 0];
    let head = synthetic::pictures::chunk(b"IHDR", &head);
    let bomb = [&small[..8], &head, &small[8 + head.len()..]].concat();
    let why = ending("a.png", &bomb, Wanted::Pictures).unwrap_err();
    assert!(why.message.contains("65536 × 65536 pixels"), "{why:?}");
}

#[test]
fn what_nothing_uses_is_listed_and_can_be_taken_away_and_had_back() {
    let (place, mut store) = portal();
    let home = article();
    let facts = Place::parse(&format!("{ARTICLE}/article")).unwrap();
    let before = unused(&mut store, &home).unwrap();
    let kept = keep(&mut store, &home, "plan.pdf", "pdf", b"%PDF-1").unwrap();
    let listed = unused(&mut store, &home).unwrap();
    assert_eq!(listed.len(), before.len() + 1, "{listed:?}");
    // Named and used in a draft of one language: it is used, and stays.
    let change = |store: &mut Store, place: &Place, edits: Value| {
        let known = store.show(place).unwrap().known;
        let edits: Vec<Edit> = serde_json::from_value(edits).unwrap();
        store.edit(place, &known, &edits).unwrap()
    };
    let add = json!([{ "do": "set", "at": "/files", "value": { "plan": kept.file } }]);
    let named = change(&mut store, &facts, add);
    let version = Place::parse(&format!("{ARTICLE}/vi")).unwrap();
    let block = json!({ "attachment": { "title": "x", "file": "plan" } });
    let add = json!([{ "do": "insert", "at": "/body/0", "value": block }]);
    change(&mut store, &version, add);
    assert_eq!(unused(&mut store, &home).unwrap(), before);
    assert!(discard(&mut store, &home, "plan.pdf").is_err());
    // Taken out again, but nothing is saved.
    change(
        &mut store,
        &version,
        json!([{ "do": "remove", "at": "/body/0" }]),
    );
    let refused = discard(&mut store, &home, "plan.pdf").unwrap_err();
    assert!(refused.to_string().contains("save it first"), "{refused}");
    let at_its_place = place.path().join(ARTICLE).join("plan.pdf");
    assert!(!at_its_place.exists());
    store.save(&facts, &named.known, None).unwrap();
    assert!(at_its_place.exists());
    let written: Vec<&str> = store.written().files().collect();
    assert_eq!(written.len(), 2, "{written:?}");
    let known = store.show(&version).unwrap().known;
    store.save(&version, &known, None).unwrap();
    let away = discard(&mut store, &home, "plan.pdf").unwrap();
    assert_eq!(fs::read(away).unwrap(), b"%PDF-1");
    assert!(!at_its_place.exists());
    assert_eq!(
        store.show(&facts).unwrap().value.unwrap().get("files"),
        None
    );
    for wrong in [
        "../../../site.json",
        "article.json",
        "vi.json",
        "nothing.pdf",
    ] {
        assert!(discard(&mut store, &home, wrong).is_err(), "{wrong}");
    }
}

#[test]
fn where_a_link_leads_out_nothing_is_written() {
    let (place, mut store) = portal();
    let home = article();
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = place.path().join(ARTICLE);
    copy(&folder, elsewhere.path());
    fs::remove_dir_all(&folder).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(elsewhere.path(), &folder).unwrap();
    let before = fs::read_dir(elsewhere.path()).unwrap().count();
    assert!(keep(&mut store, &home, "plan.pdf", "pdf", b"%PDF-1").is_err());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), before);
}

/// A register with one document, which is a draft.
fn register(content: &Path) -> Home {
    let folder = content.join("documents/no-1");
    fs::create_dir_all(&folder).unwrap();
    let names = json!({ "vi": "a", "en": "a", "ko": "a", "ja": "a", "zh-Hans": "a" });
    let one = json!([{ "slug": "one", "names": names }]);
    let register = json!({ "issuers": one, "kinds": one });
    fs::write(
        content.join("documents/register.json"),
        register.to_string(),
    )
    .unwrap();
    let document = json!({
        "number": "1/QĐ", "issued": "2026-05-13", "issuer": "one", "kind": "one",
        "subjects": { "vi": "Về cảng" }, "draft": true,
    });
    fs::write(folder.join("document.json"), document.to_string()).unwrap();
    Home::Document(Slug::new("no-1").unwrap())
}

#[test]
fn a_file_comes_to_a_document_of_the_register_when_it_is_saved() {
    let (place, mut store) = portal();
    let home = register(place.path());
    let folder = place.path().join("documents/no-1");
    let pdf = b"%PDF-1.7\n";
    let kept = keep(&mut store, &home, "Quyết định 1.PDF", "pdf", pdf).unwrap();
    assert_eq!(
        (kept.file.as_str(), kept.kind, kept.is_named),
        ("quyet-dinh-1.pdf", Kind::Keeping, false)
    );
    assert!(!folder.join(&kept.file).exists(), "nothing names it yet");
    let listed = unused(&mut store, &home).unwrap();
    assert_eq!(listed.len(), 1, "{listed:?}");
    let add = json!([{ "do": "set", "at": "/files", "value": [{ "file": kept.file }] }]);
    let known = store.show(&home.place()).unwrap().known;
    let edits: Vec<Edit> = serde_json::from_value(add).unwrap();
    let named = store.edit(&home.place(), &known, &edits).unwrap();
    assert!(
        keep(&mut store, &home, "x.pdf", "pdf", pdf)
            .unwrap()
            .is_named
    );
    assert_eq!(unused(&mut store, &home).unwrap(), []);
    assert!(discard(&mut store, &home, &kept.file).is_err());
    // Before it is saved, the check meets it where it will stand.
    let checked = crate::check::Checked::all(place.path(), None).unwrap();
    let remarks = checked.portal(&mut store).unwrap();
    let of_files = |remark: &&crate::remark::Remark| remark.at.to_string().starts_with("/files");
    assert_eq!(remarks.iter().filter(of_files).count(), 0, "{remarks:?}");
    store.save(&home.place(), &named.known, None).unwrap();
    assert_eq!(fs::read(folder.join(&kept.file)).unwrap(), pdf);
    let written: Vec<&str> = store.written().files().collect();
    assert!(
        written.contains(&"documents/no-1/quyet-dinh-1.pdf"),
        "{written:?}"
    );
    // Another of the same name is another file.
    let other = keep(&mut store, &home, "quyet dinh 1.pdf", "pdf", b"%PDF-2").unwrap();
    assert_eq!(other.file, "quyet-dinh-1-2.pdf");
    let away = discard(&mut store, &home, &other.file).unwrap();
    assert_eq!(fs::read(away).unwrap(), b"%PDF-2");
}

#[test]
fn a_document_of_the_register_takes_files_and_no_pictures() {
    let png = synthetic::pictures::png((3, 2), 2, 8, 0);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 4'/>";
    for (called, bytes, what) in [
        ("a.png", &png[..], "is a picture"),
        ("a.pdf", &png[..], "is a picture"),
        ("a.svg", &svg[..], "is a picture"),
        ("a.exe", b"MZ\x90\0", "is no file that can be published"),
        ("a.html", b"<p>", "is no file that can be published"),
        (
            "a.heic",
            b"\0\0\0\x18ftypheic\0\0",
            "is no file that can be published",
        ),
        ("a.pdf", b"<html>", "no .pdf file inside"),
        ("a.docx", b"%PDF-1.7", "no .docx file inside"),
        ("a.odt", b"MZ\x90\0", "no .odt file inside"),
    ] {
        let why = ending(called, bytes, Wanted::Files).unwrap_err();
        assert!(why.message.contains(what), "{called}: {why:?}");
        assert!(why.help.is_some(), "{called}: {why:?}");
    }
    assert_eq!(ending("A.PDF", b"%PDF-1.7", Wanted::Files), Ok("pdf"));
}
