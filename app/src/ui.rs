//! The component kit.
