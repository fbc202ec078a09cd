//! What a file is that should be a picture and is none that can be published.

use crate::diagnostics::Message;
use crate::message;

fn as_jpeg() -> Message {
    message!("open it in a program for pictures, and export it as JPEG or PNG")
}

/// Makes a message and its help.
type Words = fn() -> (Message, Message);

/// Files by their first bytes, with what they are and what to do.
const BEGINNINGS: [(&[u8], Words); 14] = [
    (b"GIF8", || {
        (
            message!("this is a GIF, which may move"),
            message!("export one of its pictures as PNG"),
        )
    }),
    (b"BM", || {
        (
            message!("this is a BMP, which browsers do not show well"),
            as_jpeg(),
        )
    }),
    (b"II*\0", || {
        (
            message!("this is a TIFF, which browsers do not show"),
            as_jpeg(),
        )
    }),
    (b"MM\0*", || {
        (
            message!("this is a TIFF, which browsers do not show"),
            as_jpeg(),
        )
    }),
    (b"8BPS", || {
        (message!("this is a file of Photoshop"), as_jpeg())
    }),
    (b"\xff\x0a", || {
        (
            message!("this is JPEG XL, which few browsers show"),
            as_jpeg(),
        )
    }),
    (b"\0\0\0\x0cJXL ", || {
        (
            message!("this is JPEG XL, which few browsers show"),
            as_jpeg(),
        )
    }),
    (b"\0\0\0\x0cjP  ", || {
        (
            message!("this is JPEG 2000, which browsers do not show"),
            as_jpeg(),
        )
    }),
    (b"\0\0\x01\0", || {
        (message!("this is an icon of Windows"), as_jpeg())
    }),
    (b"%PDF", || {
        (
            message!("this is a PDF, not a picture"),
            message!("export the page as PNG, or publish it under \"files\" as .pdf"),
        )
    }),
    (b"%!PS", || {
        (
            message!("this is PostScript, which is for printing"),
            message!("export it as SVG or PNG"),
        )
    }),
    (b"PK\x03\x04", || {
        (
            message!("this is an archive or an Office document, not a picture"),
            message!("take the picture out of it"),
        )
    }),
    (b"\x1aE\xdf\xa3", || {
        (
            message!("this is a film, not a picture"),
            message!("publish it under \"files\", or take one picture of it"),
        )
    }),
    (b"\0\0\0\0\0\0\0\0", || {
        (
            message!("there is nothing but zeros in the file"),
            message!("copy it again from where it is whole"),
        )
    }),
];

/// The message and the help for bytes that are no PNG, JPEG or WebP.
pub(super) fn words(bytes: &[u8]) -> (Message, Message) {
    if bytes.is_empty() {
        return (
            message!("the file is empty"),
            message!("copy it again from where it is whole"),
        );
    }
    if let Some(found) = boxed(bytes) {
        return found;
    }
    let found = BEGINNINGS
        .iter()
        .find(|(begin, _)| bytes.starts_with(begin));
    if let Some((_, what)) = found {
        return what();
    }
    if bytes.starts_with(b"\x89PNG") || bytes.starts_with(b"\xff\xd8") || bytes.starts_with(b"RIFF")
    {
        return (
            message!("the end of the picture is missing"),
            message!("copy it again, or export it anew"),
        );
    }
    let head: String = String::from_utf8_lossy(&bytes[..bytes.len().min(400)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return (
            message!(
                "this is a page of the web, not a picture: the site answered with it when the picture was saved"
            ),
            message!("open the picture itself in the browser, and save that"),
        );
    }
    if head.contains("<svg") {
        return (
            message!("this is a drawing"),
            message!("rename it so that it ends in .svg"),
        );
    }
    if head.starts_with("version https://git-lfs") {
        return (
            message!("this is a note of Git LFS that stands for the picture"),
            message!("run git lfs pull"),
        );
    }
    (
        message!("the picture cannot be read"),
        message!("export it anew"),
    )
}

/// HEIC, AVIF and films, which are boxes that name what is in them.
fn boxed(bytes: &[u8]) -> Option<(Message, Message)> {
    let brand = bytes
        .get(4..8)
        .filter(|kind| *kind == b"ftyp")
        .and(bytes.get(8..12))?;
    Some(match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" => (
            message!("this is HEIC, which iPhones write, and which most browsers do not show"),
            message!(
                "export it as JPEG; an iPhone writes JPEG itself with Settings, Camera, Formats, Most Compatible"
            ),
        ),
        b"hevc" | b"hevx" | b"hevm" | b"hevs" | b"msf1" => (
            message!("this is a HEIC sequence, which moves, and which most browsers do not show"),
            message!("export one of its pictures as JPEG"),
        ),
        b"avif" => (
            message!("this is AVIF, which not every browser shows"),
            as_jpeg(),
        ),
        b"avis" => (
            message!("this is an AVIF sequence, which moves"),
            message!("export one of its pictures as JPEG"),
        ),
        b"crx " => (message!("this is a raw picture of a camera"), as_jpeg()),
        _ => (
            message!("this is a film, not a picture"),
            message!("publish it under \"files\" as .mp4, or take one picture of it"),
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
