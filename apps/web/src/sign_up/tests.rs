//! sign_up over a pretended API.
