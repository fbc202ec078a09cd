//! Whether all of a JPEG file is there (ITU-T T.81). Decoders show what they have of a file that is cut off, and grey for the
//! rest, as browsers do. So this goes through the file as a decoder does, but keeps no picture: it counts whether each scan
//! has as many blocks as the picture, before the next mark comes.

mod bits;
mod scan;

use bits::{Bits, Codes};
use scan::{Scan, walk};

/// How many scans a file may have. Cameras and programs write one, or about ten.
const MOST_SCANS: usize = 100;

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Something of it is missing.
    CutOff,
    /// Something in it cannot be.
    Damaged,
}

/// What the file says of its picture before the first scan.
#[derive(Clone, Debug, Default)]
pub(super) struct Frame {
    /// Whether the picture comes in several passes, each finer than the last.
    pub(super) progressive: bool,
    /// Its colours.
    pub(super) colours: Vec<Colour>,
    width: usize,
    height: usize,
}

/// One of the colours that a picture is made of.
#[derive(Clone, Debug)]
pub(super) struct Colour {
    id: u8,
    /// How many blocks of it stand beside and above each other where the coarsest colour has one.
    across: usize,
    down: usize,
    /// For each of the 64 frequencies, how many bits are still to come; `None` where nothing has come.
    missing: [Option<u8>; 64],
    /// For each block, which of its frequencies are more than nothing. Only passes need it.
    seen: Vec<u64>,
}

/// What stands before the first scan.
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

/// How many colours the file says that it has, whether or not the rest of it can be read; 0 where it does not say.
pub(super) fn colours(bytes: &[u8]) -> u8 {
    let mut reader = Reader::new(bytes);
    let _ = reader.next();
    reader.count
}

/// Goes through the whole file.
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

/// Where the reader has come to.
enum Mark {
    Scan(Scan),
    End,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    frame: Frame,
    /// The codes of the first frequency, and of all others.
    codes: [[Option<Codes>; 4]; 2],
    /// After how many units the codes begin anew; 0 for never.
    restart: usize,
    /// How many colours the file says that it has.
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
                // Arithmetic codes, and what nobody writes.
                0xc3 | 0xc5..=0xcb | 0xcd..=0xcf => return Err(Flaw::Damaged),
                0xdd => self.restart = usize::from(u16::from_be_bytes(two(segment, 0)?)),
                0xda => return Ok(Mark::Scan(Scan::new(segment, &self.frame.colours)?)),
                _ => {}
            }
        }
    }

    /// The next marker. What stands before it belongs to nothing, and readers pass over it.
    fn marker(&mut self) -> Result<u8, Flaw> {
        loop {
            let rest = self.bytes.get(self.at..).ok_or(Flaw::CutOff)?;
            let start = rest.windows(2).position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xff | 0xd0..=0xd7));
            let start = start.ok_or(Flaw::CutOff)?;
            self.at += start + 2;
            let marker = rest[start + 1];
            // Two marks that stand alone.
            if marker != 0x01 && marker != 0xd8 {
                return Ok(marker);
            }
        }
    }

    /// Reads tables of codes.
    fn codes(&mut self, mut segment: &[u8]) -> Result<(), Flaw> {
        while let [kind, rest @ ..] = segment {
            let (codes, rest) = Codes::read(rest).ok_or(Flaw::Damaged)?;
            let table = self.codes.get_mut(usize::from(kind >> 4)).and_then(|of| of.get_mut(usize::from(kind & 15)));
            *table.ok_or(Flaw::Damaged)? = Some(codes);
            segment = rest;
        }
        Ok(())
    }

    /// Reads what the picture is like.
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
    /// Whether everything came.
    fn done(&self) -> Result<(), Flaw> {
        let done = |colour: &Colour| colour.missing.iter().all(|&bits| bits == Some(0));
        let all = !self.colours.is_empty() && self.colours.iter().all(done);
        if all { Ok(()) } else { Err(Flaw::CutOff) }
    }

    /// How many blocks of a colour stand beside and above each other: with those that only fill up the last units, or
    /// without them.
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

    /// How many units of all colours stand beside and above each other.
    fn units(&self) -> (usize, usize) {
        let most = |of: fn(&Colour) -> usize| self.colours.iter().map(of).max().unwrap_or(1);
        (self.width.div_ceil(8 * most(|colour| colour.across)), self.height.div_ceil(8 * most(|colour| colour.down)))
    }
}
