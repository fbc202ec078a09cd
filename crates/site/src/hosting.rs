//! A built site on a host: what [`hosts`] are told about headers, media types and moved addresses, and the server of this
//! machine ([`serve`]), with the headers of [`policy`]. [`own_address`] says what an address of ours is made of, [`base`]
//! what the path of a site is.

pub(crate) mod base;
pub(crate) mod hosts;
pub(crate) mod own_address;
pub(crate) mod policy;
pub(crate) mod serve;
