//! The kit pages are drawn with. Each part is a value that maud renders, or a function where it needs the reader.
//!
//! House rule: only `class="…"`; the content security policy forbids inline styles and scripts.

pub mod alert;
pub mod badge;
pub mod button;
pub mod chart;
pub mod copy;
pub mod empty;
pub mod facts;
pub mod field;
pub mod filter;
pub mod flash;
pub mod form;
pub mod frame;
pub mod head;
pub mod icon;
pub mod menu;
pub mod pager;
pub mod panel;
pub mod progress;
pub mod qr;
pub mod stepper;
pub mod table;
pub mod tabs;
pub mod tile;
