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
#[cfg(not(target_arch = "wasm32"))]
mod view;

use leptos::ev::Event;
use send_wrapper::SendWrapper;
use std::borrow::Cow;

#[cfg(target_arch = "wasm32")]
pub use live::mount;
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
        self.write(&mut html);
        html
    }

    /// Adds the view as HTML to a text.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn write(self, html: &mut String) {
        file::write(self, html);
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

#[cfg(test)]
mod tests {
    use super::{IntoMarkup, Markup, html};
    use leptos::prelude::*;

    #[test]
    fn a_template_is_written_with_its_values_and_what_means_something_in_html_as_references() {
        let (name, count) = ("\"a\" & <b>".to_owned(), 3_u32);
        let markup = html! {
            <p class="x" title=name.clone() data-n=count>{name} " and " <b>"<i>"</b></p>
        };
        assert_eq!(
            markup.to_html(),
            "<p class=\"x\" title=\"&quot;a&quot; &amp; &lt;b&gt;\" data-n=\"3\">\"a\" &amp; &lt;b&gt; and <b>&lt;i&gt;</b></p>"
        );
    }

    #[test]
    fn what_is_not_there_leaves_nothing_and_what_is_only_there_has_no_value() {
        let nothing = None::<String>;
        let markup = html! {
            <input class=nothing.clone() readonly disabled=false required=true value="" />
            {nothing} {Vec::new()} <img src="a" alt=String::new() />
        };
        assert_eq!(
            markup.to_html(),
            "<input readonly required value><img src=\"a\" alt=\"\">"
        );
    }

    #[test]
    fn lists_and_views_in_views_are_written_in_their_order() {
        let items = ["a", "b"].map(|text| html! { <li>{text}</li> });
        let one = html! { <ul>{items}</ul> <p>"c"</p> };
        assert_eq!(
            html! { <div>{one} "d"</div> }.to_html(),
            "<div><ul><li>a</li><li>b</li></ul><p>c</p>d</div>"
        );
    }

    #[test]
    fn a_region_ends_with_a_mark_and_has_one_before_it_where_a_text_would_run_into_it() {
        Owner::new().with(|| {
            let signal = RwSignal::new("now");
            let text = move || signal.get();
            assert_eq!(
                html! { <p title=text>{text}</p> }.to_html(),
                "<p title=\"now\">now<!----></p>"
            );
            assert_eq!(
                html! { <p>"it is " {text} "!"</p> }.to_html(),
                "<p>it is <!---->now<!---->!</p>"
            );
            let nothing = move || signal.get().is_empty().then_some("x");
            assert_eq!(html! { <p>{nothing}</p> }.to_html(), "<p><!----></p>");
        });
    }

    #[test]
    fn a_script_is_written_as_it_stands_and_no_text_ends_it() {
        let text = "if (a < b && c) { d(\"</script>\"); }";
        assert_eq!(
            html! { <script>{text}</script> <p>{"a < b"}</p> }.to_html(),
            "<script>if (a < b && c) { d(\"<\\/script>\"); }</script><p>a &lt; b</p>"
        );
    }

    #[test]
    fn a_listener_and_a_property_leave_no_trace_in_a_file() {
        let markup = html! { <button on:click=|_| () prop:checked=|| true>"x"</button> };
        assert_eq!(markup.to_html(), "<button>x</button>");
        assert!(Markup::Nothing.is_nothing() && !"".into_markup().is_nothing());
    }
}
