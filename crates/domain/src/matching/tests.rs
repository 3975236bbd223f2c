mod generated;
mod sample;
