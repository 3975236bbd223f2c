//! tenant_links over a pretended API.
