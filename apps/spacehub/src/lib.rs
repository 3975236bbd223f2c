//! Everything Spacehub is made of, folded into one binary.

pub mod api;
