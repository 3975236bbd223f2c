//! Connections to Postgres that nobody on the way can read, and where wished nobody can pretend to be it.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::ClusterError;

/// How connections are encrypted: with a certificate that `roots`, or else the system's, vouch for, or with any.
pub(crate) fn connector(is_checked: bool, roots: Option<&Path>) -> Result<MakeRustlsConnect, ClusterError> {
    let provider = Arc::new(ring::default_provider());
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .expect("ring speaks the versions that rustls does");
    let config = if is_checked {
        versions.with_root_certificates(trusted(roots)?).with_no_client_auth()
    } else {
        versions.dangerous().with_custom_certificate_verifier(Arc::new(Anybody(provider))).with_no_client_auth()
    };
    Ok(MakeRustlsConnect::new(config))
}

fn trusted(roots: Option<&Path>) -> Result<RootCertStore, ClusterError> {
    let mut store = RootCertStore::empty();
    match roots {
        Some(file) => {
            let unread = |why: String| ClusterError::Certificates { file: file.to_owned(), why };
            for certificate in CertificateDer::pem_file_iter(file).map_err(|error| unread(error.to_string()))? {
                let certificate = certificate.map_err(|error| unread(error.to_string()))?;
                store.add(certificate).map_err(|error| unread(error.to_string()))?;
            }
            if store.is_empty() {
                return Err(unread("no certificate is in it".to_owned()));
            }
        }
        None => {
            // Some of the system's may be of a kind that is no longer believed; the others stand.
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    Ok(store)
}

/// Believes every certificate, as libpq does where nobody asked for more.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests;
