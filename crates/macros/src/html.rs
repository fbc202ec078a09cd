//! The macro `html!`, with which components are written.
//!
//! It takes what Leptos' `view!` takes, as far as the portal needs it: elements, attributes, texts,
//! `{expressions}`, components, `on:event` and `prop:name`. It makes a value of one type,
//! `crate::markup::Markup`, where `view!` makes a type for each view
//! ([decision 29](../../../docs/decisions/0029-markup-as-data.md)): everything that is known when
//! the program is compiled becomes one text, the template, and everything else a list of values.
//!
//! A template is a sequence of operations. Each begins with [`OPERATION`] and a letter:
//!
//! | letter | followed by | does |
//! |---|---|---|
//! | `<` | a name | opens an element |
//! | `=` | a name, [`VALUE`], a value | gives the open element an attribute |
//! | `?` | a name | gives it an attribute with the next value |
//! | `.` | a name | sets its property to the next value |
//! | `@` | a name | listens to its events with the next value |
//! | `'` | a text | adds a text |
//! | `{` | | adds the next value |
//! | `>` | | closes the element |

use proc_macro2::{Span, TokenStream as Tokens};
use quote::{ToTokens, quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeElement};
use syn::spanned::Spanned;
use syn::{Error, Expr, Lit, Result};

/// Begins an operation.
const OPERATION: char = '\u{1}';
/// Stands between the name and the value of an attribute.
const VALUE: char = '\u{2}';

/// A `crate::markup::Markup` of tags.
pub(crate) fn html(input: Tokens) -> Result<Tokens> {
    expand(&rstml::parse2(input)?)
}

/// A single value, or a template and its values.
fn expand(nodes: &[Node]) -> Result<Tokens> {
    if let [node] = nodes
        && let Some(value) = value(node)?
    {
        return Ok(quote! { crate::markup::IntoMarkup::into_markup(#value) });
    }
    let mut parts = Parts::default();
    parts.nodes(nodes)?;
    let Parts { template, values } = parts;
    Ok(quote! {
        crate::markup::Markup::template(
            #template,
            ::std::vec![#(crate::markup::IntoMarkup::into_markup(#values)),*],
        )
    })
}

/// What is put into a template as a value, where the node is that.
fn value(node: &Node) -> Result<Option<Tokens>> {
    match node {
        Node::Block(block) => Ok(Some(braced(block))),
        Node::Element(element) if is_component(element) => component(element).map(Some),
        _ => Ok(None),
    }
}

#[derive(Default)]
struct Parts {
    template: String,
    values: Vec<Tokens>,
}

impl Parts {
    fn operation(&mut self, letter: char, name: &str) {
        self.template.extend([OPERATION, letter]);
        self.template.push_str(name);
    }

    fn hole(&mut self, letter: char, name: &str, value: Tokens) {
        self.operation(letter, name);
        self.values.push(value);
    }

    fn nodes(&mut self, nodes: &[Node]) -> Result<()> {
        nodes.iter().try_for_each(|node| self.node(node))
    }

    fn node(&mut self, node: &Node) -> Result<()> {
        if let Some(value) = value(node)? {
            self.hole('{', "", value);
            return Ok(());
        }
        match node {
            Node::Element(element) => self.element(element),
            Node::Text(text) => {
                self.operation('\'', &text.value_string());
                Ok(())
            }
            Node::Fragment(fragment) => self.nodes(&fragment.children),
            _ => Err(Error::new(node.span(), "`html!` has no such node")),
        }
    }

    fn element(&mut self, element: &NodeElement<rstml::Infallible>) -> Result<()> {
        self.operation('<', &element.name().to_string());
        // What a person does to an element depends on its attributes: they come first.
        for attribute in element.attributes() {
            self.attribute(keyed(attribute)?)?;
        }
        self.nodes(&element.children)?;
        self.operation('>', "");
        Ok(())
    }

    fn attribute(&mut self, attribute: &KeyedAttribute) -> Result<()> {
        let key = attribute.key.to_string();
        let value = || {
            attribute
                .value()
                .map(ToTokens::to_token_stream)
                .ok_or_else(|| Error::new(attribute.span(), "this needs a value"))
        };
        if let Some(event) = key.strip_prefix("on:") {
            let handler = value()?;
            let span = handler.span();
            let listener = quote_spanned!(span=> crate::markup::Markup::listener(#handler));
            self.hole('@', event, listener);
        } else if let Some(property) = key.strip_prefix("prop:") {
            self.hole('.', property, value()?);
        } else if key.contains(':') {
            let known = "`html!` knows `on:` and `prop:` alone";
            return Err(Error::new_spanned(&attribute.key, known));
        } else if let Some(text) = attribute
            .value_literal_string()
            .filter(|_| !is_truth(attribute))
        {
            self.operation('=', &key);
            self.template.push(VALUE);
            self.template.push_str(&text);
        } else if attribute.value().is_none() {
            self.operation('=', &key);
            self.template.push(VALUE);
        } else {
            self.hole('?', &key, value()?);
        }
        Ok(())
    }
}

/// Whether a value is `true` or `false`, which are no texts: an attribute is there, or it is not.
fn is_truth(attribute: &KeyedAttribute) -> bool {
    let Some(Expr::Lit(literal)) = attribute.value() else {
        return false;
    };
    matches!(literal.lit, Lit::Bool(_))
}

/// A component is named like a type.
fn is_component(element: &NodeElement<rstml::Infallible>) -> bool {
    let name = element.name().to_string();
    let last = name.rsplit(':').next().unwrap_or_default();
    last.trim_start().starts_with(char::is_uppercase)
}

/// A call of a component, whose props are its attributes.
fn component(element: &NodeElement<rstml::Infallible>) -> Result<Tokens> {
    if let Some(child) = element.children.first() {
        return Err(Error::new(
            child.span(),
            "components of the portal have no children",
        ));
    }
    let name = element.name();
    let props = element.attributes().iter().map(|attribute| {
        let attribute = keyed(attribute)?;
        let (key, value) = (&attribute.key, attribute.value());
        let value = value.map_or_else(|| quote!(true), ToTokens::to_token_stream);
        Ok(quote! { .#key(#value) })
    });
    let props: Vec<Tokens> = props.collect::<Result<_>>()?;
    Ok(quote! {
        ::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name) #(#props)* .build(),
        )
    })
}

fn keyed(attribute: &NodeAttribute) -> Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => Err(Error::new(block.span(), "an attribute needs a name")),
    }
}

/// The expression of a block, without braces that the compiler would call unnecessary.
fn braced(block: &impl ToTokens) -> Tokens {
    let tokens = block.to_token_stream();
    if let Ok(block) = syn::parse2::<syn::Block>(tokens.clone())
        && let [syn::Stmt::Expr(expression, None)] = block.stmts.as_slice()
    {
        return expression.to_token_stream();
    }
    if tokens.is_empty() {
        return Error::new(Span::call_site(), "an empty block").to_compile_error();
    }
    tokens
}
