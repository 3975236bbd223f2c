//! Text messages from the special number 131344: a gateway of each operator, or CallPro as another way.

pub mod callpro;
mod client;
mod cut;
mod routing;
pub mod simulator;
mod wire;

pub use callpro::CallPro;
pub use client::{Account, Gateway, Operators, Settings};
pub use routing::{Operator, Routing};
pub use simulator::Simulator;

#[cfg(test)]
mod tests;
