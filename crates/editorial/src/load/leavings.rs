//! What operating systems, disks and editors leave in folders, and copies that programs make of
//! files.
//!
//! Nobody made the first on purpose, so they are as good as not there. In the second there may be a
//! person's work, so each is named for what it is.

use super::names::{is_json, meant};
use crate::check::attached_file::is_attached;
use crate::check::picture_file::is_picture;
use crate::diagnostics::Message;
use crate::message;
use model::Lang;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// Files and folders that systems and programs keep for themselves.
const NAMES: [&str; 48] = [
    ".DS_Store",
    ".localized",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    ".TemporaryItems",
    ".AppleDouble",
    ".DocumentRevisions-V100",
    "__MACOSX",
    "Icon\r",
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    "$RECYCLE.BIN",
    "System Volume Information",
    "@eaDir",
    "#recycle",
    ".directory",
    ".Trash",
    ".stfolder",
    ".stversions",
    ".stignore",
    ".dropbox",
    ".dropbox.cache",
    ".sync",
    ".gitkeep",
    ".keep",
    ".gitignore",
    ".gitattributes",
    ".idea",
    ".vscode",
    ".git",
    ".hg",
    ".svn",
    ".DS_Store?",
    "ehthumbs_vista.db",
    "lost+found",
    "@Recycle",
    ".@__thumb",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".sync.ffs_db",
    // Vim tries with this file whether it may write.
    "4913",
    ".apdisk",
    // rsync waits here until all files have come.
    ".~tmp~",
    ".rsync-partial",
    ".SynologyWorkingDirectory",
    ".nova",
];

/// Beginnings of such names.
const BEGINNINGS: [&str; 17] = [
    "._",
    ".#",
    ".nfs",
    ".fuse_hidden",
    ".smbdelete",
    ".afpDeleted",
    ".__afp",
    ".Trash-",
    ".syncthing.",
    "~syncthing~",
    ".goutputstream-",
    ".sync_",
    ".~lock.",
    ".unison.",
    ".xdp-",
    ".flatpak-",
    ".davfs.tmp",
];

/// Ends of such names: what editors write before they exchange it with the file itself, and what they
/// keep of the file before.
const ENDS: [&str; 7] = [
    ".kate-swp",
    ".orig",
    ".rej",
    ".bak",
    ".crswap",
    "___jb_tmp___",
    "___jb_old___",
];

/// Whether nobody made a file or a folder of this name on purpose.
pub(super) fn is_left(name: &str, is_folder: bool) -> bool {
    let is_named = NAMES.iter().any(|known| known.eq_ignore_ascii_case(name));
    is_named
        || BEGINNINGS.iter().any(|begin| name.starts_with(begin))
        || ENDS.iter().any(|end| name.ends_with(end))
        || (name.starts_with('#') && name.ends_with('#') && name.len() > 2)
        || (name.ends_with('~') && name.len() > 1)
        || is_swap(name)
        || is_safe_save(name)
        || (!is_folder && is_made_up(name))
}

/// Whether a file is what Vim and nano keep of a file that is open: `.vi.json.swp`, `vi.json.swo`.
fn is_swap(name: &str) -> bool {
    let Some((of, ending)) = name.rsplit_once('.') else {
        return false;
    };
    let Some(letter) = ending.strip_prefix("sw").filter(|rest| rest.len() == 1) else {
        return false;
    };
    // A film of Flash ends in `.swf`.
    let is_letter = letter.bytes().all(|byte| byte.is_ascii_lowercase());
    is_letter && (name.starts_with('.') || (letter != "f" && of.contains('.')))
}

/// Whether macOS saves something under this name first: `vi.json.sb-1f2e3d4c-AbCdEf`.
fn is_safe_save(name: &str) -> bool {
    let parts = name
        .rsplit_once(".sb-")
        .and_then(|(_, rest)| rest.split_once('-'));
    let is_hex = |text: &str| text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    parts.is_some_and(|(number, rest)| is_hex(number) && is_random(rest, 6))
}

/// Whether a program made up the name of a file that it writes before it exchanges it with another one:
/// `sedAbC123`, `.tmpAbC123`, `tmpab12cd_3`, `.vi.json.AbC123`.
fn is_made_up(name: &str) -> bool {
    let after = |begin: &str, length: usize| {
        let rest = name.strip_prefix(begin);
        rest.is_some_and(|rest| is_random(rest, length))
    };
    let hidden = name
        .strip_prefix('.')
        .and_then(|rest| rest.rsplit_once('.'));
    let of_rsync = |(of, rest): (&str, &str)| {
        let is_word = rest.bytes().all(|byte| byte.is_ascii_lowercase());
        of.contains('.') && is_random(rest, 6) && !is_word
    };
    after("sed", 6) || after(".tmp", 6) || after("tmp", 8) || hidden.is_some_and(of_rsync)
}

