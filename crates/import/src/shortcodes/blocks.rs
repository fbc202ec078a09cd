//! Blocks that WordPress keeps in comments: `<!-- wp:name {…} -->`. Most of them have their HTML
//! within them; these have not, or have it in another form.

use super::Surroundings;
use super::lines::paragraphs;
use super::overrides::overridden;
use crate::loss::Loss;
use serde_json::Value;

/// How many shared blocks one text may show, and how deep they may stand in each other.
const MOST: (usize, usize) = (500, 10);

/// The text with its shared blocks, its classic parts and its notes.
pub(super) fn expand(content: &str, around: &dyn Surroundings, losses: &mut Vec<Loss>) -> String {
    let mut reader = Reader {
        around,
        losses,
        open: Vec::new(),
        left: MOST.0,
    };
    reader.expand(content)
}

struct Reader<'a> {
    around: &'a dyn Surroundings,
    losses: &'a mut Vec<Loss>,
    /// The shared blocks that are open.
    open: Vec<u64>,
    /// How many more may be shown.
    left: usize,
}

/// A comment of a block.
struct Block<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Whether nothing stands in it.
    is_alone: bool,
}

impl<'a> Block<'a> {
    fn of(comment: &'a str) -> Self {
        let comment = comment.trim();
        let (comment, is_alone) = comment
            .strip_suffix('/')
            .map_or((comment, false), |rest| (rest.trim_end(), true));
        let (name, attributes) = comment
            .split_once(char::is_whitespace)
            .unwrap_or((comment, ""));
        Self {
            name: name.strip_prefix("core/").unwrap_or(name),
            attributes: attributes.trim(),
            is_alone,
        }
    }
}

const BEGIN: &str = "<!-- wp:";
const END: &str = "-->";

impl Reader<'_> {
    fn expand(&mut self, content: &str) -> String {
        let mut html = String::with_capacity(content.len());
        let mut rest = content;
        while let Some(at) = rest.find(BEGIN) {
            let Some(end) = rest[at..].find(END) else {
                break;
            };
            let behind = at + end + END.len();
            let block = Block::of(&rest[at + BEGIN.len()..at + end]);
            html.push_str(&rest[..at]);
            let (shown, after) = self.block(&block, &rest[at..behind], &rest[behind..]);
            html.push_str(&shown);
            rest = after;
        }
        html.push_str(rest);
        html
    }

    /// What a block shows, and what stands behind it.
    fn block<'b>(&mut self, block: &Block<'_>, comment: &str, after: &'b str) -> (String, &'b str) {
        match block.name {
            "block" if block.is_alone => (self.shared(block), after),
            "footnotes" if block.is_alone => (self.around.notes(), after),
            "freeform" if !block.is_alone => {
                const CLOSE: &str = "<!-- /wp:freeform -->";
                let inner = after.find(CLOSE).unwrap_or(after.len());
                let behind = after.get(inner + CLOSE.len()..).unwrap_or_default();
                (
                    format!(
                        "<div></div>{}<div></div>",
                        paragraphs(after[..inner].trim())
                    ),
                    behind,
                )
            }
            _ => (comment.to_owned(), after),
        }
    }

    /// A block that several texts share.
    fn shared(&mut self, block: &Block<'_>) -> String {
        let attributes: Value = serde_json::from_str(block.attributes).unwrap_or_default();
        let Some(number) = attributes["ref"].as_u64() else {
            return self.lost(
                "a shared block was left out: it does not say which one it is",
                block.attributes,
            );
        };
        if self.open.contains(&number) || self.open.len() >= MOST.1 {
            return self.lost(
                "a shared block stands in itself: it was shown once",
                &number.to_string(),
            );
        }
        if self.left == 0 {
            return self.lost(
                "a text shows too many shared blocks: this one was left out",
                &number.to_string(),
            );
        }
        self.left -= 1;
        let Some(content) = self.around.block(number) else {
            let what =
                format!("a shared block was left out: the export has none of the number {number}");
            return self.lost(&what, "");
        };
        let mut shown = content;
        if !attributes["content"].is_null() {
            let (changed, left) = overridden(&shown, &attributes["content"]);
            shown = changed;
            if !left.is_empty() {
                let what = "a shared block has words in this text that have no place in it: they were left out";
                self.losses.push(Loss::whole(what, &left.join(" ")));
            }
        }
        self.open.push(number);
        let html = self.expand(&shown);
        self.open.pop();
        html
    }

    fn lost(&mut self, what: &str, excerpt: &str) -> String {
        self.losses.push(Loss::new(what, excerpt));
        String::new()
    }
}

/// The numbers of the shared blocks that a text shows.
pub fn shown(content: &str) -> Vec<u64> {
    let comments = content
        .split(BEGIN)
        .skip(1)
        .filter_map(|rest| rest.split(END).next());
    comments
        .map(Block::of)
        .filter(|block| block.name == "block")
        .filter_map(|block| serde_json::from_str::<Value>(block.attributes).ok()?["ref"].as_u64())
        .collect()
}
