//! ebarimt
