//! The one binary: settings, the ground it stands on, the areas' slices folded, the edge and the loop that serve, and
//! the commands.

pub mod api;
pub mod application;
pub mod bench;
pub mod cli;
pub mod commands;
pub mod demo;
pub mod docs;
pub mod doctor;
pub mod edge;
pub mod ground;
pub mod limits;
pub mod listen;
mod open_files;
pub mod ops;
pub mod problem;
pub mod serve;
pub mod settings;
pub mod telemetry;
pub mod up;
