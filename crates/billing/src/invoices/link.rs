//! The page that a tenant opens without signing in.

use base::{App, secrets::TokenHash};
use domain::InvoiceId;

/// The unguessable token of an invoice's link; only its hash is kept, since the server can make it again.
pub fn link_token(app: &App, invoice: InvoiceId) -> String {
    app.key.derive("invoice-link", &invoice.to_string())
}

/// The address of the tenant's page.
pub fn link_url(app: &App, invoice: InvoiceId) -> String {
    format!("{}/i/{}", app.public_url, link_token(app, invoice))
}

/// What the database knows of the token.
pub(crate) fn link_hash(app: &App, invoice: InvoiceId) -> Vec<u8> {
    TokenHash::of(&link_token(app, invoice)).0.to_vec()
}
