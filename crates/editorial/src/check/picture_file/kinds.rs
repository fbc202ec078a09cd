//! What a file is that should be a picture and is none that can be published.

/// The message and the help for bytes that are no PNG, JPEG or WebP.
pub(super) fn words(bytes: &[u8]) -> (String, &'static str) {
    let (what, help) = kind(bytes);
    (what.to_owned(), help)
}

const AS_JPEG: &str = "open it in a program for pictures, and export it as JPEG or PNG";

/// Files by their first bytes, with what they are and what to do.
const BEGINNINGS: [(&[u8], &str, &str); 14] = [
    (
        b"GIF8",
        "this is a GIF, which may move",
        "export one of its pictures as PNG",
    ),
    (
        b"BM",
        "this is a BMP, which browsers do not show well",
        AS_JPEG,
    ),
    (
        b"II*\0",
        "this is a TIFF, which browsers do not show",
        AS_JPEG,
    ),
    (
        b"MM\0*",
        "this is a TIFF, which browsers do not show",
        AS_JPEG,
    ),
    (b"8BPS", "this is a file of Photoshop", AS_JPEG),
    (
        b"\xff\x0a",
        "this is JPEG XL, which few browsers show",
        AS_JPEG,
    ),
    (
        b"\0\0\0\x0cJXL ",
        "this is JPEG XL, which few browsers show",
        AS_JPEG,
    ),
    (
        b"\0\0\0\x0cjP  ",
        "this is JPEG 2000, which browsers do not show",
        AS_JPEG,
    ),
    (b"\0\0\x01\0", "this is an icon of Windows", AS_JPEG),
    (
        b"%PDF",
        "this is a PDF, not a picture",
        "export the page as PNG, or publish it under \"files\" as .pdf",
    ),
    (
        b"%!PS",
        "this is PostScript, which is for printing",
        "export it as SVG or PNG",
    ),
    (
        b"PK\x03\x04",
        "this is an archive or an Office document, not a picture",
        "take the picture out of it",
    ),
    (
        b"\x1aE\xdf\xa3",
        "this is a film, not a picture",
        "publish it under \"files\", or take one picture of it",
    ),
    (
        b"\0\0\0\0\0\0\0\0",
        "there is nothing but zeros in the file",
        "copy it again from where it is whole",
    ),
];

fn kind(bytes: &[u8]) -> (&'static str, &'static str) {
    if bytes.is_empty() {
        return ("the file is empty", "copy it again from where it is whole");
    }
    if let Some(found) = boxed(bytes) {
        return found;
    }
    let found = BEGINNINGS
        .iter()
        .find(|(begin, ..)| bytes.starts_with(begin));
    if let Some((_, what, help)) = found {
        return (what, help);
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8") || bytes.starts_with(b"RIFF")
    {
        return (
            "the end of the picture is missing",
            "copy it again, or export it anew",
        );
    }
    let head: String = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return (
            "this is a page of the web, not a picture: the site answered with it when the picture was saved",
            "open the picture itself in the browser, and save that",
        );
    }
    if head.contains("<svg") {
        return ("this is a drawing", "rename it so that it ends in .svg");
    }
    if head.starts_with("version https://git-lfs") {
        return (
            "this is a note of Git LFS that stands for the picture",
            "run git lfs pull",
        );
    }
    ("the picture cannot be read", "export it anew")
}

/// HEIC, AVIF and films, which are boxes that name what is in them.
fn boxed(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let brand = bytes
        .get(4..8)
        .filter(|kind| *kind == b"ftyp")
        .and(bytes.get(8..12))?;
    Some(match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" => (
            "this is HEIC, which iPhones write, and which most browsers do not show",
            "export it as JPEG; an iPhone writes JPEG itself with Settings, Camera, Formats, Most Compatible",
        ),
        b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"msf1" => (
            "this is a HEIC sequence, which moves, and which most browsers do not show",
            "export one of its pictures as JPEG",
        ),
        b"avif" => ("this is AVIF, which not every browser shows", AS_JPEG),
        b"avis" => (
            "this is an AVIF sequence, which moves",
            "export one of its pictures as JPEG",
        ),
        b"crx " => ("this is a raw picture of a camera", AS_JPEG),
        _ => (
            "this is a film, not a picture",
            "publish it under \"files\" as .mp4, or take one picture of it",
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_file_that_is_no_picture_is_named_for_what_it_is() {
        for (bytes, what) in [
            (&b""[..], "empty"),
            (b"\0\0\0\x18ftypheic\0\0", "HEIC"),
            (b"\0\0\0\x18ftypavis\0\0", "AVIF sequence"),
            (b"\0\0\0\x18ftypisom\0\0", "a film"),
            (b"<!doctype html><title>403</title>", "a page of the web"),
            (b"\xef\xbb\xbf <HTML>", "a page of the web"),
            (b"<?xml version='1.0'?><svg/>", "a drawing"),
            (b"GIF89a", "a GIF"),
            (b"BM\0\0", "a BMP"),
            (b"%PDF-1.4", "a PDF"),
            (b"\xff\xd8", "the end of the picture is missing"),
            (b"?", "cannot be read"),
        ] {
            let (message, help) = words(bytes);
            assert!(message.contains(what) && !help.is_empty(), "{message}");
        }
    }
}
