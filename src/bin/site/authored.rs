//! The authored form: what editors write, as docs/content.md describes it. Comfortable to write, strict to read, and
//! nothing checked yet beyond the shape.

pub(crate) mod article;
pub(crate) mod block;
pub(crate) mod facts;
pub(crate) mod form;
pub(crate) mod media;
pub(crate) mod site;
pub(crate) mod standing;
pub(crate) mod version;
pub(crate) mod words;
