//! Views as data: what the macro [`html!`](html) makes, as HTML and in the DOM.
//!
//! Leptos gives every view a type, and the compiler writes code for each of them: to write it as
//! HTML, to build it, to take it over. A [`Markup`] is a template, which is a text, and the values
//! in it, so that each of these is written once (decision 29). Signals, effects and components are
//! Leptos' own, and [`Markup`] is a view like any other for Leptos.
//!
//! In the browser nothing is compared with what was there before: an expression that reads signals
//! is a *region*, `{move || …}`, and is made anew where they change. So is an attribute. All else
//! stays as it was first shown.

#[cfg(not(target_arch = "wasm32"))]
mod file;
#[cfg(target_arch = "wasm32")]
mod live;
mod template;
mod view;

use leptos::ev::Event;
use send_wrapper::SendWrapper;
use std::borrow::Cow;

pub use macros::html;

/// A view.
pub enum Markup {
    /// Nothing; as the value of an attribute, that there is none.
    Nothing,
    /// An attribute without a value.
    Present,
    /// A text, or the value of an attribute.
    Text(Cow<'static, str>),
    /// Elements and texts, with values in them.
    Template(&'static str, Vec<Markup>),
    /// One view after the other.
    List(Vec<Markup>),
    /// A view that is made anew when the signals change that it reads.
    Region(Box<dyn FnMut() -> Markup + Send>),
    /// What happens on an event.
    Listener(SendWrapper<Box<dyn FnMut(Event)>>),
}

impl Markup {
    /// Elements and texts, as [`html!`](html) writes them, and the values in them.
    #[doc(hidden)]
    pub fn template(template: &'static str, values: Vec<Self>) -> Self {
        Self::Template(template, values)
    }

    /// What happens on an event.
    #[doc(hidden)]
    pub fn listener(handler: impl FnMut(Event) + 'static) -> Self {
        Self::Listener(SendWrapper::new(Box::new(handler)))
    }

    /// The view as HTML.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn to_html(self) -> String {
        let mut html = String::new();
        file::write(self, &mut html);
        html
    }

    /// Whether there is nothing to see.
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }
}

/// What can stand in braces, or as the value of an attribute.
pub trait IntoMarkup {
    /// The same as a view.
    fn into_markup(self) -> Markup;
}

impl IntoMarkup for Markup {
    fn into_markup(self) -> Markup {
        self
    }
}

impl IntoMarkup for &'static str {
    fn into_markup(self) -> Markup {
        Markup::Text(Cow::Borrowed(self))
    }
}

impl IntoMarkup for String {
    fn into_markup(self) -> Markup {
        Markup::Text(Cow::Owned(self))
    }
}

impl IntoMarkup for u32 {
    fn into_markup(self) -> Markup {
        self.to_string().into_markup()
    }
}

/// Whether an attribute without a value, or a property, is set.
impl IntoMarkup for bool {
    fn into_markup(self) -> Markup {
        if self {
            Markup::Present
        } else {
            Markup::Nothing
        }
    }
}

impl<T: IntoMarkup> IntoMarkup for Option<T> {
    fn into_markup(self) -> Markup {
        self.map_or(Markup::Nothing, T::into_markup)
    }
}

impl IntoMarkup for Vec<Markup> {
    fn into_markup(self) -> Markup {
        Markup::List(self)
    }
}

impl<const N: usize> IntoMarkup for [Markup; N] {
    fn into_markup(self) -> Markup {
        Markup::List(self.into())
    }
}

impl<F, T> IntoMarkup for F
where
    F: FnMut() -> T + Send + 'static,
    T: IntoMarkup,
{
    fn into_markup(mut self) -> Markup {
        Markup::Region(Box::new(move || self().into_markup()))
    }
}
