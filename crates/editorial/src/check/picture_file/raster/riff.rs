//! The container of a WebP file (RFC 9649, section 2): a sequence of chunks, each with its length.

/// The state of the chunks of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Chunks {
    /// All are complete.
    Complete,
    /// The last one is missing or truncated.
    CutOff,
    /// The picture in them has another size than the file says, so that no decoder can trust it.
    Wrong,
}

/// Checks the chunks of a file of this width and height.
pub(super) fn chunks(bytes: &[u8], size: (u32, u32)) -> Chunks {
    let length = |at: usize| {
        bytes
            .get(at..at + 4)?
            .try_into()
            .ok()
            .map(|four| u32::from_le_bytes(four) as usize)
    };
    let Some(end) = length(4)
        .map(|length| length.saturating_add(8))
        .filter(|&end| end <= bytes.len())
    else {
        return Chunks::CutOff;
    };
    let mut at = 12;
    let mut picture = false;
    while at + 8 <= end {
        let (Some(kind), Some(long)) = (bytes.get(at..at + 4), length(at + 4)) else {
            return Chunks::CutOff;
        };
        let (start, stop) = (at + 8, (at + 8).saturating_add(long));
        let Some(chunk) = bytes.get(start..stop).filter(|_| stop <= end) else {
            return Chunks::CutOff;
        };
        if kind == b"VP8 " {
            picture = true;
            if lossy_size(chunk) != Some(size) {
                return Chunks::Wrong;
            }
        }
        picture |= kind == b"VP8L" || kind == b"ANMF";
        // Chunks are padded to an even length.
        at = stop + long % 2;
    }
    if picture {
        Chunks::Complete
    } else {
        Chunks::CutOff
    }
}

/// The width and height of a lossy picture (RFC 6386, section 9.1).
fn lossy_size(chunk: &[u8]) -> Option<(u32, u32)> {
    if chunk.get(3..6)? != [0x9d, 0x01, 0x2a] {
        return None;
    }
    let side = |at: usize| {
        Some(u32::from(
            u16::from_le_bytes(chunk.get(at..at + 2)?.try_into().ok()?) & 0x3fff,
        ))
    };
    side(6).zip(side(8))
}
