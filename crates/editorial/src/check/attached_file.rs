//! Attached files of an article: films, recordings, captions and files to download. The bytes of
//! each match its extension.

use crate::diagnostics::{Message, Problem};
use crate::message;

/// The largest file that is published, in bytes.
pub const MOST: usize = 100 * 1000 * 1000;

/// The extensions of such files.
pub const ENDINGS: [&str; 15] = [
    "mp4", "webm", "mp3", "m4a", "ogg", "opus", "vtt", "pdf", "docx", "xlsx", "pptx", "odt", "ods",
    "csv", "zip",
];

/// The purpose of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A film to watch.
    Film,
    /// A recording to listen to.
    Recording,
    /// Captions of a film.
    Captions,
    /// A file to download.
    Keeping,
}

impl Purpose {
    /// The purpose of a file, by its extension.
    pub fn of(name: &str) -> Self {
        match ending(name) {
            "mp4" | "webm" => Self::Film,
            "mp3" | "m4a" | "ogg" | "opus" => Self::Recording,
            "vtt" => Self::Captions,
            _ => Self::Keeping,
        }
    }

    /// The name in messages.
    pub fn name(self) -> Message {
        match self {
            Self::Film => message!("a film"),
            Self::Recording => message!("a recording"),
            Self::Captions => message!("a file with captions"),
            Self::Keeping => message!("a file to keep"),
        }
    }

    /// The extensions of such files, separated by commas.
    pub fn endings(self) -> String {
        let of_this: Vec<&str> = ENDINGS
            .into_iter()
            .filter(|ending| Self::of(&format!("x.{ending}")) == self)
            .collect();
        format!(".{}", of_this.join(", ."))
    }
}

/// Whether a file can be attached, by its extension.
pub fn is_attached(name: &str) -> bool {
    name.contains('.') && ENDINGS.contains(&ending(name))
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The problem of a file, if it has one. `name` is the file's name in problems.
pub fn flaw(name: &str, bytes: &[u8]) -> Option<Problem> {
    let problem =
        |message: Message, help: Message| Some(Problem::with_file(name, message).help(help));
    if bytes.is_empty() {
        return problem(
            message!("the file is empty"),
            message!("put the file itself here"),
        );
    }
    if bytes.len() > MOST {
        let message = message!(
            "the file has {size} MB, and the most is {most} MB",
            size = bytes.len() / 1_000_000,
            most = MOST / 1_000_000
        );
        return problem(message, message!("make it smaller, or link to where it is"));
    }
    let kind = ending(name);
    if is_what_it_says(kind, bytes) {
        return None;
    }
    let help = if matches!(kind, "csv" | "vtt") {
        message!("save it as text in UTF-8")
    } else {
        message!("save it in that format, or rename it")
    };
    problem(message!("the file is no .{kind} file inside", kind), help)
}

/// Whether the bytes match the extension.
fn is_what_it_says(ending: &str, bytes: &[u8]) -> bool {
    let begins = |start: &[u8]| bytes.starts_with(start);
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let text = || std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'));
    let packed = begins(b"PK\x03\x04");
    match ending {
        "mp4" | "m4a" => bytes.get(4..8).is_some_and(|kind| kind == b"ftyp"),
        "webm" => begins(b"\x1a\x45\xdf\xa3"),
        "mp3" => begins(b"ID3") || matches!(bytes, [0xff, second, ..] if second & 0xe0 == 0xe0),
        "ogg" | "opus" => begins(b"OggS"),
        "vtt" => text() && (begins(b"WEBVTT") || begins(b"\xef\xbb\xbfWEBVTT")),
        "pdf" => begins(b"%PDF-"),
        "docx" => packed && holds(b"word/"),
        "xlsx" => packed && holds(b"xl/"),
        "pptx" => packed && holds(b"ppt/"),
        "odt" => packed && holds(b"application/vnd.oasis.opendocument.text"),
        "ods" => packed && holds(b"application/vnd.oasis.opendocument.spreadsheet"),
        "zip" => packed,
        "csv" => text(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_ending_says() {
        let files: [(&str, &[u8]); 17] = [
            ("a.mp4", b"\0\0\0\x18ftypisom"),
            ("a.m4a", b"\0\0\0\x18ftypM4A "),
            ("a.webm", b"\x1a\x45\xdf\xa3\x01"),
            ("a.mp3", b"ID3\x04"),
            ("b.mp3", b"\xff\xfb\x90"),
            ("a.ogg", b"OggS\0"),
            ("a.opus", b"OggS\0"),
            ("a.vtt", b"WEBVTT\n"),
            ("b.vtt", b"\xef\xbb\xbfWEBVTT\n"),
            ("a.pdf", b"%PDF-1.7\n"),
            ("a.docx", b"PK\x03\x04....word/document.xml"),
            ("a.xlsx", b"PK\x03\x04....xl/workbook.xml"),
            ("a.pptx", b"PK\x03\x04....ppt/presentation.xml"),
            (
                "a.odt",
                b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text",
            ),
            (
                "a.ods",
                b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            ),
            ("a.zip", b"PK\x03\x04"),
            ("a.csv", "năm,tấn\n".as_bytes()),
        ];
        for (name, bytes) in files {
            assert_eq!(flaw(name, bytes), None, "{name}");
            assert!(is_attached(name));
            let page = flaw(name, b"<html>\0").unwrap();
            assert!(page.message.contains("inside"), "{name}: {}", page.message);
            assert_eq!(flaw(name, b"").unwrap().message, "the file is empty");
        }
        assert!(flaw("a.csv", b"\xff\xfen\0").is_some(), "UTF-16");
        for name in ["a.exe", "a.html", "a.js", "pdf", ".", "a.PDF", "a.svg"] {
            assert!(!is_attached(name), "{name}");
        }
    }

    #[test]
    fn what_a_file_is_for_follows_from_its_name() {
        assert_eq!(Purpose::of("a.webm"), Purpose::Film);
        assert_eq!(Purpose::Recording.endings(), ".mp3, .m4a, .ogg, .opus");
        assert_eq!(
            Purpose::Keeping.endings(),
            ".pdf, .docx, .xlsx, .pptx, .odt, .ods, .csv, .zip"
        );
    }
}
