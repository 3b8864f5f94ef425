//! The recorded digits inside the binary.

use super::{RATE, wav};

const ENGLISH: [&[u8]; 10] = [
    include_bytes!("../../../assets/captcha/en/0.wav"),
    include_bytes!("../../../assets/captcha/en/1.wav"),
    include_bytes!("../../../assets/captcha/en/2.wav"),
    include_bytes!("../../../assets/captcha/en/3.wav"),
    include_bytes!("../../../assets/captcha/en/4.wav"),
    include_bytes!("../../../assets/captcha/en/5.wav"),
    include_bytes!("../../../assets/captcha/en/6.wav"),
    include_bytes!("../../../assets/captcha/en/7.wav"),
    include_bytes!("../../../assets/captcha/en/8.wav"),
    include_bytes!("../../../assets/captcha/en/9.wav"),
];

/// One spoken digit: eight-bit samples around 128, at [`RATE`].
#[derive(Clone, Copy)]
pub(super) struct Clip(&'static [u8]);

impl Clip {
    /// The clip of an ASCII digit.
    pub(super) fn of(digit: char) -> Option<Self> {
        let file = ENGLISH.get(usize::try_from(digit.to_digit(10)?).ok()?)?;
        wav::samples(file).map(Self)
    }

    // A clip has some thousand samples.
    #[allow(clippy::cast_precision_loss)]
    pub(super) fn seconds(self) -> f32 {
        self.0.len() as f32 / f32::from(RATE)
    }

    /// The samples from -1 to 1.
    pub(super) fn wave(self) -> Vec<f32> {
        self.0.iter().map(|&sample| (f32::from(sample) - 128.0) / 128.0).collect()
    }
}
