//! A shortcode of a text: `[name key="value"]`.

/// A shortcode, opening or closing.
pub(super) struct Shortcode<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: Vec<(String, String)>,
    /// The values without a name.
    pub(super) values: Vec<String>,
    /// The offset of its end in the text, in bytes.
    pub(super) end: usize,
    pub(super) closes: bool,
}

/// The longest opening of a shortcode, in bytes. Anything longer is words in brackets.
pub(super) const MOST_BYTES: usize = 4_096;

/// The same of a page builder, which keeps the looks of a whole page in one.
const MOST_OF_BUILDERS: usize = 65_536;

/// What page builders begin the names of their long shortcodes with.
const BUILDERS: [&str; 7] = [
    "[vc_", "[et_pb_", "[fusion_", "[ux_", "[av_", "[nectar_", "[section",
];

/// Quotation marks, as they are typed and as WordPress makes them: the openings, and what ends each.
const QUOTES: [(&[&str], &[&str]); 4] = [
    (&["\""], &["\""]),
    (&["'"], &["'"]),
    (
        &[
            "“", "”", "„", "«", "»", "″", "&quot;", "&#34;", "&#8220;", "&#8221;", "&#8222;",
            "&#8243;", "&ldquo;", "&rdquo;",
        ],
        &[
            "“", "”", "«", "»", "″", "\"", "&quot;", "&#34;", "&#8220;", "&#8221;", "&#8243;",
            "&ldquo;", "&rdquo;",
        ],
    ),
    (
        &[
            "‘", "’", "′", "&#039;", "&#39;", "&#8216;", "&#8217;", "&#8242;",
        ],
        &[
            "‘", "’", "′", "'", "&#039;", "&#39;", "&#8216;", "&#8217;", "&#8242;",
        ],
    ),
];

/// Shortcodes whose address stands right behind their name: `[audio:https://…]`, `[youtube=https://…]`.
const WITH_ADDRESS: [&str; 6] = [
    "audio",
    "video",
    "youtube",
    "vimeo",
    "dailymotion",
    "googlemaps",
];

impl<'a> Shortcode<'a> {
    /// The shortcode at the beginning of a text.
    pub(super) fn at(text: &'a str) -> Option<Self> {
        let is_builder = BUILDERS.iter().any(|begin| text.starts_with(begin));
        let most = if is_builder {
            MOST_OF_BUILDERS
        } else {
            MOST_BYTES
        };
        let end = (most.min(text.len())..=text.len())
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(text.len());
        let text = &text[..end];
        let inside = text.strip_prefix('[')?;
        let (closes, inside) = inside
            .strip_prefix('/')
            .map_or((false, inside), |rest| (true, rest));
        let length = inside.find(|c| !is_name(c))?;
        let (name, rest) = inside.split_at(length);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let rest = match rest.strip_prefix([':', '=']) {
            Some(after) if WITH_ADDRESS.contains(&name) && after.starts_with("http") => after,
            _ if rest.starts_with([' ', '\n', '\r', '\t', '\u{a0}', ']', '/']) => rest,
            _ => return None,
        };
        let code = Self {
            name,
            attributes: Vec::new(),
            values: Vec::new(),
            end: text.len(),
            closes,
        };
        code.read(rest)
    }

    /// Reads what stands behind the name.
    fn read(mut self, rest: &'a str) -> Option<Self> {
        let mut rest = rest;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix(']') {
                self.end -= after.len();
                return Some(self);
            }
            if rest.starts_with("http://") || rest.starts_with("https://") {
                let length = rest.find(|c: char| c.is_whitespace() || "]|".contains(c))?;
                self.values.push(rest[..length].to_owned());
                rest = &rest[length..];
                if rest.starts_with('|') {
                    rest = &rest[rest.find(']')?..];
                }
                continue;
            }
            if let Some((value, after)) = quoted(rest) {
                self.values.push(value.to_owned());
                rest = after;
                continue;
            }
            let length = rest
                .find(|c: char| !is_name(c))
                .filter(|length| *length > 0)?;
            let (key, after) = rest.split_at(length);
            rest = self.value(key, after)?;
        }
    }

    /// Reads the value of a key. Returns what stands behind it.
    fn value(&mut self, key: &str, after: &'a str) -> Option<&'a str> {
        let Some(value) = after.strip_prefix('=') else {
            self.values.push(key.to_owned());
            return Some(after);
        };
        let (value, after) = match quoted(value) {
            Some(found) => found,
            None if value.starts_with(['"', '\'']) => return None,
            None => {
                let ends = |c: char| c.is_whitespace() || c == ']' || c == '[';
                value.split_at(value.find(ends)?)
            }
        };
        self.attributes
            .push((key.to_ascii_lowercase(), value.to_owned()));
        Some(after)
    }

    /// The value of a key.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of the first of some keys.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// The first value without a name that is an address of the web.
    pub(super) fn address(&self) -> Option<&str> {
        let mut values = self.values.iter().map(String::as_str);
        values.find(|value| value.starts_with("http"))
    }
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// A value in quotation marks at the beginning of a text, and what stands behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let after = |marks: &[&str]| marks.iter().find_map(|mark| text.strip_prefix(mark));
    let (value, ends) = QUOTES
        .iter()
        .find_map(|(begins, ends)| Some((after(begins)?, *ends)))?;
    let end = |mark: &&str| value.find(*mark).map(|at| (at, mark.len()));
    let (at, length) = ends.iter().filter_map(end).min()?;
    Some((&value[..at], &value[at + length..]))
}
