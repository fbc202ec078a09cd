//! The macros of the front end.

mod html;
mod read;

use proc_macro::TokenStream;

/// Makes a `crate::markup::Markup` of tags, texts, `{expressions}` and components.
#[proc_macro]
pub fn html(input: TokenStream) -> TokenStream {
    finished(html::html(input.into()))
}

/// Implements `crate::json::Read`, by what `#[serde(…)]` says of the type: a program that reads
/// documents so has a few lines for each type, where `serde` has a page.
#[proc_macro_derive(Read)]
pub fn read(input: TokenStream) -> TokenStream {
    finished(syn::parse(input).and_then(|input| read::read(&input)))
}

fn finished(tokens: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    tokens
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}
