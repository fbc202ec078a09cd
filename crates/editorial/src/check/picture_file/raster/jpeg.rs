//! Checks that a JPEG file is complete (ITU-T T.81). Decoders accept a truncated file and show the
//! rest in grey, as browsers do. This module therefore decodes all entropy-coded data, but keeps no
//! picture. It checks that each scan has all blocks of the picture before the next marker.

mod bit_reader;
mod scan;

use bit_reader::{BitReader, HuffmanTable};
use scan::{Scan, read_scan};

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
    pub(super) components: Vec<Component>,
    width: usize,
    height: usize,
}

/// A colour component of a picture.
#[derive(Clone, Debug)]
pub(super) struct Component {
    id: u8,
    /// The horizontal and vertical sampling factors: the blocks of this component in one MCU.
    h_sampling: usize,
    v_sampling: usize,
    /// For each of the 64 coefficients, how many bits are still to come; `None` where no scan had
    /// any.
    missing_bits: [Option<u8>; 64],
    /// For each block, a bit set of its non-zero coefficients. Only progressive pictures need it.
    nonzero: Vec<u64>,
}

/// Reads the frame header.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn frame(bytes: &[u8]) -> Result<Frame, Flaw> {
    let mut reader = Reader::new(bytes);
    loop {
        if let Stop::Scan(_) = reader.next()? {
            return Ok(reader.frame);
        }
    }
}

/// The number of components in the frame header, whether or not the rest can be read; 0 without
/// such a header.
pub(super) fn component_count(bytes: &[u8]) -> u8 {
    let mut reader = Reader::new(bytes);
    let _ = reader.next();
    reader.component_count
}

/// Checks the whole file.
///
/// # Errors
/// Where something is missing or damaged.
pub(super) fn complete(bytes: &[u8]) -> Result<(), Flaw> {
    let mut reader = Reader::new(bytes);
    for _ in 0..=MOST_SCANS {
        match reader.next()? {
            Stop::Scan(scan) => reader.scan(&scan)?,
            Stop::End => return reader.frame.check_complete(),
        }
    }
    Err(Flaw::Damaged)
}

