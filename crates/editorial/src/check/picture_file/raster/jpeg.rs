//! Checks that a JPEG file is complete (ITU-T T.81). Decoders accept a truncated file and show the
//! rest in grey, as browsers do. This module therefore decodes all entropy-coded data, but keeps no
//! picture. It checks that each scan has all blocks of the picture before the next marker.

mod bits;
mod scan;

use bits::{Bits, Codes};
use scan::{Scan, walk};

/// How many scans a file may have. Cameras and programs write one, or about ten.
const MOST_SCANS: usize = 100;

/// The flaws of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Something of it is missing.
    CutOff,
    /// Something in it is invalid.
    Damaged,
}

/// The frame header: the properties of the picture, before the first scan.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Whether the picture is progressive: coded in several passes.
    pub(super) progressive: bool,
    /// Its colour components.
    pub(super) colours: Vec<Colour>,
    width: usize,
    height: usize,
}

/// A colour component of a picture.
#[derive(Clone, Debug)]
pub(super) struct Colour {
    id: u8,
    /// The horizontal and vertical sampling factors: the blocks of this component in one unit.
    across: usize,
    down: usize,
    /// For each of the 64 coefficients, how many bits are still to come; `None` where no scan had
    /// any.
    missing: [Option<u8>; 64],
    /// For each block, a bit set of its non-zero coefficients. Only progressive pictures need it.
    seen: Vec<u64>,
}

/// Reads the frame header.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn frame(bytes: &[u8]) -> Result<Frame, Flaw> {
    let mut reader = Reader::new(bytes);
    loop {
        if let Mark::Scan(_) = reader.next()? {
            return Ok(reader.frame);
        }
    }
}

/// The number of components in the frame header, whether or not the rest can be read; 0 without
/// such a header.
pub(super) fn colours(bytes: &[u8]) -> u8 {
    let mut reader = Reader::new(bytes);
    let _ = reader.next();
    reader.count
}

/// Checks the whole file.
///
/// # Errors
/// Where something is missing or damaged.
pub(super) fn complete(bytes: &[u8]) -> Result<(), Flaw> {
    let mut reader = Reader::new(bytes);
    for _ in 0..=MOST_SCANS {
        match reader.next()? {
            Mark::Scan(scan) => reader.scan(&scan)?,
            Mark::End => return reader.frame.done(),
        }
    }
    Err(Flaw::Damaged)
}

