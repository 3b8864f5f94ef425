//! What may be a logo: a PNG that decodes, small enough. It is written anew from its pixels, so that nothing else of the
//! file is served: no metadata, no second file hidden in it.

use std::io::Cursor;

use png::{Decoder, Encoder, Limits};
use regain_core::form::FieldProblem;
use sha2::{Digest as _, Sha256};

use crate::audit::export::hex;

/// Of the file.
pub(super) const MOST_BYTES: usize = 64 * 1024;
/// Of each side.
const MOST_PIXELS: u32 = 512;
/// What decoding may take: the largest picture with 16 bits for each of four channels, and something to work with.
const MOST_MEMORY: usize = 4 * 1024 * 1024;

/// A picture that may be shown.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) hash: String,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) png: Vec<u8>,
}

/// Judges a file.
pub(super) fn read(file: &[u8], field: &str) -> Result<Picture, FieldProblem> {
    if file.is_empty() {
        return Err(FieldProblem::new(field, "logo-empty"));
    }
    if file.len() > MOST_BYTES {
        return Err(too_large(field));
    }
    let not_png = || FieldProblem::new(field, "logo-not-png");
    // The size stands in the header: a picture of a million rows is never unpacked.
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: MOST_MEMORY });
    let (width, height) = decoder.read_header_info().map_err(|_| not_png())?.size();
    if width > MOST_PIXELS || height > MOST_PIXELS {
        return Err(FieldProblem::new(field, "logo-dimensions").with("max", &MOST_PIXELS));
    }
    let png = anew(decoder).ok_or_else(not_png)?;
    let hash = hex(&Sha256::digest(&png)[..16]);
    Ok(Picture { hash, width, height, png })
}

pub(super) fn too_large(field: &str) -> FieldProblem {
    FieldProblem::new(field, "logo-too-large").with("max", &(MOST_BYTES / 1024))
}

/// The same pixels, with the colours they need and nothing else.
fn anew(decoder: Decoder<Cursor<&[u8]>>) -> Option<Vec<u8>> {
    let mut reader = decoder.read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut pixels).ok()?;
    reader.finish().ok()?;
    let info = reader.info();
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, frame.width, frame.height);
    encoder.set_color(frame.color_type);
    encoder.set_depth(frame.bit_depth);
    if let Some(palette) = &info.palette {
        encoder.set_palette(palette.as_ref());
    }
    if let Some(transparent) = &info.trns {
        encoder.set_trns(transparent.as_ref());
    }
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixels.get(..frame.buffer_size())?).ok()?;
    writer.finish().ok()?;
    Some(png)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, text: bool) -> Vec<u8> {
        let mut png = Vec::new();
        let mut encoder = Encoder::new(&mut png, width, height);
        encoder.set_color(png::ColorType::Rgba);
        if text {
            encoder.add_text_chunk("Author".to_owned(), "Somebody at home".to_owned()).unwrap();
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&vec![200; (width * height * 4) as usize]).unwrap();
        writer.finish().unwrap();
        png
    }

    fn refused(file: &[u8]) -> String {
        read(file, "logo").unwrap_err().code
    }

    #[test]
    fn a_picture_comes_back_without_what_it_told_besides() {
        let told = picture(20, 10, true);
        assert!(told.windows(6).any(|part| part == b"Author"));
        let read_back = read(&told, "logo").unwrap();
        assert_eq!((read_back.width, read_back.height), (20, 10));
        assert!(!read_back.png.windows(6).any(|part| part == b"Author"));
        assert_eq!(
            read(&picture(20, 10, false), "logo").unwrap().hash,
            read_back.hash,
            "the hash is the pixels'"
        );
        let appended = [picture(20, 10, false), b"<script>".to_vec()].concat();
        if let Ok(kept) = read(&appended, "logo") {
            assert_eq!(kept.hash, read_back.hash);
        }
    }

    #[test]
    fn what_is_no_small_png_is_refused() {
        assert_eq!(refused(b""), "logo-empty");
        assert_eq!(refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "logo-not-png");
        assert_eq!(refused(&picture(513, 1, false)), "logo-dimensions");
        assert_eq!(refused(&picture(1, 513, false)), "logo-dimensions");
        assert!(read(&picture(512, 512, false), "logo").is_ok());
        let whole = picture(20, 10, false);
        assert_eq!(refused(&whole[..whole.len() - 30]), "logo-not-png");
        assert_eq!(refused(&vec![0; MOST_BYTES + 1]), "logo-too-large");
    }
}
