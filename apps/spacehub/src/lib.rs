//! spacehub
