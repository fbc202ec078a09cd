//! How a WebP file is put together (RFC 9649, section 2): pieces in a row, each of which says how long it is.

/// What the pieces of a file say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Pieces {
    /// All are there.
    Complete,
    /// The last one is not, or not in full.
    CutOff,
    /// They are not what a decoder can trust: the picture inside is of another size than the file says.
    Wrong,
}

/// Looks at the pieces of a file of this width and height.
pub(super) fn pieces(bytes: &[u8], size: (u32, u32)) -> Pieces {
    let length = |at: usize| bytes.get(at..at + 4)?.try_into().ok().map(|four| u32::from_le_bytes(four) as usize);
    let Some(end) = length(4).map(|length| length.saturating_add(8)).filter(|&end| end <= bytes.len()) else {
        return Pieces::CutOff;
    };
    let mut at = 12;
    let mut picture = false;
    while at + 8 <= end {
        let (Some(kind), Some(long)) = (bytes.get(at..at + 4), length(at + 4)) else { return Pieces::CutOff };
        let (start, stop) = (at + 8, (at + 8).saturating_add(long));
        let Some(piece) = bytes.get(start..stop).filter(|_| stop <= end) else { return Pieces::CutOff };
        if kind == b"VP8 " {
            picture = true;
            if lossy_size(piece) != Some(size) {
                return Pieces::Wrong;
            }
        }
        picture |= kind == b"VP8L" || kind == b"ANMF";
        // An odd one is filled up.
        at = stop + long % 2;
    }
    if picture { Pieces::Complete } else { Pieces::CutOff }
}

/// The width and height of a lossy picture (RFC 6386, section 9.1).
fn lossy_size(piece: &[u8]) -> Option<(u32, u32)> {
    if piece.get(3..6)? != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let side = |at: usize| Some(u32::from(u16::from_le_bytes(piece.get(at..at + 2)?.try_into().ok()?) & 0x3fff));
    side(6).zip(side(8))
}
