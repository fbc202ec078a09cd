//! Type-erased views.

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// A type-erased view, like Leptos's `AnyView`, with less code for each type. It takes no
/// attributes from outside, is never awaited, and is replaced instead of updated (decision 3).
pub struct Erased(Box<dyn ErasedOps>);

/// Erases the type of a view.
pub trait Erase {
    /// The same view without its type.
    fn erase(self) -> Erased;
}

impl<T: RenderHtml> Erase for T {
    fn erase(self) -> Erased {
        const {
            assert!(
                T::EXISTS,
                "what is not in the page cannot be replaced there"
            );
        };
        Erased(Box::new(self.into_owned()))
    }
}

/// The operations on a type-erased view.
trait ErasedOps: Send {
    fn build(self: Box<Self>) -> Mounted;

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Mounted;

    #[cfg(not(target_arch = "wasm32"))]
    fn html_len(&self) -> usize;

    #[cfg(not(target_arch = "wasm32"))]
    fn to_html(
        self: Box<Self>,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
    );
}

impl<T: RenderHtml + 'static> ErasedOps for T {
    fn build(self: Box<Self>) -> Mounted {
        Mounted(Box::new((*self).build()))
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Mounted {
        Mounted(Box::new((*self).hydrate::<true>(cursor, position)))
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn html_len(&self) -> usize {
        RenderHtml::html_len(self)
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn to_html(
        self: Box<Self>,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
    ) {
        (*self).to_html_with_buf(buf, position, escape, mark_branches, Vec::new());
    }
}

/// A type-erased view in the DOM.
pub struct Mounted(Box<dyn Mountable>);

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl Render for Erased {
    type State = Mounted;

    fn build(self) -> Mounted {
        self.0.build()
    }

    fn rebuild(self, state: &mut Mounted) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl AddAnyAttr for Erased {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

impl RenderHtml for Erased {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    #[cfg_attr(target_arch = "wasm32", allow(unused_variables))]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        _: Vec<AnyAttribute>,
    ) {
        #[cfg(not(target_arch = "wasm32"))]
        self.0.to_html(buf, position, escape, mark_branches);
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Mounted {
        self.0.hydrate(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}
