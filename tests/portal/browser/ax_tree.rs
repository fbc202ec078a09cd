//! The accessibility tree, read through the Chrome `DevTools` Protocol and written as lines.

use super::session::Browser;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A node of the accessibility tree.
#[derive(Clone, Debug, Default)]
pub(super) struct AxNode {
    pub(super) role: String,
    pub(super) name: String,
    /// The level of a heading; 0 elsewhere.
    pub(super) level: u64,
    /// How changes are announced, if the node itself is a live region; empty elsewhere.
    pub(super) live: String,
    /// Further states: `focused`, `current`, `collapsed`, a language of its own.
    states: Vec<String>,
    /// Whether the tree ignores it; its children may still count.
    ignored: bool,
    element: u64,
    children: Vec<String>,
}

/// The whole tree of a page.
pub(super) struct AxTree {
    nodes: BTreeMap<String, AxNode>,
    top: String,
    /// The id of the document's node.
    document: u64,
}

/// Roles without a line of their own; only their children have lines.
const WITHOUT_LINE: [&str; 7] = [
    "none",
    "generic",
    "paragraph",
    "InlineTextBox",
    "LabelText",
    "emphasis",
    "strong",
];
/// Roles that are written with their name and without their children.
const WITHOUT_CHILDREN: [&str; 9] = [
    "link",
    "button",
    "heading",
    "image",
    "textbox",
    "searchbox",
    "combobox",
    "time",
    "DisclosureTriangle",
];

impl AxTree {
    /// Reads the current tree.
    pub(super) async fn of(browser: &Browser) -> Self {
        let document = browser.cdp("DOM.getDocument", json!({ "depth": -1 })).await;
        let mut attributes = BTreeMap::new();
        collect(&document["root"], &mut attributes);
        let answer = browser.cdp("Accessibility.getFullAXTree", json!({})).await;
        let list = answer["nodes"].as_array().expect("the tree has nodes");
        let top = text(&list[0]["nodeId"]);
        let nodes = list
            .iter()
            .map(|node| (text(&node["nodeId"]), ax_node(node, &attributes)))
            .collect();
        let document = document["root"]["nodeId"]
            .as_u64()
            .expect("the document has an id");
        Self {
            nodes,
            top,
            document,
        }
    }

    /// All nodes in order, except ignored ones.
    pub(super) fn every(&self) -> Vec<AxNode> {
        let mut found = Vec::new();
        self.add(&self.top, &mut found);
        found
    }

    fn add(&self, id: &str, found: &mut Vec<AxNode>) {
        let Some(one) = self.nodes.get(id) else {
            return;
        };
        if !one.ignored {
            found.push(one.clone());
        }
        one.children.iter().for_each(|child| self.add(child, found));
    }

    /// The lines of focused nodes, except the page itself.
    pub(super) fn focused(&self) -> Vec<String> {
        let focused = self.nodes.values().filter(|one| {
            one.role != "RootWebArea" && one.states.iter().any(|state| state == "focused")
        });
        focused.map(AxNode::line).collect()
    }

    /// The lines of the first element that matches the selector. The body of an article is left
    /// out, because it is content.
    pub(super) async fn part(&self, browser: &Browser, selector: &str) -> String {
        let found = browser
            .cdp(
                "DOM.querySelector",
                json!({ "nodeId": self.document, "selector": selector }),
            )
            .await;
        let described = browser
            .cdp("DOM.describeNode", json!({ "nodeId": found["nodeId"] }))
            .await;
        let element = described["node"]["backendNodeId"]
            .as_u64()
            .expect("the part is there");
        let (id, _) = self
            .nodes
            .iter()
            .find(|(_, one)| one.element == element)
            .expect("the part is in the tree");
        let mut lines = String::new();
        self.write(id, 0, &mut lines);
        lines
    }

