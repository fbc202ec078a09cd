//! Pictures that are made: [`pictures`] in the sizes that browsers choose from, share cards ([`card`]), [`icons`], and the
//! address of an article for a telephone's camera ([`qr`]). Where the next build begins with nothing, the [`cache`] keeps
//! what took long to make.

pub(crate) mod cache;
pub(crate) mod card;
pub(crate) mod icons;
pub(crate) mod pictures;
pub(crate) mod qr;
