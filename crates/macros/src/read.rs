//! Reading a type from JSON, by its attributes for `serde`.

use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Expr, Fields, LitStr, Result, parse_quote};

/// The implementation of `Read`.
pub(crate) fn read(input: &DeriveInput) -> Result<Tokens> {
    let name = &input.ident;
    let attributes = Attributes::of(&input.attrs)?;
    let body = if attributes.try_from {
        quote! { <String as crate::json::Read>::read(value)?.try_into().ok() }
    } else {
        match &input.data {
            Data::Struct(data) if attributes.transparent => {
                let fields = data
                    .fields
                    .iter()
                    .map(|_| quote!(crate::json::Read::read(value)?));
                quote! { Some(Self(#(#fields),*)) }
            }
            Data::Struct(data) => {
                if !attributes.deny_unknown_fields {
                    let what = "say that unknown fields are denied: `Read` denies them";
                    return Err(Error::new_spanned(name, what));
                }
                of_fields(&quote!(Self), &data.fields, &quote!(value))?
            }
            Data::Enum(data) => {
                let arms = data.variants.iter().map(|variant| {
                    let of_variant = Attributes::of(&variant.attrs)?;
                    let ident = &variant.ident;
                    let name = of_variant
                        .rename
                        .unwrap_or_else(|| attributes.renamed(&ident.to_string()));
                    let read = match &variant.fields {
                        Fields::Unit => quote! { content.is_unit().then_some(Self::#ident) },
                        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                            quote! { Some(Self::#ident(crate::json::Read::read(content)?)) }
                        }
                        fields => of_fields(&quote!(Self::#ident), fields, &quote!(content))?,
                    };
                    Ok(quote! { #name => #read })
                });
                let arms: Vec<Tokens> = arms.collect::<Result<_>>()?;
                quote! {
                    let (name, content) = value.variant()?;
                    match name.as_str() {
                        #(#arms,)*
                        _ => None,
                    }
                }
            }
            Data::Union(_) => return Err(Error::new_spanned(name, "`Read` knows no unions")),
        }
    };
    Ok(quote! {
        impl crate::json::Read for #name {
            fn read(value: crate::json::Value) -> Option<Self> {
                #body
            }
        }
    })
}

/// A struct, or a variant like one, from an object.
fn of_fields(path: &Tokens, fields: &Fields, value: &Tokens) -> Result<Tokens> {
    let mut names = Vec::new();
    let mut values = Vec::new();
    for field in fields {
        let Some(name) = &field.ident else {
            return Err(Error::new_spanned(
                field,
                "`Read` knows fields with names alone",
            ));
        };
        let attributes = Attributes::of(&field.attrs)?;
        names.push(attributes.rename.unwrap_or_else(|| name.to_string()));
        values.push(match attributes.default {
            None => quote! { #name: fields.read()? },
            Some(default) => quote! { #name: fields.read_or(#default)? },
        });
    }
    Ok(quote! {
        {
            let mut fields = #value.fields(&[#(#names),*])?;
            Some(#path { #(#values),* })
        }
    })
}

/// What the attributes for `serde` say.
#[derive(Default)]
struct Attributes {
    deny_unknown_fields: bool,
    transparent: bool,
    try_from: bool,
    rename: Option<String>,
    rename_all: Option<String>,
    /// The function for the value of a field that may be missing.
    default: Option<Expr>,
}

impl Attributes {
    fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        let ours = attributes
            .iter()
            .filter(|attribute| attribute.path().is_ident("serde"));
        for attribute in ours {
            attribute.parse_nested_meta(|meta| {
                let text = || meta.value()?.parse::<LitStr>();
                let is = |name: &str| meta.path.is_ident(name);
                if is("deny_unknown_fields") {
                    found.deny_unknown_fields = true;
                } else if is("transparent") {
                    found.transparent = true;
                } else if is("try_from") {
                    found.try_from = text()?.value() == "String";
                } else if is("rename") {
                    found.rename = Some(text()?.value());
                } else if is("rename_all") {
                    found.rename_all = Some(text()?.value());
                } else if is("default") {
                    found.default = Some(if meta.input.peek(syn::Token![=]) {
                        text()?.parse()?
                    } else {
                        parse_quote!(Default::default)
                    });
                } else if is("into") || is("skip_serializing_if") || is("serialize_with") {
                    text()?;
                } else {
                    return Err(meta.error("`Read` does not know this"));
                }
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// The name of a variant.
    fn renamed(&self, name: &str) -> String {
        match self.rename_all.as_deref() {
            Some("lowercase") => name.to_lowercase(),
            Some("snake_case") => {
                let mut snake = String::new();
                for letter in name.chars() {
                    if letter.is_uppercase() && !snake.is_empty() {
                        snake.push('_');
                    }
                    snake.extend(letter.to_lowercase());
                }
                snake
            }
            _ => name.to_owned(),
        }
    }
}
