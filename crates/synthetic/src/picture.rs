//! Raster pictures, each with its own bytes: sea, sky and cranes of an invented harbour.

use super::random::Random;

/// A PNG with 16 colours, `width` by `height` pixels, of which `width` is even. Its data is not
/// compressed: its size does not matter here, and a compressor would be more code than everything
/// else.
pub(super) fn png(random: &mut Random, (width, height): (usize, usize)) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes();
    // Bit depth 4, a palette, no interlacing.
    chunk(
        &mut file,
        *b"IHDR",
        &[&side(width)[..], &side(height), &[4, 3, 0, 0, 0]].concat(),
    );
    chunk(&mut file, *b"PLTE", &palette(random));
    chunk(
        &mut file,
        *b"IDAT",
        &stored(&pixels(random, (width, height))),
    );
    chunk(&mut file, *b"IEND", &[]);
    file
}

/// 16 colours for sky, sea and cranes.
fn palette(random: &mut Random) -> Vec<u8> {
    let mut colours = Vec::with_capacity(48);
    for step in 0..16_u8 {
        let shade = step * 9;
        let tint = u8::try_from(random.below(60)).unwrap_or(0);
        colours.extend([
            60 + tint + shade / 2,
            100 + shade,
            150 + tint / 2 + shade / 2,
        ]);
    }
    colours
}

/// Rows of pixels, two in each byte, each row with a leading 0: no filter.
fn pixels(random: &mut Random, (width, height): (usize, usize)) -> Vec<u8> {
    let (horizon, wave) = (
        random.between(height / 3, height * 2 / 3),
        random.between(20, 90),
    );
    let cranes: Vec<(usize, usize, usize)> = (0..random.between(2, 7))
        .map(|_| {
            (
                random.below(width),
                random.between(height / 9, height / 3),
                random.between(8, 30),
            )
        })
        .collect();
    let colour = |x: usize, y: usize| {
        let crane = cranes.iter().any(|&(left, top, thick)| {
            let mast = (left..left + thick).contains(&x) && (top..horizon + 20).contains(&y);
            let arm = (left..left + 120).contains(&x) && (top..top + thick / 2 + 4).contains(&y);
            mast || arm
        });
        match () {
            () if crane => 0,
            () if y < horizon => 8 + y * 8 / horizon.max(1),
            () => 1 + (y - horizon + (x / wave % 3) * 11) * 6 / (height - horizon + 22),
        }
    };
    let mut rows = Vec::with_capacity((width / 2 + 1) * height);
    for y in 0..height {
        rows.push(0);
        rows.extend(
            (0..width)
                .step_by(2)
                .map(|x| u8::try_from(colour(x, y) << 4 | colour(x + 1, y)).unwrap_or(0)),
        );
    }
    rows
}

/// A zlib stream of blocks that are stored as they are.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend(length.to_le_bytes());
        stream.extend((!length).to_le_bytes());
        stream.extend(block);
    }
    stream.extend(adler(bytes).to_be_bytes());
    stream
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend(data);
    let sum = crc(&file[start..]);
    file.extend(sum.to_be_bytes());
}

/// Adler-32, the checksum of zlib (RFC 1950).
fn adler(bytes: &[u8]) -> u32 {
    let (mut one, mut two) = (1_u32, 0_u32);
    for &byte in bytes {
        one = (one + u32::from(byte)) % 65_521;
        two = (two + one) % 65_521;
    }
    two << 16 | one
}

/// CRC-32, the checksum of PNG (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|number| {
        let step = |sum: u32, _| {
            if sum & 1 == 1 {
                0xEDB8_8320 ^ (sum >> 1)
            } else {
                sum >> 1
            }
        };
        (0..8).fold(u32::try_from(number).unwrap_or(0), step)
    });
    let step = |sum: u32, &byte: &u8| table[((sum ^ u32::from(byte)) & 0xFF) as usize] ^ (sum >> 8);
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksums_are_those_of_their_standards() {
        assert_eq!(crc(b"123456789"), 0xCBF4_3926);
        assert_eq!(adler(b"Wikipedia"), 0x11E6_0398);
    }

    #[test]
    fn each_picture_has_its_own_bytes() {
        assert_ne!(
            png(&mut Random::new(1), (60, 40)),
            png(&mut Random::new(2), (60, 40))
        );
        assert_eq!(
            png(&mut Random::new(1), (60, 40)),
            png(&mut Random::new(1), (60, 40))
        );
    }
}
