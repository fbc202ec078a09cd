//! Test pictures: small files of every format that can be published, and ways to damage them.
#![expect(
    clippy::missing_panics_doc,
    reason = "what encodes pictures that are made here never fails"
)]

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::ImageFormat;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use proptest::prelude::*;
use std::io::Write;
use std::sync::LazyLock;

/// A test picture.
#[derive(Clone, Debug)]
pub struct SamplePicture {
    /// Its file name.
    pub name: String,
    /// Its format.
    pub format: ImageFormat,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}

const WIDTH: u16 = 37;
const HEIGHT: u16 = 29;

/// A pseudo-random byte for a position, without a pattern that could be compressed.
fn noise(at: usize) -> u8 {
    let mixed = (at as u64)
        .wrapping_add(1)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 40).to_le_bytes()[0]
}

/// One picture of every kind.
pub fn samples() -> &'static [SamplePicture] {
    static SAMPLES: LazyLock<Vec<SamplePicture>> =
        LazyLock::new(|| [pngs(), jpegs(), webps()].concat());
    &SAMPLES
}

/// PNG files (ISO/IEC 15948): every bit depth and colour type, with and without interlacing.
pub fn pngs() -> Vec<SamplePicture> {
    let mut samples = Vec::new();
    for (colours, depths) in [
        (0, &[1, 2, 4, 8, 16][..]),
        (2, &[8, 16]),
        (3, &[1, 2, 4, 8]),
        (4, &[8, 16]),
        (6, &[8, 16]),
    ] {
        for &depth in depths {
            for interlaced in [0, 1] {
                let name = format!("colours-{colours}-depth-{depth}-interlaced-{interlaced}.png");
                let size = (u32::from(WIDTH), u32::from(HEIGHT));
                samples.push(SamplePicture {
                    name,
                    format: ImageFormat::Png,
                    bytes: png(size, colours, depth, interlaced),
                });
            }
        }
    }
    samples
}

/// A PNG file of noise.
pub fn png((width, height): (u32, u32), colours: u8, depth: u8, interlaced: u8) -> Vec<u8> {
    let samples: u32 = [1, 0, 3, 1, 2, 0, 4][usize::from(colours)];
    let passes: &[(u32, u32, u32, u32)] = match interlaced {
        0 => &[(0, 0, 1, 1)],
        _ => &[
            (0, 0, 8, 8),
            (4, 0, 8, 8),
            (0, 4, 4, 8),
            (2, 0, 4, 4),
            (0, 2, 2, 4),
            (1, 0, 2, 2),
            (0, 1, 1, 2),
        ],
    };
    let mut rows = Vec::new();
    for &(x, y, across, down) in passes {
        let (wide, high) = (
            width.saturating_sub(x).div_ceil(across),
            height.saturating_sub(y).div_ceil(down),
        );
        for _ in 0..if wide == 0 { 0 } else { high } {
            let long = (wide * samples * u32::from(depth)).div_ceil(8) as usize;
            rows.push(0);
            let start = rows.len();
            rows.extend((start..start + long).map(noise));
        }
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&rows).unwrap();
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([depth, colours, 0, 0, interlaced]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &head));
    if colours == 3 {
        let palette: Vec<u8> = (0..3 << depth).map(noise).collect();
        bytes.extend(chunk(b"PLTE", &palette));
        bytes.extend(chunk(b"tRNS", &[0, 99]));
    }
    bytes.extend(chunk(b"IDAT", &packed.finish().unwrap()));
    bytes.extend(chunk(b"IEND", b""));
    bytes
}

/// A chunk of a PNG file.
pub fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
    let long = u32::try_from(data.len()).unwrap().to_be_bytes();
    let sum = crc(&[kind, data].concat()).to_be_bytes();
    [&long[..], kind, data, &sum].concat()
}

/// CRC-32, the checksum of PNG chunks (ISO 3309).
pub fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum: u32, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                sum >> 1 ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        })
    })
}

