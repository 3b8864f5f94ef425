//! A small grey canvas: anti-aliased strokes, and the way out as PNG.

// Pixels are counted in integers and measured in fractions; all numbers here are far below 2^20.
#![allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss)]

/// A point in pixels, the origin at the top left.
pub(super) type Point = (f32, f32);

/// Four bits a pixel: fine enough for smooth edges, half the bytes of eight.
const LEVELS: f32 = 15.0;

/// Grey values from 0 (black) to 1 (white).
pub(super) struct Canvas {
    width: usize,
    height: usize,
    tones: Vec<f32>,
    cover: Vec<f32>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize, tone: f32) -> Self {
        Self { width, height, tones: vec![tone; width * height], cover: vec![0.0; width * height] }
    }

    /// Draws all paths as one shape, so that nothing is darker where they cross.
    pub(super) fn stroke(&mut self, paths: &[Vec<Point>], radius: f32, tone: f32) {
        self.cover.fill(0.0);
        for path in paths {
            for pair in path.windows(2) {
                self.cover_segment(pair[0], pair[1], radius);
            }
        }
        for (under, cover) in self.tones.iter_mut().zip(&self.cover) {
            *under += (tone - *under) * cover;
        }
    }

    fn cover_segment(&mut self, from: Point, to: Point, radius: f32) {
        let reach = radius + 1.0;
        let columns = span(from.0.min(to.0) - reach, from.0.max(to.0) + reach, self.width);
        for y in span(from.1.min(to.1) - reach, from.1.max(to.1) + reach, self.height) {
            for x in columns.clone() {
                let distance = distance_to_segment((x as f32 + 0.5, y as f32 + 0.5), from, to);
                let cover = (radius + 0.5 - distance).clamp(0.0, 1.0);
                let cell = &mut self.cover[y * self.width + x];
                *cell = cell.max(cover);
            }
        }
    }

    /// The picture as a greyscale PNG.
    pub(super) fn into_png(self) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(6 * 1024);
        let mut encoder = png::Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_compression(png::Compression::Balanced);
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&self.packed()).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }

    fn packed(&self) -> Vec<u8> {
        let level = |tone: &f32| (tone.clamp(0.0, 1.0) * LEVELS).round() as u8;
        self.tones
            .chunks(self.width)
            .flat_map(|row| row.chunks(2))
            .map(|pair| level(&pair[0]) << 4 | pair.get(1).map_or(0, level))
            .collect()
    }
}

/// The pixels of a row or column from `low` to `high`, cut at the edges of the canvas.
fn span(low: f32, high: f32, limit: usize) -> std::ops::Range<usize> {
    let start = low.floor().max(0.0) as usize;
    let end = (high.ceil().max(0.0) as usize).min(limit);
    start.min(end)..end
}

fn distance_to_segment(point: Point, from: Point, to: Point) -> f32 {
    let along = (to.0 - from.0, to.1 - from.1);
    let offset = (point.0 - from.0, point.1 - from.1);
    let length = along.0 * along.0 + along.1 * along.1;
    let share =
        if length > 0.0 { ((offset.0 * along.0 + offset.1 * along.1) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (offset.0 - share * along.0, offset.1 - share * along.1);
    (x * x + y * y).sqrt()
}
