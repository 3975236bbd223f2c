//! invited over a pretended API.