/// The markers at which the reader stops.
enum Stop {
    Scan(Scan),
    End,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    frame: Frame,
    /// The Huffman tables of the first (DC) coefficient, and of all others (AC).
    tables: [[Option<HuffmanTable>; 4]; 2],
    /// The restart interval, in MCUs; 0 for none.
    restart_interval: usize,
    /// The number of components in the frame header.
    component_count: u8,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 2,
            frame: Frame::default(),
            tables: Default::default(),
            restart_interval: 0,
            component_count: 0,
        }
    }

    /// Reads up to the next scan, or to the end.
    fn next(&mut self) -> Result<Stop, Flaw> {
        loop {
            let marker = self.marker()?;
            if marker == 0xd9 {
                return Ok(Stop::End);
            }
            let length = self.bytes.get(self.at..self.at + 2).ok_or(Flaw::CutOff)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            let segment = self
                .bytes
                .get(self.at + 2..self.at + length.max(2))
                .ok_or(Flaw::CutOff)?;
            self.at += length.max(2);
            match marker {
                0xc4 => self.huffman_tables(segment)?,
                0xc0..=0xc2 => self.frame_header(segment, marker == 0xc2)?,
                // Arithmetic coding, and kinds of frames that nobody writes.
                0xc3 | 0xc5..=0xcb | 0xcd..=0xcf => return Err(Flaw::Damaged),
                0xdd => self.restart_interval = usize::from(u16::from_be_bytes(two(segment, 0)?)),
                0xda => return Ok(Stop::Scan(Scan::new(segment, &self.frame.components)?)),
                _ => {}
            }
        }
    }

    /// The next marker. Bytes before it belong to no segment, and decoders skip them.
    fn marker(&mut self) -> Result<u8, Flaw> {
        loop {
            let rest = self.bytes.get(self.at..).ok_or(Flaw::CutOff)?;
            let start = rest
                .windows(2)
                .position(|two| two[0] == 0xff && !matches!(two[1], 0 | 0xff | 0xd0..=0xd7));
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
    fn huffman_tables(&mut self, mut segment: &[u8]) -> Result<(), Flaw> {
        while let [kind, rest @ ..] = segment {
            let (table, rest) = HuffmanTable::read(rest).ok_or(Flaw::Damaged)?;
            let place = self
                .tables
                .get_mut(usize::from(kind >> 4))
                .and_then(|of| of.get_mut(usize::from(kind & 15)));
            *place.ok_or(Flaw::Damaged)? = Some(table);
            segment = rest;
        }
        Ok(())
    }

    /// Reads the frame header.
    fn frame_header(&mut self, segment: &[u8], progressive: bool) -> Result<(), Flaw> {
        if !self.frame.components.is_empty() {
            return Err(Flaw::Damaged);
        }
        self.component_count = segment.get(5).copied().unwrap_or_default();
        let count = self.component_count;
        let (height, width) = (
            u16::from_be_bytes(two(segment, 1)?),
            u16::from_be_bytes(two(segment, 3)?),
        );
        let components = segment
            .get(6..)
            .unwrap_or_default()
            .chunks_exact(3)
            .map(|component| Component {
                id: component[0],
                h_sampling: usize::from(component[1] >> 4),
                v_sampling: usize::from(component[1] & 15),
                missing_bits: [None; 64],
                nonzero: Vec::new(),
            });
        let components: Vec<Component> = components.collect();
        let sound = |component: &Component| {
            (1..=4).contains(&component.h_sampling) && (1..=4).contains(&component.v_sampling)
        };
        if !(1..=4).contains(&count)
            || components.len() != usize::from(count)
            || !components.iter().all(sound)
            || width == 0
            || height == 0
        {
            return Err(Flaw::Damaged);
        }
        self.frame = Frame {
            progressive,
            components,
            width: width.into(),
            height: height.into(),
        };
        Ok(())
    }

    /// Goes through a scan.
    fn scan(&mut self, scan: &Scan) -> Result<(), Flaw> {
        let mut bits = BitReader::new(self.bytes, self.at);
        read_scan(
            &mut bits,
            scan,
            &mut self.frame,
            &self.tables,
            self.restart_interval,
        )?;
        self.at = bits.at();
        Ok(())
    }
}

fn two(segment: &[u8], at: usize) -> Result<[u8; 2], Flaw> {
    segment
        .get(at..at + 2)
        .and_then(|two| two.try_into().ok())
        .ok_or(Flaw::Damaged)
}

impl Frame {
    /// Whether all bits of all coefficients have come.
    fn check_complete(&self) -> Result<(), Flaw> {
        let done =
            |component: &Component| component.missing_bits.iter().all(|&bits| bits == Some(0));
        let all = !self.components.is_empty() && self.components.iter().all(done);
        if all { Ok(()) } else { Err(Flaw::CutOff) }
    }

    /// The width and height of a component in blocks, with the padding of the last MCUs or without
    /// it.
    fn blocks(&self, component: usize, filled: bool) -> (usize, usize) {
        let most = |of: fn(&Component) -> usize| self.components.iter().map(of).max().unwrap_or(1);
        let (h_max, v_max) = (
            most(|component| component.h_sampling),
            most(|component| component.v_sampling),
        );
        let component = &self.components[component];
        if filled {
            let mcus = self.mcus();
            return (mcus.0 * component.h_sampling, mcus.1 * component.v_sampling);
        }
        let blocks = |size: usize, of: usize, most: usize| (size * of).div_ceil(most).div_ceil(8);
        (
            blocks(self.width, component.h_sampling, h_max),
            blocks(self.height, component.v_sampling, v_max),
        )
    }

    /// The width and height of the picture in MCUs: the units of blocks of all components.
    fn mcus(&self) -> (usize, usize) {
        let most = |of: fn(&Component) -> usize| self.components.iter().map(of).max().unwrap_or(1);
        (
            self.width
                .div_ceil(8 * most(|component| component.h_sampling)),
            self.height
                .div_ceil(8 * most(|component| component.v_sampling)),
        )
    }
}
