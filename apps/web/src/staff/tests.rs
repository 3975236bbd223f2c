//! staff over a pretended API.
