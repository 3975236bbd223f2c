//! forgotten over a pretended API.
