//! An element with its attributes, as the builder asks for them.

use markup5ever_rcdom::{Handle, NodeData};

/// An element that begins.
pub(super) struct Tag {
    /// Its name, in lower case.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Its node.
    pub(super) node: Handle,
}

impl Tag {
    /// The element at a node; `None` where it is something else.
    pub(super) fn new(node: &Handle) -> Option<Self> {
        let NodeData::Element { name, attrs, .. } = &node.data else {
            return None;
        };
        let pair = |attribute: &html5ever::Attribute| {
            (
                attribute.name.local.to_string(),
                attribute.value.to_string(),
            )
        };
        let attributes = attrs.borrow().iter().map(pair).collect();
        Some(Self {
            name: name.local.to_ascii_lowercase().to_string(),
            attributes,
            node: node.clone(),
        })
    }

    /// An attribute without white space around it; `None` where it is missing or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty())
    }

    /// The value of the first of these attributes that is there.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.get(name))
    }

    /// Whether a class is there.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.get("class")
            .is_some_and(|names| names.split_whitespace().any(|name| name == class))
    }

    /// Whether the page hides it, at least until a script shows it.
    pub(super) fn is_hidden(&self) -> bool {
        let classes = [
            "screen-reader-text",
            "sr-only",
            "visually-hidden",
            "elementor-screen-only",
        ];
        self.attributes.iter().any(|(name, _)| name == "hidden")
            || self
                .style("display")
                .is_some_and(|value| value.starts_with("none"))
            || self
                .style("visibility")
                .is_some_and(|value| value.starts_with("hidden"))
            || classes.iter().any(|class| self.has_class(class))
    }

    /// The number behind a class such as `wp-image-12`.
    pub(super) fn class_number(&self, prefix: &str) -> Option<u64> {
        self.get("class")?
            .split_whitespace()
            .find_map(|name| name.strip_prefix(prefix)?.parse().ok())
    }

    /// The value of a property in `style`, in lower case.
    pub(super) fn style(&self, property: &str) -> Option<String> {
        let declarations = self.get("style")?.to_ascii_lowercase();
        declarations.split(';').find_map(|declaration| {
            let (name, value) = declaration.split_once(':')?;
            (name.trim() == property).then(|| value.trim().to_owned())
        })
    }

    /// The attribute or the style property of a side, in pixels.
    pub(super) fn pixels(&self, side: &str) -> Option<f64> {
        let text = self
            .get(side)
            .map(str::to_owned)
            .or_else(|| self.style(side))?;
        text.trim_end_matches("px").trim().parse().ok()
    }

    /// The element around it.
    pub(super) fn parent(&self) -> Option<Self> {
        let parent = self.node.parent.take();
        let node = parent.as_ref().and_then(std::rc::Weak::upgrade);
        self.node.parent.set(parent);
        Self::new(&node?)
    }
}
