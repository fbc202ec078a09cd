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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_picture_stays_plain_and_what_is_no_picture_is_refused() {
        let plain = resized(vec![7; 4 * 4 * 3], 3, ((4, 4), (2, 2)), false);
        assert_eq!(plain, Ok(vec![7; 2 * 2 * 3]));
        assert!(resized(vec![7; 3], 3, ((4, 4), (2, 2)), false).is_err());
        assert!(resized(vec![7; 5], 5, ((1, 1), (2, 2)), false).is_err());
    }

    #[test]
    fn what_cannot_be_seen_gives_its_colour_to_nothing() {
        let half_seen = vec![200, 0, 0, 255, 0, 200, 0, 0];
        let one = resized(half_seen, 4, ((2, 1), (1, 1)), true).unwrap();
        // Weighted by alpha and divided again in whole numbers: within a step of what it was.
        assert!(one[0].abs_diff(200) <= 1, "{one:?}");
        assert_eq!(one[1..3], [0, 0]);
    }
}