/// Whether a text can be what programs make up: as many letters and digits.
fn is_random(text: &str, length: usize) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.len() == length && text.bytes().all(is_sign)
}

/// Whether a file is the lock of an Office program, which is there as long as somebody works.
pub(super) fn is_lock(name: &str) -> bool {
    name.starts_with("~$")
}

/// A copy of a file, or what a program keeps of it: the file's name, the message and the help.
pub(super) fn copy(name: &str, beside: &[String]) -> Option<(Message, Message)> {
    let composed: String = name.nfc().collect();
    if let Some(open) = composed.strip_prefix("~$") {
        let message = message!(
            "\"{name}\" shows that {open} is open in an Office program, or was left by one",
            name,
            open
        );
        return Some((
            message,
            message!("close the file there; then delete this one, if it is still here"),
        ));
    }
    if let Some(of) = composed
        .strip_prefix('.')
        .and_then(|rest| rest.strip_suffix(".icloud"))
    {
        return Some((
            message!("{of} is not on this machine: iCloud has it", of),
            message!("open it once in the Finder, so that it comes"),
        ));
    }
    if let Some(of) = temporary(&composed) {
        return Some(half_written(name, of));
    }
    if let Some(of) = composed
        .strip_suffix(".txt")
        .filter(|of| of.ends_with(".json"))
    {
        let message = message!("\"{name}\" is {of} as Notepad calls it", name, of);
        return Some((message, instead(of, beside)));
    }
    if let Some(original) = content_file(&composed).filter(|of| of.len() < composed.len()) {
        let message = message!(
            "\"{name}\" is a copy of {original} that {who} made",
            name,
            original,
            who = message!("somebody")
        );
        return Some((message, instead(original, beside)));
    }
    let (stem, ending) = composed.rsplit_once('.').unwrap_or((&composed, ""));
    let is_there = |stem: &str| beside.contains(&format!("{stem}.{ending}"));
    let Some((first, who)) = original(stem, &is_there) else {
        return second(name, stem, ending, beside);
    };
    let mut original = first;
    // A copy of a copy: what matters is the file that both were made of.
    while !is_there(&original)
        && let Some((deeper, _)) = self::original(&original, &is_there)
        && deeper.len() < original.len()
    {
        original = deeper;
    }
    let original = format!("{original}.{ending}");
    let message = message!(
        "\"{name}\" is a copy of {original} that {who} made",
        name,
        original,
        who
    );
    Some((message, instead(&original, beside)))
}

/// Ends of the names of files that a program has not finished.
const TEMPORARY: [&str; 11] = [
    ".tmp",
    ".temp",
    ".part",
    ".crdownload",
    ".partial",
    ".download",
    ".filepart",
    ".opdownload",
    ".aria2",
    ".!ut",
    ".lock",
];

/// What stands before the mark of a file that a program has not finished; `None` where the name has no
/// such mark. `vi.json.tmp`, `vi.json.tmp-4711`, `vi.json.tmp.4711`, `vi.json.1764.tmp`.
fn temporary(name: &str) -> Option<&str> {
    let lower = name.to_ascii_lowercase();
    let ends = TEMPORARY.iter().find(|end| lower.ends_with(*end));
    let within = || {
        let at = lower.find(".tmp")?;
        let rest = &lower[at + ".tmp".len()..];
        let begins = rest.starts_with(|c: char| c.is_ascii_digit() || "-._".contains(c));
        let is_mark = at > 0 && begins && content_file(rest).is_none();
        is_mark.then(|| name.get(..at)).flatten()
    };
    ends.and_then(|end| name.get(..name.len() - end.len()))
        .or_else(within)
}

/// The message and the help for a file that a program has not finished. `of` is what stands before
/// its mark.
fn half_written(name: &str, of: &str) -> (Message, Message) {
    let visible = of.trim_start_matches(['.', '~']);
    let Some(of) = content_file(visible) else {
        return (
            message!(
                "\"{name}\" is a file that a program wrote for a while and left",
                name
            ),
            message!("if a program is still writing it, wait; else delete it"),
        );
    };
    (
        message!(
            "\"{name}\" is a half-written copy of {of} that a program left",
            name,
            of
        ),
        message!("see that {of} is whole, and delete this one", of),
    )
}

