//! The bit reader of a scan, and its Huffman tables (ITU-T T.81, annexes C and F).

use super::Flaw;

/// The bit reader of a scan, which ends at the next marker.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
    held: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    /// The bits from a byte on.
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            held: 0,
            count: 0,
        }
    }

    /// The offset behind the bytes that were read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Reads whole bytes up to the next marker. A data byte `FF` is followed by a stuffed 0.
    fn fill(&mut self) {
        while self.count <= 48 {
            match self.bytes.get(self.at..) {
                Some([0xff, 0, ..]) => self.take_in(0xff, 2),
                Some([0xff, ..] | []) | None => return,
                Some([byte, ..]) => self.take_in(*byte, 1),
            }
        }
    }

    fn take_in(&mut self, byte: u8, long: usize) {
        self.held = self.held << 8 | u64::from(byte);
        self.count += 8;
        self.at += long;
    }

    /// The next bits, 16 at most.
    pub(super) fn take(&mut self, count: u32) -> Result<u32, Flaw> {
        if self.count < count {
            self.fill();
        }
        self.count = self.count.checked_sub(count).ok_or(Flaw::CutOff)?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "no more than 16 bits are kept"
        )]
        Ok((self.held >> self.count) as u32 & ((1 << count) - 1))
    }

    /// Decodes the next value of a Huffman table.
    pub(super) fn value(&mut self, table: &HuffmanTable) -> Result<u8, Flaw> {
        if self.count < 16 {
            self.fill();
        }
        let mut code = 0;
        for long in 0..16 {
            if self.count == 0 {
                return Err(Flaw::CutOff);
            }
            self.count -= 1;
            #[expect(clippy::cast_possible_truncation, reason = "one bit is kept")]
            let bit = (self.held >> self.count) as u32 & 1;
            code = code << 1 | bit;
            if code < table.after[long] {
                let first = table.after[long] - u32::from(table.counts[long]);
                let at = usize::from(table.starts[long]) + (code - first) as usize;
                return table.values.get(at).copied().ok_or(Flaw::Damaged);
            }
        }
        Err(Flaw::Damaged)
    }

    /// Skips the next restart marker.
    pub(super) fn restart(&mut self) -> Result<(), Flaw> {
        (self.held, self.count) = (0, 0);
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let mark = rest
            .windows(2)
            .position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xff))
            .ok_or(Flaw::CutOff)?;
        if !matches!(rest[mark + 1], 0xd0..=0xd7) {
            return Err(Flaw::CutOff);
        }
        self.at += mark + 2;
        Ok(())
    }
}

/// A Huffman table.
#[derive(Clone, Debug)]
pub(super) struct HuffmanTable {
    /// How many codes have each length.
    counts: [u8; 16],
    /// The first unused code of each length.
    after: [u32; 16],
    /// Where the values of each length begin.
    starts: [u16; 16],
    values: Vec<u8>,
}

impl HuffmanTable {
    /// Reads a table, and returns it with the rest of the bytes; `None` where the table is invalid.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (counts, rest) = bytes.split_first_chunk::<16>()?;
        let total: usize = counts.iter().map(|&count| usize::from(count)).sum();
        let (values, rest) = rest.split_at_checked(total)?;
        let (mut after, mut starts) = ([0; 16], [0; 16]);
        let (mut code, mut start) = (0_u32, 0_u16);
        for (long, &count) in counts.iter().enumerate() {
            starts[long] = start;
            start += u16::from(count);
            code += u32::from(count);
            // There are no more codes of this length.
            if code > 1 << (long + 1) {
                return None;
            }
            after[long] = code;
            code <<= 1;
        }
        Some((
            Self {
                counts: *counts,
                after,
                starts,
                values: values.to_vec(),
            },
            rest,
        ))
    }
}
