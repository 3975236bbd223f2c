//! Stories follow.
