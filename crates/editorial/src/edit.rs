//! Writes files for editors (drafts, stamps of translations, JSON Schemas), lists missing
//! translations, and checks the words of the interface.

pub mod article_folder;
pub mod locales;
pub mod new;
pub mod schemas;
pub mod translations;