/// The longest beginning of a name that is the name of a file of content: `vi.json` of `vi.json.old`.
fn content_file(name: &str) -> Option<&str> {
    let ends = name.match_indices('.').map(|(at, _)| at).skip(1);
    let is_content = |name: &&str| {
        let lower = name.to_ascii_lowercase();
        is_json(&lower) || is_picture(&lower) || is_attached(&lower)
    };
    let beginnings = ends.chain([name.len()]).map(|at| &name[..at]);
    beginnings.filter(is_content).last()
}

/// A copy of a folder, which stands beside it: the message and the help. To give it a name of its own would
/// publish what is in it twice.
pub(super) fn folder_copy(path: &Path, name: &str) -> Option<(Message, Message)> {
    let composed: String = name.nfc().collect();
    let is_there = |other: &str| other != name && path.with_file_name(other).is_dir();
    let mut copy = composed.as_str().to_owned();
    let mut maker = None;
    // A copy of a copy.
    while let Some((shorter, who)) = self::original(&copy, &is_there)
        && shorter.len() < copy.len()
    {
        copy = shorter;
        maker = maker.or(Some(who));
    }
    let (original, who) = (copy, maker?);
    is_there(&original).then(|| {
        let message = message!(
            "\"{name}\" is a copy of the folder {original} that {who} made",
            name,
            original = &original,
            who
        );
        let help = message!(
            "compare the two, keep what is right in {original}, and delete the copy",
            original = &original
        );
        (message, help)
    })
}

/// What to do with a file that stands for another one.
fn instead(original: &str, beside: &[String]) -> Message {
    if beside.iter().any(|name| name == original) {
        message!(
            "compare the two, keep what is right in {original}, and delete the copy",
            original
        )
    } else {
        message!(
            "if it is the text that is meant, rename it to {original}; else delete it",
            original
        )
    }
}

/// A second file for a language, such as `zh-TW.json` beside `zh-Hans.json`, which takes no other's place.
fn second(name: &str, stem: &str, ending: &str, beside: &[String]) -> Option<(Message, Message)> {
    let lang = meant(stem).filter(|_| ending == "json" && Lang::from_tag(stem).is_none())?;
    let right = format!("{}.json", lang.tag());
    beside.contains(&right).then(|| {
        let message = message!(
            "\"{name}\" is no name of a language here, and {right} is there already",
            name,
            right = &right
        );
        (message, instead(&right, beside))
    })
}

/// Words for a conflict in the names that programs for shared folders give.
const CONFLICTS: [&str; 9] = [
    "conflict",
    "xung đột",
    "冲突",
    "衝突",
    "競合",
    "충돌",
    "konflikt",
    "conflit",
    "conflicto",
];

/// Endings of copies, and who makes them.
const COPIES: [(&str, &str); 15] = [
    (" - copy", "Windows"),
    (" - bản sao", "Windows"),
    (" - コピー", "Windows"),
    (" - 副本", "Windows"),
    (" - 복사본", "Windows"),
    (" – コピー", "Windows"),
    (" copy", "macOS"),
    (" bản sao", "macOS"),
    ("のコピー", "macOS"),
    (" のコピー", "macOS"),
    ("的副本", "macOS"),
    (" 副本", "macOS"),
    (" 복사본", "macOS"),
    (" 사본", "macOS"),
    ("_copy", "somebody"),
];

/// Beginnings of copies, and who makes them.
const COPIES_OF: [(&str, &str); 4] = [
    ("copy of ", "Google Drive"),
    ("bản sao của ", "Google Drive"),
    ("사본 - ", "Google Drive"),
    ("コピー ～ ", "Google Drive"),
];

