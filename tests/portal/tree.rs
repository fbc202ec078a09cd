//! HTML as a browser parses it, so that tests inspect elements and not strings.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element of a parsed page, and the page: dropping the page would drop all its elements.
#[derive(Clone)]
pub(crate) struct Element(Handle, Handle);

/// The root of a page.
pub(crate) fn page(html: &str) -> Element {
    let document = parse_document(RcDom::default(), ParseOpts::default())
        .one(html)
        .document;
    Element(document.clone(), document)
}

impl Element {
    /// Every element below this one, in the order of the page.
    pub(crate) fn all(&self) -> Vec<Self> {
        let mut elements = Vec::new();
        for child in self.0.children.borrow().iter() {
            if matches!(child.data, NodeData::Element { .. }) {
                elements.push(Self(child.clone(), self.1.clone()));
            }
            elements.extend(Self(child.clone(), self.1.clone()).all());
        }
        elements
    }

    /// Every element of this name.
    pub(crate) fn named(&self, name: &str) -> Vec<Self> {
        self.all()
            .into_iter()
            .filter(|element| element.name() == name)
            .collect()
    }

    /// The first element with this class.
    ///
    /// # Panics If there is none.
    pub(crate) fn with_class(&self, class: &str) -> Self {
        let has = |element: &Self| {
            element
                .attribute("class")
                .is_some_and(|names| names.split(' ').any(|name| name == class))
        };
        self.all()
            .into_iter()
            .find(has)
            .unwrap_or_else(|| panic!("nothing has the class {class}"))
    }

    /// The element's name.
    pub(crate) fn name(&self) -> String {
        match &self.0.data {
            NodeData::Element { name, .. } => name.local.to_string(),
            _ => String::new(),
        }
    }

    /// The element's attributes.
    pub(crate) fn attributes(&self) -> Vec<(String, String)> {
        match &self.0.data {
            NodeData::Element { attrs, .. } => attrs
                .borrow()
                .iter()
                .map(|attr| (attr.name.local.to_string(), attr.value.to_string()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes()
            .into_iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// All text below the element.
    pub(crate) fn text(&self) -> String {
        match &self.0.data {
            NodeData::Text { contents } => contents.borrow().to_string(),
            _ => self
                .0
                .children
                .borrow()
                .iter()
                .map(|child| Self(child.clone(), self.1.clone()).text())
                .collect(),
        }
    }

    /// Every text that a reader sees or hears, with its language: text nodes, and the values of
    /// these attributes.
    pub(crate) fn localised_texts(&self, attributes: &[&str]) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        self.add_texts("", attributes, &mut texts);
        texts
    }

    fn add_texts(&self, around: &str, attributes: &[&str], texts: &mut Vec<(String, String)>) {
        if let NodeData::Text { contents } = &self.0.data {
            texts.push((around.to_owned(), contents.borrow().to_string()));
        }
        if ["script", "style"].contains(&self.name().as_str()) {
            return;
        }
        let own = self.attribute("lang");
        let lang = own.as_deref().unwrap_or(around);
        let spoken = self
            .attributes()
            .into_iter()
            .filter(|(name, _)| attributes.contains(&name.as_str()));
        texts.extend(spoken.map(|(_, value)| (lang.to_owned(), value)));
        for child in self.0.children.borrow().iter() {
            Self(child.clone(), self.1.clone()).add_texts(lang, attributes, texts);
        }
    }

    /// The name and the attribute names of every element, in order: a page without its texts and
    /// values.
    pub(crate) fn skeleton(&self) -> Vec<String> {
        let line = |element: Self| {
            let names: Vec<String> = element
                .attributes()
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            format!("{} {}", element.name(), names.join(" "))
        };
        self.all().into_iter().map(line).collect()
    }
}
