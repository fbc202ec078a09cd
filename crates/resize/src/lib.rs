//! Resizes pictures of 8 bits a channel.
//!
//! What resizes is generic, so that the crate that calls it compiles it, at the level of that crate.
//! This one holds that call and nothing else, and has optimisation in every profile.

use fast_image_resize::images::Image;
use fast_image_resize::{MulDiv, PixelType, ResizeOptions, Resizer};

/// A width and a height in pixels.
pub type Size = (u32, u32);

/// Gives the pixels of a picture another size. They have `channels` bytes each, from one to four.
/// With `weighted`, colours are weighted by their alpha, which is the last channel.
///
/// # Errors
/// Where there are other numbers of bytes or channels than that.
pub fn resized(
    pixels: Vec<u8>,
    channels: usize,
    (from, to): (Size, Size),
    weighted: bool,
) -> Result<Vec<u8>, String> {
    let kind = match channels {
        1 => PixelType::U8,
        2 => PixelType::U8x2,
        3 => PixelType::U8x3,
        4 => PixelType::U8x4,
        other => return Err(format!("{other} channels are none of a picture")),
    };
    let mut source =
        Image::from_vec_u8(from.0, from.1, pixels, kind).map_err(|error| error.to_string())?;
    let mut target = Image::new(to.0, to.1, kind);
    if weighted {
        MulDiv::new()
            .multiply_alpha_inplace(&mut source)
            .map_err(|error| error.to_string())?;
    }
    let options = ResizeOptions::new().use_alpha(false);
    Resizer::new()
        .resize(&source, &mut target, &options)
        .map_err(|error| error.to_string())?;
    if weighted {
        MulDiv::new()
            .divide_alpha_inplace(&mut target)
            .map_err(|error| error.to_string())?;
    }
    Ok(target.into_vec())
}
