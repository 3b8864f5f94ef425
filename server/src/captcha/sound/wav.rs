//! Just enough WAV: eight bits unsigned, one channel.

/// Bytes before the samples in a file that [`write`] makes.
pub(super) const HEADER: usize = 44;

/// Samples from -1 to 1 as a file; louder ones are cut.
pub(super) fn write(samples: &[f32], rate: u16) -> Vec<u8> {
    // A minute of speech is far below 4 GB; a longer one would be cut, not wrong.
    let length = u32::try_from(samples.len()).unwrap_or(u32::MAX - 64);
    let padding = length % 2;
    let mut file = Vec::with_capacity(HEADER + samples.len() + 1);
    file.extend(b"RIFF");
    file.extend((length + padding + 36).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend([1, 0, 1, 0]); // PCM, one channel
    file.extend(u32::from(rate).to_le_bytes());
    file.extend(u32::from(rate).to_le_bytes()); // bytes per second
    file.extend([1, 0, 8, 0]); // bytes and bits of a sample
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(samples.iter().take(length as usize).map(|&sample| byte(sample)));
    file.extend(std::iter::repeat_n(0x80, padding as usize));
    file
}

/// The samples in a file: the content of its chunk `data`.
pub(super) fn samples(file: &[u8]) -> Option<&[u8]> {
    let mut chunks = file.strip_prefix(b"RIFF")?.get(4..)?.strip_prefix(b"WAVE")?;
    loop {
        let (head, rest) = chunks.split_at_checked(8)?;
        let (name, length) = head.split_at(4);
        let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
        if name == b"data" {
            return rest.get(..length);
        }
        chunks = rest.get(length.checked_add(length % 2)?..)?;
    }
}

// Clamped to what a byte holds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn byte(sample: f32) -> u8 {
    (sample.mul_add(127.0, 128.0).round()).clamp(0.0, 255.0) as u8
}
