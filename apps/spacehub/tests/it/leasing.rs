//! Tenants and contracts.
