//! Stories in a real browser: what people see and press, from signing in to the tax receipt on a tenant's telephone.

mod axe;
mod chromium;
mod contract;
mod desk;
mod import;
mod matching;
mod month;
mod people;
mod spaces;
mod walk;
mod without_scripts;
mod world;
