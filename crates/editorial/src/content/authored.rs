//! The authored form: the types of the JSON files that editors write, as docs/content.md describes
//! them. Reading checks the shape only.

pub mod article;
pub mod assessment;
pub mod block;
pub mod facts;
pub mod form;
pub mod glossary;
pub mod media;
pub mod questions;
pub mod register;
pub mod site;
pub mod standing;
pub mod version;
pub mod words;