    fn write(&self, id: &str, depth: usize, lines: &mut String) {
        let Some(one) = self.nodes.get(id) else {
            return;
        };
        let has_no_line = one.ignored || WITHOUT_LINE.contains(&one.role.as_str());
        if !has_no_line {
            let _ = writeln!(lines, "{}{}", "  ".repeat(depth), one.line());
        }
        if WITHOUT_CHILDREN.contains(&one.role.as_str()) || one.role == "StaticText" {
            return;
        }
        let depth = if has_no_line { depth } else { depth + 1 };
        if one.states.iter().any(|state| state == "body") {
            let _ = writeln!(lines, "{}…", "  ".repeat(depth));
            return;
        }
        one.children
            .iter()
            .for_each(|child| self.write(child, depth, lines));
    }
}

impl AxNode {
    fn line(&self) -> String {
        let role = match self.role.as_str() {
            "StaticText" => "text",
            "DisclosureTriangle" => "disclosure",
            role => role,
        };
        let mut line = role.to_owned();
        if self.level > 0 {
            let _ = write!(line, " {}", self.level);
        }
        if !self.name.is_empty() {
            let _ = write!(line, " “{}”", self.name);
        }
        for word in self
            .states
            .iter()
            .filter(|state| *state != "body")
            .chain([&self.live].into_iter().filter(|live| !live.is_empty()))
        {
            let _ = write!(line, " {word}");
        }
        line
    }
}

fn ax_node(node: &Value, attributes: &BTreeMap<u64, BTreeMap<String, String>>) -> AxNode {
    let properties = node["properties"].as_array().into_iter().flatten();
    let properties: BTreeMap<&str, &Value> = properties
        .map(|one| {
            (
                one["name"].as_str().unwrap_or_default(),
                &one["value"]["value"],
            )
        })
        .collect();
    let element = node["backendDOMNodeId"].as_u64().unwrap_or_default();
    let written = attributes.get(&element);
    let attribute = |name: &str| {
        written
            .and_then(|written| written.get(name))
            .map(String::as_str)
    };
    let is = |name: &str| {
        properties
            .get(name)
            .is_some_and(|value| **value == true || value.as_str() == Some("true"))
    };
    let mut states = Vec::new();
    states.extend(
        attribute("lang")
            .filter(|_| attribute("data-app").is_none())
            .map(|lang| format!("in {lang}")),
    );
    states.extend(attribute("aria-current").map(|current| {
        if current == "page" {
            "current page"
        } else {
            "current"
        }
        .to_owned()
    }));
    for name in ["focused", "readonly", "required", "disabled"] {
        states.extend(is(name).then(|| name.to_owned()));
    }
    states.extend(
        properties
            .get("pressed")
            .map(|pressed| format!("pressed {}", text(pressed))),
    );
    states.extend(properties.get("expanded").map(|_| {
        if is("expanded") {
            "expanded"
        } else {
            "collapsed"
        }
        .to_owned()
    }));
    states.extend(
        attribute("class")
            .filter(|class| *class == "body")
            .map(|_| "body".to_owned()),
    );
    let role = text(&node["role"]["value"]);
    // Only the region's own value counts: descendants inherit it.
    let live = if role == "status" || role == "alert" {
        properties
            .get("live")
            .map(|live| text(live))
            .unwrap_or_default()
    } else {
        String::new()
    };
    AxNode {
        name: text(&node["name"]["value"])
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        level: properties
            .get("level")
            .filter(|_| role == "heading")
            .and_then(|level| level.as_u64())
            .unwrap_or_default(),
        ignored: node["ignored"] == true,
        children: node["childIds"]
            .as_array()
            .into_iter()
            .flatten()
            .map(text)
            .collect(),
        role,
        live,
        states,
        element,
    }
}

/// Collects the attributes of every element by its backend node id, which the accessibility tree
/// uses.
fn collect(node: &Value, attributes: &mut BTreeMap<u64, BTreeMap<String, String>>) {
    let list: Vec<String> = node["attributes"]
        .as_array()
        .into_iter()
        .flatten()
        .map(text)
        .collect();
    let pairs = list
        .chunks_exact(2)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect();
    attributes.insert(node["backendNodeId"].as_u64().unwrap_or_default(), pairs);
    node["children"]
        .as_array()
        .into_iter()
        .flatten()
        .for_each(|child| collect(child, attributes));
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(
        || {
            if value.is_null() {
                String::new()
            } else {
                value.to_string()
            }
        },
        str::to_owned,
    )
}
