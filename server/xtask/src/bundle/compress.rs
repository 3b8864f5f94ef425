//! Compression, once for all visitors.

use std::io::Write;

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// As small as Brotli gets.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &parameters)?;
    Ok(small)
}

/// As small as gzip gets, without a time stamp.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let text = b"the same words, the same words, the same words".as_slice();
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut brotli(text).expect("packed").as_slice(), &mut unpacked)
            .expect("unpacked");
        assert_eq!(unpacked, text);
        let mut unpacked = Vec::new();
        let packed = gzip(text).expect("packed");
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).expect("unpacked");
        assert_eq!(unpacked, text);
        assert!(packed.len() < text.len());
    }
}
