//! Reading a template.

/// Begins an operation of a template (crates/markup).
pub(super) const OPERATION: char = '\u{1}';
/// Stands between the name and the value of an attribute.
pub(super) const VALUE: char = '\u{2}';

/// An operation: its letter, and what follows it.
pub(super) type Operation = (u8, &'static str);

/// The operations of a template, in order. The letters are those of crates/markup.
pub(super) fn operations(template: &'static str) -> impl Iterator<Item = Operation> + Clone {
    template
        .split(OPERATION)
        .filter_map(|operation| Some((*operation.as_bytes().first()?, &operation[1..])))
}

/// The name and the value of an attribute.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn attribute(attribute: &'static str) -> (&'static str, &'static str) {
    attribute.split_once(VALUE).unwrap_or((attribute, ""))
}