/// The name that a copy was made of, and who made it. `is_there` says whether a file of a name is
/// there.
fn original(stem: &str, is_there: &dyn Fn(&str) -> bool) -> Option<(String, Message)> {
    if let Some((before, _)) = stem.split_once(".sync-conflict-") {
        return Some((before.to_owned(), Message::verbatim("Syncthing")));
    }
    let lower = stem.to_lowercase();
    let bracket = stem
        .rfind([' ', '(', '['])
        .and_then(|_| stem.find(['(', '[']));
    if CONFLICTS.iter().any(|word| lower.contains(word))
        && let Some(at) = bracket
    {
        let who = message!("Dropbox or another program for shared folders");
        return Some((stem[..at].trim_end().to_owned(), who));
    }
    if let Some((begin, who)) = COPIES_OF.iter().find(|(begin, _)| lower.starts_with(begin)) {
        let rest: String = stem.chars().skip(begin.chars().count()).collect();
        return Some((rest, Message::verbatim(*who)));
    }
    let (unnumbered, number) = without_number(stem);
    let lower = unnumbered.to_lowercase();
    if let Some((end, who)) = COPIES.iter().find(|(end, _)| lower.ends_with(end)) {
        let kept = unnumbered
            .chars()
            .count()
            .saturating_sub(end.chars().count());
        let who = match *who {
            "somebody" => message!("somebody"),
            program => Message::verbatim(program),
        };
        let kept: String = unnumbered.chars().take(kept).collect();
        return Some((kept.trim_end().to_owned(), who));
    }
    match number {
        Some(')') => return Some((unnumbered.to_owned(), message!("a browser or Windows"))),
        Some(_) if is_there(unnumbered) => {
            return Some((unnumbered.to_owned(), message!("macOS or iCloud")));
        }
        _ => {}
    }
    // OneDrive puts the name of the machine behind that of the file.
    let machine = |rest: &str| {
        let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        // A country behind a language is shorter: vi-VN.
        rest.len() > 3 && rest.chars().all(is_name) && rest.chars().any(|c| c.is_ascii_uppercase())
    };
    let parts = stem
        .match_indices('-')
        .map(|(at, _)| (&stem[..at], &stem[at + 1..]));
    let by_machine = parts
        .into_iter()
        .find(|(before, rest)| machine(rest) && is_there(before));
    if let Some((before, _)) = by_machine {
        return Some((before.to_owned(), Message::verbatim("OneDrive")));
    }
    by_hand(stem, is_there)
}

/// The name of a text that somebody put words behind: `vi-old`, `vi_1`, `vi.new`, `VI`. Of other files such
/// names are names, so this is for those with a language alone.
fn by_hand(stem: &str, is_there: &dyn Fn(&str) -> bool) -> Option<(String, Message)> {
    let is_language = |name: &str| Lang::from_tag(name).is_some();
    if is_language(stem) {
        return None;
    }
    let marks = ['-', '_', '.', ' ', '~', '('];
    let before = stem
        .match_indices(marks)
        .map(|(at, _)| stem[..at].trim_end().to_owned());
    let whole = Lang::ALL.map(|lang| lang.tag().to_owned());
    let same = whole
        .into_iter()
        .filter(|tag| tag.eq_ignore_ascii_case(stem.trim()));
    same.chain(before)
        .find(|name| is_language(name) && is_there(name))
        .map(|name| (name, message!("somebody")))
}

