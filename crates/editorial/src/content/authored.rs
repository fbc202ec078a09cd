//! The authored form: what editors write, as docs/content.md describes it. Comfortable to write, strict to read, and
//! nothing checked yet beyond the shape.

pub mod article;
pub mod block;
pub mod facts;
pub mod form;
pub mod media;
pub mod site;
pub mod standing;
pub mod version;
pub mod words;
