//! The engine of the editors' desk: what `site edit` shows and changes. It knows files and texts, and
//! nothing of browsers.
//!
//! ```text
//! a form -> store -> patch -> journal -> disk
//!             |-> form, text         what a form shows
//!             '-> check -> remark    what there is to say of it, at which field
//! ```
//!
//! - A [`place`] is the name of a document, a [`pointer`] that of a value in it.
//! - The [`store`] opens, changes, undoes and saves documents. A [`patch`] changes a file's text and
//!   nothing around it; the [`journal`] has every state, and [`disk`] writes whole files.
//! - A [`form`] comes from the JSON Schemas. A [`text`] with marks is pieces of words.
//! - [`check`] says what `site check` says; a [`remark`] is a message with its field.
//! - [`parallel`] lays a translation beside its original; [`changes`] says what changed there, and
//!   [`former`] knows what was there before.
//! - [`names`] are offered as the glossary has them.
//! - The [`overview`] is the list of all articles with their states; [`standing`] has the other pages.
//! - An [`upload`] is a picture or a file that comes to its [`home`], an article or a document of the register;
//!   [`uses`] says which are used. What the desk has [`written`] is known to whoever keeps a history of the folder.
//! - [`slug`] proposes names, [`paste`] takes what was copied elsewhere, and a [`beginning`] is a
//!   portal in an empty folder.

pub mod beginning;
pub mod changes;
pub mod check;
pub mod disk;
pub mod form;
pub mod former;
pub mod home;
pub mod journal;
pub mod names;
pub mod overview;
pub mod parallel;
pub mod paste;
pub mod patch;
pub mod place;
pub mod pointer;
pub mod remark;
pub mod slug;
pub mod standing;
pub mod store;
pub mod text;
pub mod upload;
pub mod uses;
pub mod written;

#[cfg(test)]
mod whole;
