//! What writes content files for editors, and what their text editors check with.

pub mod article_folder;
pub mod locales;
pub mod new;
pub mod schemas;
pub mod translations;
