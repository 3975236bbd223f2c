//! Papers: contracts, hand-over acts and statements of account as PDF.

pub mod papers;
pub mod typeset;
