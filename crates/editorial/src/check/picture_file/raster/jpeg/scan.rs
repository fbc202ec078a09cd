//! One scan of a JPEG file: the blocks of some components, whole or one pass over them (ITU-T T.81,
//! annexes F and G).

use super::bits::{Bits, Codes};
use super::{Colour, Flaw, Frame};

/// The header of a scan.
pub(super) struct Scan {
    /// The components in it, with their Huffman tables.
    parts: Vec<Part>,
    /// The first and the last coefficient in it (spectral selection).
    first: usize,
    last: usize,
    /// The successive approximation: `before` is 0 in a first pass, and `later` is the number of
    /// bits that come in later passes.
    before: u8,
    later: u8,
}

struct Part {
    colour: usize,
    tables: [usize; 2],
}

impl Scan {
    /// Reads a scan's header.
    pub(super) fn new(segment: &[u8], colours: &[Colour]) -> Result<Self, Flaw> {
        let (count, rest) = segment.split_first().ok_or(Flaw::Damaged)?;
        let (heads, tail) = rest.split_at_checked(2 * usize::from(*count)).ok_or(Flaw::Damaged)?;
        let part = |head: &[u8]| {
            let colour = colours.iter().position(|colour| colour.id == head[0])?;
            let tables = [usize::from(head[1] >> 4), usize::from(head[1] & 15)];
            tables.iter().all(|&table| table < 4).then_some(Part { colour, tables })
        };
        let parts = heads.chunks_exact(2).map(part).collect::<Option<Vec<_>>>().ok_or(Flaw::Damaged)?;
        let [first, last, bits, ..] = *tail else { return Err(Flaw::Damaged) };
        let (first, last) = (usize::from(first), usize::from(last));
        let units: usize = parts.iter().map(|part| colours[part.colour].across * colours[part.colour].down).sum();
        if parts.is_empty() || parts.len() > 4 || first > last || last > 63 || (parts.len() > 1 && units > 16) {
            return Err(Flaw::Damaged);
        }
        Ok(Self { parts, first, last, before: bits >> 4, later: bits & 15 })
    }
}

/// Reads a scan up to its end.
pub(super) fn walk(
    bits: &mut Bits<'_>,
    scan: &Scan,
    frame: &mut Frame,
    codes: &[[Option<Codes>; 4]; 2],
    restart: usize,
) -> Result<(), Flaw> {
    let progressive = frame.progressive;
    let (first, last) = if progressive { (scan.first, scan.last) } else { (0, 63) };
    let mixed = scan.parts.len() > 1;
    if progressive && (if first == 0 { last != 0 } else { mixed }) {
        return Err(Flaw::Damaged);
    }
    for part in &scan.parts {
        let (across, down) = frame.blocks(part.colour, true);
        let colour = &mut frame.colours[part.colour];
        if progressive && colour.seen.is_empty() {
            colour.seen = vec![0; across * down];
        }
        colour.missing[first..=last].fill(Some(if progressive { scan.later } else { 0 }));
    }
    let rows: Vec<usize> = scan.parts.iter().map(|part| frame.blocks(part.colour, true).0).collect();
    let (across, down) = if mixed { frame.units() } else { frame.blocks(scan.parts[0].colour, false) };
    let mut run = 0;
    for unit in 0..across * down {
        if restart > 0 && unit > 0 && unit % restart == 0 {
            bits.restart()?;
            run = 0;
        }
        for (part, row) in scan.parts.iter().zip(&rows) {
            let colour = &mut frame.colours[part.colour];
            let (wide, high) = if mixed { (colour.across, colour.down) } else { (1, 1) };
            let table = |kind: usize| codes[kind][part.tables[kind]].as_ref().ok_or(Flaw::Damaged);
            for block in 0..wide * high {
                if !progressive {
                    whole(bits, table(0)?, table(1)?)?;
                    continue;
                }
                let (x, y) = (unit % across * wide + block % wide, unit / across * high + block / wide);
                let seen = colour.seen.get_mut(y * row + x).ok_or(Flaw::Damaged)?;
                match (first, scan.before) {
                    (0, 0) => rough(bits, table(0)?)?,
                    (0, _) => drop(bits.take(1)?),
                    (_, 0) => finer(bits, table(1)?, scan, seen, &mut run)?,
                    _ => finest(bits, table(1)?, scan, seen, &mut run)?,
                }
            }
        }
    }
    Ok(())
}

/// Reads the first (DC) coefficient of a block.
fn rough(bits: &mut Bits<'_>, codes: &Codes) -> Result<(), Flaw> {
    let size = bits.value(codes)?;
    if size > 15 {
        return Err(Flaw::Damaged);
    }
    bits.take(u32::from(size)).map(drop)
}

/// Reads a whole block.
fn whole(bits: &mut Bits<'_>, first: &Codes, others: &Codes) -> Result<(), Flaw> {
    rough(bits, first)?;
    let mut at = 1;
    while at < 64 {
        let value = bits.value(others)?;
        let (skip, size) = (usize::from(value >> 4), u32::from(value & 15));
        if size == 0 {
            if skip < 15 {
                break;
            }
            at += 16;
            continue;
        }
        at += skip + 1;
        if at > 64 {
            return Err(Flaw::Damaged);
        }
        bits.take(size)?;
    }
    Ok(())
}

/// Reads the first pass over some AC coefficients of a block. `run` is the number of further blocks
/// that have none.
fn finer(bits: &mut Bits<'_>, codes: &Codes, scan: &Scan, seen: &mut u64, run: &mut u32) -> Result<(), Flaw> {
    if *run > 0 {
        *run -= 1;
        return Ok(());
    }
    let mut at = scan.first;
    while at <= scan.last {
        let value = bits.value(codes)?;
        let (skip, size) = (value >> 4, u32::from(value & 15));
        if size == 0 && skip < 15 {
            *run = (1 << skip) - 1 + bits.take(u32::from(skip))?;
            break;
        }
        at += usize::from(skip);
        if size > 0 {
            if at > scan.last {
                return Err(Flaw::Damaged);
            }
            *seen |= 1 << at;
            bits.take(size)?;
        }
        at += 1;
    }
    Ok(())
}

/// Reads a refining pass over some AC coefficients of a block: a bit for each that was non-zero,
/// and those that become so.
fn finest(bits: &mut Bits<'_>, codes: &Codes, scan: &Scan, seen: &mut u64, run: &mut u32) -> Result<(), Flaw> {
    let mut at = scan.first;
    while *run == 0 && at <= scan.last {
        let value = bits.value(codes)?;
        let (mut skip, size) = (value >> 4, value & 15);
        if size == 0 && skip < 15 {
            *run = (1 << skip) + bits.take(u32::from(skip))?;
            break;
        }
        bits.take(u32::from(size.min(1)))?;
        while at <= scan.last {
            if *seen >> at & 1 == 1 {
                bits.take(1)?;
            } else if skip == 0 {
                break;
            } else {
                skip -= 1;
            }
            at += 1;
        }
        if size > 0 && at <= scan.last {
            *seen |= 1 << at;
        }
        at += 1;
    }
    if *run > 0 {
        let left = (at..=scan.last).filter(|at| *seen >> at & 1 == 1).count();
        for _ in 0..left {
            bits.take(1)?;
        }
        *run -= 1;
    }
    Ok(())
}
