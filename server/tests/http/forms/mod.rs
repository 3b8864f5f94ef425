//! Forms: which flow or session they belong to, and what becomes of one that arrives twice.

mod marks;
mod tabs;
mod twice;
