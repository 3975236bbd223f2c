//! A bucket of S3, R2, MinIO and their like: how it is reached and how its links are signed.

use std::{fmt, time::Duration};

use http::Method;
use jiff::Timestamp;
use object_store::{
    BackoffConfig, ClientOptions, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle};
use url::Url;

use crate::{
    BadSettings, Key, Link,
    link::{AHEAD, BEHIND, disposition, window},
};

/// Where the bucket is and who may use it.
#[derive(Clone)]
pub struct BucketSettings {
    pub bucket: String,
    /// None: Amazon's own, in that region.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: String,
}

impl BucketSettings {
    /// The client for everything but links.
    pub(crate) fn open(&self) -> Result<AmazonS3, BadSettings> {
        // The first to say so decides for the process; ours all say the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // One more try for what passes at once; whoever waits is told within the store's patience.
        let retry = RetryConfig {
            backoff: BackoffConfig { init_backoff: Duration::from_millis(50), ..BackoffConfig::default() },
            max_retries: 2,
            retry_timeout: Duration::from_secs(2),
        };
        let options = ClientOptions::new()
            .with_allow_http(true)
            .with_connect_timeout(Duration::from_millis(1500))
            .with_timeout(Duration::from_secs(30));
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&self.bucket)
            .with_region(&self.region)
            .with_access_key_id(&self.access_key_id)
            .with_secret_access_key(&self.secret_access_key)
            .with_virtual_hosted_style_request(self.endpoint.is_none())
            .with_retry(retry)
            .with_client_options(options);
        if let Some(endpoint) = &self.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        builder.build().map_err(|error| BadSettings(format!("the bucket {} cannot be used: {error}", self.bucket)))
    }

    pub(crate) fn signer(&self) -> Result<Signer, BadSettings> {
        let amazon = format!("https://s3.{}.amazonaws.com", self.region);
        let endpoint = self.endpoint.as_deref().unwrap_or(&amazon);
        // Others than Amazon know buckets by the path; R2 and MinIO know no other way out of the box.
        let style = if self.endpoint.is_some() { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let wrong = |why: &dyn fmt::Display| BadSettings(format!("S3_ENDPOINT {endpoint} cannot be used: {why}"));
        let url: Url = endpoint.parse().map_err(|error| wrong(&error))?;
        let bucket =
            Bucket::new(url, style, self.bucket.clone(), self.region.clone()).map_err(|error| wrong(&error))?;
        Ok(Signer { bucket, credentials: Credentials::new(self.access_key_id.clone(), self.secret_access_key.clone()) })
    }
}

impl fmt::Debug for BucketSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BucketSettings")
            .field("bucket", &self.bucket)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// Signs the links of a bucket (Signature Version 4 in the query). The client that reads and writes could sign too, but
/// only from this very second on, and a store whose clock is late would refuse that.
pub(crate) struct Signer {
    bucket: Bucket,
    credentials: Credentials,
}

impl Signer {
    pub(crate) fn origin(&self) -> String {
        self.bucket.base_url().origin().ascii_serialization()
    }

    pub(crate) fn put(&self, key: &Key, kind: &str, size: u64, now: Timestamp) -> Link {
        let size = size.to_string();
        let mut action = self.bucket.put_object(Some(&self.credentials), key.as_str());
        // Signed, so that nothing else can be sent under this address.
        action.headers_mut().insert("content-length", size.clone());
        action.headers_mut().insert("content-type", kind.to_owned());
        let headers = vec![("content-type", kind.to_owned()), ("content-length", size)];
        Link { headers, ..link(Method::PUT, &action, now) }
    }

    pub(crate) fn get(&self, key: &Key, kind: &str, name: &str, now: Timestamp) -> Link {
        let mut action = self.bucket.get_object(Some(&self.credentials), key.as_str());
        action.query_mut().insert("response-content-disposition", disposition(kind, name));
        action.query_mut().insert("response-content-type", kind.to_owned());
        action.query_mut().insert("response-cache-control", "private, max-age=600, immutable");
        link(Method::GET, &action, now)
    }
}

fn link<'a>(method: Method, action: &impl S3Action<'a>, now: Timestamp) -> Link {
    let (from, until) = window(now);
    let valid_for = Duration::try_from(BEHIND + AHEAD).expect("a quarter of an hour is not negative");
    let url = action.sign_with_time(valid_for, &from).into();
    Link { method, url, headers: Vec::new(), expires_at: until }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Signer").field(&self.bucket.name()).finish()
    }
}
