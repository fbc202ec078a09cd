//! One scan of a JPEG file: the blocks of some components, whole or one pass over them (ITU-T T.81,
//! annexes F and G).

use super::bit_reader::{BitReader, HuffmanTable};
use super::{Component, Flaw, Frame};

/// The header of a scan.
pub(super) struct Scan {
    /// The components in it, with their Huffman tables.
    parts: Vec<ScanComponent>,
    /// The first and the last coefficient in it (spectral selection).
    first: usize,
    last: usize,
    /// The successive approximation, high (`Ah`): 0 in a first pass.
    approx_high: u8,
    /// The successive approximation, low (`Al`): the number of bits that come in later passes.
    approx_low: u8,
}

struct ScanComponent {
    component: usize,
    tables: [usize; 2],
}

impl Scan {
    /// Reads a scan's header.
    pub(super) fn new(segment: &[u8], components: &[Component]) -> Result<Self, Flaw> {
        let (count, rest) = segment.split_first().ok_or(Flaw::Damaged)?;
        let (heads, tail) = rest
            .split_at_checked(2 * usize::from(*count))
            .ok_or(Flaw::Damaged)?;
        let part = |head: &[u8]| {
            let component = components
                .iter()
                .position(|component| component.id == head[0])?;
            let tables = [usize::from(head[1] >> 4), usize::from(head[1] & 15)];
            tables
                .iter()
                .all(|&table| table < 4)
                .then_some(ScanComponent { component, tables })
        };
        let parts = heads
            .chunks_exact(2)
            .map(part)
            .collect::<Option<Vec<_>>>()
            .ok_or(Flaw::Damaged)?;
        let [first, last, bits, ..] = *tail else {
            return Err(Flaw::Damaged);
        };
        let (first, last) = (usize::from(first), usize::from(last));
        let blocks: usize = parts
            .iter()
            .map(|part| {
                components[part.component].h_sampling * components[part.component].v_sampling
            })
            .sum();
        if parts.is_empty()
            || parts.len() > 4
            || first > last
            || last > 63
            || (parts.len() > 1 && blocks > 16)
        {
            return Err(Flaw::Damaged);
        }
        Ok(Self {
            parts,
            first,
            last,
            approx_high: bits >> 4,
            approx_low: bits & 15,
        })
    }
}

/// Reads a scan up to its end.
pub(super) fn read_scan(
    bits: &mut BitReader<'_>,
    scan: &Scan,
    frame: &mut Frame,
    tables: &[[Option<HuffmanTable>; 4]; 2],
    restart_interval: usize,
) -> Result<(), Flaw> {
    let progressive = frame.progressive;
    let (first, last) = if progressive {
        (scan.first, scan.last)
    } else {
        (0, 63)
    };
    let interleaved = scan.parts.len() > 1;
    if progressive && (if first == 0 { last != 0 } else { interleaved }) {
        return Err(Flaw::Damaged);
    }
    for part in &scan.parts {
        let (columns, rows) = frame.blocks(part.component, true);
        let component = &mut frame.components[part.component];
        if progressive && component.nonzero.is_empty() {
            component.nonzero = vec![0; columns * rows];
        }
        component.missing_bits[first..=last].fill(Some(if progressive {
            scan.approx_low
        } else {
            0
        }));
    }
    let widths: Vec<usize> = scan
        .parts
        .iter()
        .map(|part| frame.blocks(part.component, true).0)
        .collect();
    let (columns, rows) = if interleaved {
        frame.mcus()
    } else {
        frame.blocks(scan.parts[0].component, false)
    };
    let mut run = 0;
    for mcu in 0..columns * rows {
        if restart_interval > 0 && mcu > 0 && mcu % restart_interval == 0 {
            bits.restart()?;
            run = 0;
        }
        for (part, width) in scan.parts.iter().zip(&widths) {
            let component = &mut frame.components[part.component];
            let (wide, high) = if interleaved {
                (component.h_sampling, component.v_sampling)
            } else {
                (1, 1)
            };
            let table = |kind: usize| {
                tables[kind][part.tables[kind]]
                    .as_ref()
                    .ok_or(Flaw::Damaged)
            };
            for block in 0..wide * high {
                if !progressive {
                    sequential_block(bits, table(0)?, table(1)?)?;
                    continue;
                }
                let (x, y) = (
                    mcu % columns * wide + block % wide,
                    mcu / columns * high + block / wide,
                );
                let nonzero = component
                    .nonzero
                    .get_mut(y * width + x)
                    .ok_or(Flaw::Damaged)?;
                match (first, scan.approx_high) {
                    (0, 0) => dc_first(bits, table(0)?)?,
                    (0, _) => drop(bits.take(1)?),
                    (_, 0) => ac_first(bits, table(1)?, scan, nonzero, &mut run)?,
                    _ => ac_refine(bits, table(1)?, scan, nonzero, &mut run)?,
                }
            }
        }
    }
    Ok(())
}

/// Reads the first (DC) coefficient of a block.
fn dc_first(bits: &mut BitReader<'_>, table: &HuffmanTable) -> Result<(), Flaw> {
    let size = bits.value(table)?;
    if size > 15 {
        return Err(Flaw::Damaged);
    }
    bits.take(u32::from(size)).map(drop)
}

/// Reads a block of a sequential picture, which has all its coefficients in one scan.
fn sequential_block(
    bits: &mut BitReader<'_>,
    dc: &HuffmanTable,
    ac: &HuffmanTable,
) -> Result<(), Flaw> {
    dc_first(bits, dc)?;
    let mut at = 1;
    while at < 64 {
        let value = bits.value(ac)?;
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
fn ac_first(
    bits: &mut BitReader<'_>,
    table: &HuffmanTable,
    scan: &Scan,
    nonzero: &mut u64,
    run: &mut u32,
) -> Result<(), Flaw> {
    if *run > 0 {
        *run -= 1;
        return Ok(());
    }
    let mut at = scan.first;
    while at <= scan.last {
        let value = bits.value(table)?;
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
            *nonzero |= 1 << at;
            bits.take(size)?;
        }
        at += 1;
    }
    Ok(())
}

/// Reads a refining pass over some AC coefficients of a block: a bit for each that was non-zero,
/// and those that become so.
fn ac_refine(
    bits: &mut BitReader<'_>,
    table: &HuffmanTable,
    scan: &Scan,
    nonzero: &mut u64,
    run: &mut u32,
) -> Result<(), Flaw> {
    let mut at = scan.first;
    while *run == 0 && at <= scan.last {
        let value = bits.value(table)?;
        let (mut skip, size) = (value >> 4, value & 15);
        if size == 0 && skip < 15 {
            *run = (1 << skip) + bits.take(u32::from(skip))?;
            break;
        }
        bits.take(u32::from(size.min(1)))?;
        while at <= scan.last {
            if *nonzero >> at & 1 == 1 {
                bits.take(1)?;
            } else if skip == 0 {
                break;
            } else {
                skip -= 1;
            }
            at += 1;
        }
        if size > 0 && at <= scan.last {
            *nonzero |= 1 << at;
        }
        at += 1;
    }
    if *run > 0 {
        let left = (at..=scan.last)
            .filter(|at| *nonzero >> at & 1 == 1)
            .count();
        for _ in 0..left {
            bits.take(1)?;
        }
        *run -= 1;
    }
    Ok(())
}
