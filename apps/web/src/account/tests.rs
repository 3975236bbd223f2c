//! account over a pretended API.
