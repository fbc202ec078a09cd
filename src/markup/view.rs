//! Markup as a view of Leptos.

use super::Markup;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState, Render, RenderHtml};

#[cfg(target_arch = "wasm32")]
use super::live::Mounted;

/// Natively nothing is mounted.
#[cfg(not(target_arch = "wasm32"))]
type Mounted = ();

impl Render for Markup {
    type State = Mounted;

    fn build(self) -> Mounted {
        #[cfg(target_arch = "wasm32")]
        return Mounted::build(self);
    }

    fn rebuild(self, state: &mut Mounted) {
        #[cfg(target_arch = "wasm32")]
        state.replace(self);
        #[cfg(not(target_arch = "wasm32"))]
        let () = *state;
    }
}

impl AddAnyAttr for Markup {
    type Output<A: Attribute> = Self;

    fn add_any_attr<A: Attribute>(self, _: A) -> Self {
        self
    }
}

#[cfg_attr(target_arch = "wasm32", allow(unused_variables))]
#[cfg_attr(not(target_arch = "wasm32"), allow(unused_variables))]
impl RenderHtml for Markup {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        #[cfg(not(target_arch = "wasm32"))]
        {
            super::file::write(self, buf);
            *position = Position::NextChild;
        }
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Mounted {
        #[cfg(target_arch = "wasm32")]
        return Mounted::take_over(self, cursor, position);
    }

    fn into_owned(self) -> Self {
        self
    }
}
