//! home over a pretended API.
