//! Generated media: [`pictures`] in the sizes that browsers choose from, share cards ([`card`]),
//! [`icons`], and QR codes of articles' addresses ([`qr`]). For builds that keep no state, the
//! [`cache`] keeps what took long to make.

pub(crate) mod cache;
pub(crate) mod card;
pub(crate) mod drawing;
pub(crate) mod icons;
pub(crate) mod pictures;
pub(crate) mod qr;
