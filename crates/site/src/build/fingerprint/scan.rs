//! A scan over the tags in the portal's element. It relies on our way of writing: every element
//! is closed, and every `<` is markup. A page that looks otherwise is left to the parser.

use model::Fingerprint;

/// Void elements.
const VOID: [&str; 13] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose content a parser reads by other rules.
const OTHER: [&str; 14] = [
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// The result of a scan.
pub(super) struct Scan {
    /// The fingerprint of the nodes.
    pub(super) fingerprint: Fingerprint,
    /// The hash of each node's name and of those of the elements around it, without duplicates.
    pub(super) ancestor_paths: Vec<u64>,
}

impl Scan {
    /// Scans the inside of the portal's element; `None` where only a parser can read it.
    pub(super) fn of(inside: &str) -> Option<Self> {
        let mut rest = inside;
        let mut scan = Self {
            fingerprint: Fingerprint::default(),
            ancestor_paths: Vec::with_capacity(512),
        };
        let mut open: Vec<(&str, u64)> = Vec::with_capacity(24);
        while let Some(at) = rest.find('<') {
            let above = open.last().map_or(0, |(_, path)| *path);
            let (text, markup) = rest.split_at(at);
            scan.text(text, above);
            if let Some(comment) = markup.strip_prefix("<!--") {
                scan.fingerprint.add("#comment");
                scan.ancestor_paths.push(step(above, "#comment"));
                rest = &comment[comment.find("-->")? + 3..];
                continue;
            }
            let end = end_of_tag(markup)?;
            let tag = &markup[1..end];
            rest = &markup[end + 1..];
            if let Some(name) = tag.strip_prefix('/') {
                match open.pop() {
                    Some((known, _)) if known == name => {}
                    _ => return None,
                }
            } else {
                let name = name_of(tag)?;
                let path = step(above, name);
                scan.fingerprint.add_element(name);
                scan.ancestor_paths.push(path);
                if !VOID.contains(&name) {
                    open.push((name, path));
                }
            }
        }
        if !open.is_empty() {
            return None;
        }
        scan.text(rest, 0);
        scan.ancestor_paths.sort_unstable();
        scan.ancestor_paths.dedup();
        Some(scan)
    }

    /// Adds a text node, where there is text. White space is a kind of its own, because a parser
    /// drops it in some places.
    fn text(&mut self, text: &str, above: u64) {
        if !text.is_empty() {
            let white = text.bytes().all(|byte| byte.is_ascii_whitespace());
            self.fingerprint.add("#text");
            let path = step(above, if white { " " } else { "#text" });
            self.ancestor_paths.push(path);
        }
    }
}

/// The name of the element that a tag begins; `None` where only a parser can read it.
fn name_of(tag: &str) -> Option<&str> {
    let end = tag.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    let name = &tag[..end.unwrap_or(tag.len())];
    let ordinary =
        name.starts_with(|letter: char| letter.is_ascii_lowercase()) && !tag.ends_with('/');
    (ordinary && !OTHER.contains(&name)).then_some(name)
}

/// Where the tag at the beginning of `text` ends: at the first `>` outside of quotation marks.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

/// Extends the hash of a chain by a node's name (FNV-1a).
fn step(path: u64, name: &str) -> u64 {
    let begin = path ^ 0xcbf2_9ce4_8422_2325;
    name.bytes().chain([0]).fold(begin, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