/// JPEG files: sequential and progressive, with different chroma subsampling, in grey too, with and
/// without restart markers.
pub fn jpegs() -> Vec<SamplePicture> {
    use SamplingFactor::{F_1_1, F_1_2, F_2_1, F_2_2, F_4_1};
    let data: Vec<u8> = (0..usize::from(WIDTH) * usize::from(HEIGHT) * 3)
        .map(noise)
        .collect();
    // The encoder used here sends the bits of each frequency in one pass. These files send them in
    // several.
    let finer = [
        (
            "finer.jpg",
            &include_bytes!("../../../tests/cases/pictures/passes-each-finer.jpg")[..],
        ),
        (
            "finer-restart.jpg",
            include_bytes!("../../../tests/cases/pictures/passes-each-finer-restart.jpg"),
        ),
    ];
    let finer = finer.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    let mut samples: Vec<SamplePicture> = finer
        .into_iter()
        .map(|(name, bytes)| SamplePicture {
            name,
            format: ImageFormat::Jpeg,
            bytes,
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 80);
    encoder
        .add_icc_profile(&moxcms::ColorProfile::new_display_p3().encode().unwrap())
        .unwrap();
    encoder
        .encode(&data, WIDTH, HEIGHT, ColorType::Rgb)
        .unwrap();
    samples.push(SamplePicture {
        name: "profile.jpg".to_owned(),
        format: ImageFormat::Jpeg,
        bytes,
    });
    for progressive in [false, true] {
        for (number, factor) in [F_1_1, F_2_1, F_1_2, F_2_2, F_4_1].into_iter().enumerate() {
            for (colour, depth) in [(ColorType::Rgb, 3), (ColorType::Luma, 1)] {
                for restart in [0, 3] {
                    let mut bytes = Vec::new();
                    let mut encoder = Encoder::new(&mut bytes, 80);
                    encoder.set_progressive(progressive);
                    encoder.set_sampling_factor(factor);
                    encoder.set_restart_interval(restart);
                    // The encoder cannot combine restart markers with optimised Huffman tables.
                    encoder.set_optimized_huffman_tables(number % 2 == 1 && restart == 0);
                    encoder
                        .encode(&data[..data.len() / 3 * depth], WIDTH, HEIGHT, colour)
                        .unwrap();
                    let name = format!(
                        "passes-{progressive}-sampling-{number}-colours-{depth}-restart-{restart}.jpg"
                    );
                    samples.push(SamplePicture {
                        name,
                        format: ImageFormat::Jpeg,
                        bytes,
                    });
                }
            }
        }
    }
    samples
}

/// WebP files: lossy and lossless, with and without transparency.
pub fn webps() -> Vec<SamplePicture> {
    let (width, height) = (u32::from(WIDTH), u32::from(HEIGHT));
    let mut samples = Vec::new();
    for depth in [3, 4] {
        let data: Vec<u8> = (0..width as usize * height as usize * depth)
            .map(noise)
            .collect();
        for lossless in [false, true] {
            let encoder = match depth {
                3 => webp::Encoder::from_rgb(&data, width, height),
                _ => webp::Encoder::from_rgba(&data, width, height),
            };
            let bytes = encoder.encode_simple(lossless, 80.0).unwrap().to_vec();
            samples.push(SamplePicture {
                name: format!("lossless-{lossless}-depth-{depth}.webp"),
                format: ImageFormat::WebP,
                bytes,
            });
        }
    }
    samples
}

/// Damage to a file. A `u16` is a position, in 65,536ths of the file's length.
#[derive(Clone, Debug)]
pub enum Damage {
    /// The end is missing from this position on.
    Cut(u16),
    /// The same, followed by the bytes that end a file of its format.
    CutAndEnded(u16),
    /// A byte is combined with this mask by XOR.
    Flip(u16, u8),
    /// So many bytes are zero.
    Zero(u16, u8),
    /// These bytes are inserted.
    Insert(u16, Vec<u8>),
    /// So many bytes are removed.
    Remove(u16, u8),
    /// So many bytes from the first position are repeated at the second.
    Duplicate(u16, u16, u8),
}

/// Any damage.
pub fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<u16>().prop_map(Damage::Cut),
        any::<u16>().prop_map(Damage::CutAndEnded),
        (any::<u16>(), 1_u8..).prop_map(|(at, by)| Damage::Flip(at, by)),
        (any::<u16>(), any::<u8>()).prop_map(|(at, long)| Damage::Zero(at, long)),
        (any::<u16>(), prop::collection::vec(any::<u8>(), 1..9))
            .prop_map(|(at, what)| Damage::Insert(at, what)),
        (any::<u16>(), 1_u8..).prop_map(|(at, long)| Damage::Remove(at, long)),
        (any::<u16>(), any::<u16>(), 1_u8..)
            .prop_map(|(from, to, long)| Damage::Duplicate(from, to, long)),
    ]
}

impl Damage {
    /// The file with this damage.
    pub fn apply(&self, format: ImageFormat, bytes: &[u8]) -> Vec<u8> {
        let place = |part: u16| usize::from(part) * bytes.len() / 65_536;
        let range = |at: u16, long: u8| place(at)..(place(at) + usize::from(long)).min(bytes.len());
        let mut damaged = bytes.to_vec();
        match self {
            Self::Cut(at) => damaged.truncate(place(*at)),
            Self::CutAndEnded(at) => {
                damaged.truncate(place(*at));
                damaged.extend_from_slice(match format {
                    ImageFormat::Png => b"\0\0\0\0IEND\xae\x42\x60\x82",
                    ImageFormat::Jpeg => b"\xff\xd9",
                    _ => b"",
                });
            }
            Self::Flip(at, by) => damaged[place(*at)] ^= by,
            Self::Zero(at, long) => damaged[range(*at, *long)].fill(0),
            Self::Insert(at, what) => {
                drop(damaged.splice(place(*at)..place(*at), what.iter().copied()));
            }
            Self::Remove(at, long) => drop(damaged.drain(range(*at, *long))),
            Self::Duplicate(from, to, long) => {
                let piece = bytes[range(*from, *long)].to_vec();
                drop(damaged.splice(place(*to)..place(*to), piece));
            }
        }
        damaged
    }
}

/// A file with corrected lengths and checksums, so that damage gets past their checks.
pub fn with_valid_checksums(format: ImageFormat, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    match format {
        ImageFormat::Png => {
            let mut at = 8;
            while let Some(long) = bytes.get(at..at + 4) {
                let long = u32::from_be_bytes(long.try_into().unwrap()) as usize;
                let Some(sum) = bytes.get(at + 4..(at + 8).saturating_add(long)).map(crc) else {
                    break;
                };
                let Some(place) = bytes.get_mut(at + 8 + long..at + 12 + long) else {
                    break;
                };
                place.copy_from_slice(&sum.to_be_bytes());
                at += 12 + long;
            }
        }
        ImageFormat::WebP if bytes.len() > 20 => {
            let long = u32::try_from(bytes.len() - 8).unwrap();
            bytes[4..8].copy_from_slice(&long.to_le_bytes());
            if matches!(&bytes[12..16], b"VP8 " | b"VP8L") {
                bytes[16..20].copy_from_slice(&(long - 12).to_le_bytes());
            }
        }
        _ => {}
    }
    bytes
}