/// A name without the number behind it, and the last sign of that: `vi (1)`, `vi 2`.
fn without_number(stem: &str) -> (&str, Option<char>) {
    let inside = stem
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if let Some((before, _)) = inside.filter(|(_, number)| is_number(number)) {
        return (before.trim_end(), Some(')'));
    }
    match stem.rsplit_once(' ') {
        Some((before, number)) if is_number(number) => (before, number.chars().last()),
        _ => (stem, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systems_leave_is_known_and_nothing_else() {
        for name in [
            ".DS_Store",
            "._vi.json",
            "Thumbs.db",
            "Desktop.ini",
            "@eaDir",
            ".vi.json.swp",
            "vi.json~",
            "#vi.json#",
            ".#vi.json",
            ".~lock.a.csv#",
            ".stfolder",
            "vi.json.orig",
            ".gitkeep",
            ".goutputstream-X1Y2Z3",
            "~syncthing~vi.json.tmp",
            ".vi.json.kate-swp",
            ".git",
            "vi.json.swp",
            ".vi.json.swx",
            "sedAbC123",
            "sedabcdef",
            "4913",
            ".fuse_hidden0000002a00000001",
            ".nfs000000000001",
            "vi.json.sb-1f2e3d4c-AbCdEf",
            "vi.json___jb_tmp___",
            "vi.json.crswap",
            ".tmpAbC123",
            "tmpab12cd_3",
            ".vi.json.AbC123",
            ".smbdeleteAAA0123",
        ] {
            assert!(is_left(name, false), "{name}");
        }
        for name in [
            "vi.json",
            "~$plan.docx",
            ".import",
            ".views.json.new",
            "vi 2.json",
            "a.swp",
            ".env",
            "film.v2.swf",
            "sedona",
            "vi.json.tmp",
            ".vi.json.backup",
            "sedAbC123.json",
        ] {
            assert!(!is_left(name, false), "{name}");
        }
        // Folders are articles and sections, which may be called so.
        for name in ["sedabcdef", "sed202611", "tmpharbour"] {
            assert!(!is_left(name, true), "{name}");
        }
    }

    #[test]
    fn a_copy_is_named_with_its_original_and_never_advised_over_it() {
        let beside = ["vi.json".to_owned(), "plan.docx".to_owned()];
        for (name, who) in [
            ("vi (1).json", "a browser or Windows"),
            ("vi - Copy.json", "Windows"),
            ("vi - Copy (2).json", "Windows"),
            ("vi - Bản sao.json", "Windows"),
            ("vi 2.json", "macOS or iCloud"),
            ("vi copy.json", "macOS"),
            ("viのコピー.json", "macOS"),
            ("vi-DESKTOP-7K2.json", "OneDrive"),
            ("vi (An's conflicted copy 2026-11-20).json", "Dropbox"),
            ("vi (Phiên bản xung đột của An).json", "Dropbox"),
            ("vi.sync-conflict-20261120-1201-ABCDEFG.json", "Syncthing"),
            ("Copy of vi.json", "Google Drive"),
            ("vi のコピー.json", "macOS"),
            ("vi (1) (1).json", "a browser or Windows"),
            ("vi-old.json", "somebody"),
            ("vi_1.json", "somebody"),
            ("vi.old.json", "somebody"),
            ("vi~1.json", "somebody"),
            ("vi .json", "somebody"),
            ("VI.json", "somebody"),
            ("vi-VN.json", "somebody"),
        ] {
            let (message, help) = copy(name, &beside).unwrap_or_else(|| panic!("{name}"));
            assert!(
                message.contains(&format!("a copy of vi.json that {who}")),
                "{message}"
            );
            assert!(help.starts_with("compare the two"), "{help}");
        }
        for name in [
            "vi.json",
            "zh-Hans.json",
            "zh-CN.json",
            "cang-2019.jpg",
            "plan-old.docx",
            "en-old.json",
            "a-b.pdf",
            "Deep_Port",
        ] {
            assert_eq!(copy(name, &beside), None, "{name}");
        }
        for name in ["vi.json.txt", "vn.json"] {
            let (_, help) = copy(name, &beside).unwrap_or_else(|| panic!("{name}"));
            assert!(help.starts_with("compare the two"), "{help}");
        }
        for (name, of) in [
            ("vi.json.tmp", "vi.json"),
            ("vi.json.part", "vi.json"),
            (".vi.json.tmp", "vi.json"),
            ("vi.json.tmp-4711", "vi.json"),
            ("vi.json.tmp.4711.1764500000", "vi.json"),
            ("vi.json.1764500000.tmp", "vi.json"),
            ("plan.docx.crdownload", "plan.docx"),
            ("plan.docx.filepart", "plan.docx"),
            ("vi.json.lock", "vi.json"),
        ] {
            let (message, help) = copy(name, &beside).unwrap_or_else(|| panic!("{name}"));
            assert!(
                message.contains(&format!("half-written copy of {of} ")),
                "{message}"
            );
            assert!(
                help.starts_with(&format!("see that {of} is whole")),
                "{help}"
            );
        }
        // Of what has no name of ours, none is told that it has to be whole.
        for name in [
            "~WRL0003.tmp",
            "A1B2C3D4.tmp",
            "Unconfirmed 4711.crdownload",
        ] {
            let (message, help) = copy(name, &beside).unwrap_or_else(|| panic!("{name}"));
            assert!(message.contains("wrote for a while"), "{message}");
            assert!(!help.contains("whole"), "{help}");
        }
        let (message, _) = copy(".vi.json.icloud", &beside).unwrap();
        assert!(
            message.starts_with("vi.json is not on this machine"),
            "{message}"
        );
        assert_eq!(copy("port.tmpl.json", &beside), None);
        let (_, help) = copy("en.json.txt", &beside).unwrap();
        assert!(help.contains("rename it to en.json"), "{help}");
        let (_, help) = copy("en (1).json", &beside).unwrap();
        assert!(help.contains("rename it to en.json"), "{help}");
    }
}
