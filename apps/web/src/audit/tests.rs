//! audit over a pretended API.