/// The markers at which the reader stops.
enum Mark {
    Scan(Scan),
    End,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    frame: Frame,
    /// The Huffman tables of the first (DC) coefficient, and of all others (AC).
    codes: [[Option<Codes>; 4]; 2],
    /// The restart interval, in units; 0 for none.
    restart: usize,
    /// The number of components in the frame header.
    count: u8,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 2, frame: Frame::default(), codes: Default::default(), restart: 0, count: 0 }
    }

    /// Reads up to the next scan, or to the end.
    fn next(&mut self) -> Result<Mark, Flaw> {
        loop {
            let marker = self.marker()?;
            if marker == 0xd9 {
                return Ok(Mark::End);
            }
            let length = self.bytes.get(self.at..self.at + 2).ok_or(Flaw::CutOff)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            let segment = self.bytes.get(self.at + 2..self.at + length.max(2)).ok_or(Flaw::CutOff)?;
            self.at += length.max(2);
            match marker {
                0xc4 => self.codes(segment)?,
                0xc0..=0xc2 => self.begin(segment, marker == 0xc2)?,
                // Arithmetic coding, and kinds of frames that nobody writes.
                0xc3 | 0xc5..=0xcb | 0xcd..=0xcf => return Err(Flaw::Damaged),
                0xdd => self.restart = usize::from(u16::from_be_bytes(two(segment, 0)?)),
                0xda => return Ok(Mark::Scan(Scan::new(segment, &self.frame.colours)?)),
                _ => {}
            }
        }
    }

    /// The next marker. Bytes before it belong to no segment, and decoders skip them.
    fn marker(&mut self) -> Result<u8, Flaw> {
        loop {
            let rest = self.bytes.get(self.at..).ok_or(Flaw::CutOff)?;
            let start = rest.windows(2).position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xff | 0xd0..=0xd7));
            let start = start.ok_or(Flaw::CutOff)?;
            self.at += start + 2;
            let marker = rest[start + 1];
            // Two markers without a segment.
            if marker != 0x01 && marker != 0xd8 {
                return Ok(marker);
            }
        }
    }

    /// Reads Huffman tables.
    fn codes(&mut self, mut segment: &[u8]) -> Result<(), Flaw> {
        while let [kind, rest @ ..] = segment {
            let (codes, rest) = Codes::read(rest).ok_or(Flaw::Damaged)?;
            let table = self.codes.get_mut(usize::from(kind >> 4)).and_then(|of| of.get_mut(usize::from(kind & 15)));
            *table.ok_or(Flaw::Damaged)? = Some(codes);
            segment = rest;
        }
        Ok(())
    }

    /// Reads the frame header.
    fn begin(&mut self, segment: &[u8], progressive: bool) -> Result<(), Flaw> {
        if !self.frame.colours.is_empty() {
            return Err(Flaw::Damaged);
        }
        self.count = segment.get(5).copied().unwrap_or_default();
        let count = self.count;
        let (height, width) = (u16::from_be_bytes(two(segment, 1)?), u16::from_be_bytes(two(segment, 3)?));
        let colours = segment.get(6..).unwrap_or_default().chunks_exact(3).map(|colour| Colour {
            id: colour[0],
            across: usize::from(colour[1] >> 4),
            down: usize::from(colour[1] & 15),
            missing: [None; 64],
            seen: Vec::new(),
        });
        let colours: Vec<Colour> = colours.collect();
        let sound = |colour: &Colour| (1..=4).contains(&colour.across) && (1..=4).contains(&colour.down);
        if !(1..=4).contains(&count)
            || colours.len() != usize::from(count)
            || !colours.iter().all(sound)
            || width == 0
            || height == 0
        {
            return Err(Flaw::Damaged);
        }
        self.frame = Frame { progressive, colours, width: width.into(), height: height.into() };
        Ok(())
    }

    /// Goes through a scan.
    fn scan(&mut self, scan: &Scan) -> Result<(), Flaw> {
        let mut bits = Bits::new(self.bytes, self.at);
        walk(&mut bits, scan, &mut self.frame, &self.codes, self.restart)?;
        self.at = bits.at();
        Ok(())
    }
}

fn two(segment: &[u8], at: usize) -> Result<[u8; 2], Flaw> {
    segment.get(at..at + 2).and_then(|two| two.try_into().ok()).ok_or(Flaw::Damaged)
}

impl Frame {
    /// Whether all bits of all coefficients have come.
    fn done(&self) -> Result<(), Flaw> {
        let done = |colour: &Colour| colour.missing.iter().all(|&bits| bits == Some(0));
        let all = !self.colours.is_empty() && self.colours.iter().all(done);
        if all { Ok(()) } else { Err(Flaw::CutOff) }
    }

    /// The width and height of a component in blocks, with the padding of the last units or without
    /// it.
    fn blocks(&self, colour: usize, filled: bool) -> (usize, usize) {
        let most = |of: fn(&Colour) -> usize| self.colours.iter().map(of).max().unwrap_or(1);
        let (across, down) = (most(|colour| colour.across), most(|colour| colour.down));
        let colour = &self.colours[colour];
        if filled {
            let units = self.units();
            return (units.0 * colour.across, units.1 * colour.down);
        }
        let blocks = |size: usize, of: usize, most: usize| (size * of).div_ceil(most).div_ceil(8);
        (blocks(self.width, colour.across, across), blocks(self.height, colour.down, down))
    }

    /// The width and height of the picture in units of all components (MCUs).
    fn units(&self) -> (usize, usize) {
        let most = |of: fn(&Colour) -> usize| self.colours.iter().map(of).max().unwrap_or(1);
        (self.width.div_ceil(8 * most(|colour| colour.across)), self.height.div_ceil(8 * most(|colour| colour.down)))
    }
}
