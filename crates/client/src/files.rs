//! Files: announced to the API, sent to where it says, confirmed.

use std::{sync::OnceLock, time::Duration};

use bytes::Bytes;
use domain::FileId;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use wire::files::{FileFilter, FileList, FileOrder, FileView, NewFile, UploadView};

use crate::{Body, Client, Problem, Result, transport::Transport};

impl Client {
    pub async fn files(&self, filter: &FileFilter) -> Result<FileList> {
        self.get("/v2/files", filter).await
    }

    /// One file, with a link that lasts ten minutes.
    pub async fn file(&self, id: FileId) -> Result<FileView> {
        self.get(&format!("/v2/files/{id}"), &()).await
    }

    /// Announces a file, sends its bytes straight to the store and has them looked at.
    pub async fn add_file(&self, new: &NewFile, bytes: Bytes) -> Result<FileView> {
        let upload: UploadView = self.post("/v2/files", new).await?;
        self.send_file(&upload, bytes).await?;
        self.post(&format!("/v2/files/{}/confirm", upload.file.id), &serde_json::json!({})).await
    }

    pub async fn order_files(&self, order: &FileOrder) -> Result<FileList> {
        self.put("/v2/files/order", order).await
    }

    pub async fn remove_file(&self, id: FileId) -> Result<()> {
        self.ask(Method::DELETE, &format!("/v2/files/{id}"), Body::None, &[]).await.map(drop)
    }

    /// Nothing of the person goes along: the address is all that the store asks for.
    async fn send_file(&self, upload: &UploadView, bytes: Bytes) -> Result<()> {
        let mut headers = HeaderMap::new();
        for (name, value) in &upload.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| Problem::ours(error.to_string()))?;
            headers.insert(name, value.parse().map_err(|_| Problem::ours("a header that can't be sent".into()))?);
        }
        // Named again by whoever sends the body.
        headers.remove(header::CONTENT_LENGTH);
        let kind = headers.remove(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok().map(str::to_owned));
        let body = Body::File { kind: kind.unwrap_or_default(), bytes };
        if upload.is_here {
            // By the way we know to the API, which from here may be another than from outside.
            let url: Uri = upload.url.parse().map_err(|_| Problem::ours("an address that is none".into()))?;
            if let (Transport::Http { .. }, Some(host)) = (&self.transport, url.authority()) {
                let host = HeaderValue::from_str(host.as_str()).map_err(|error| Problem::ours(error.to_string()))?;
                headers.insert(header::HOST, host);
            }
            let path = url.path_and_query().map_or("/", |path| path.as_str());
            return self.put_at(&self.transport, path, headers, body).await;
        }
        let outside = Transport::Http { base_url: String::new(), client: store_client().clone() };
        // What a bucket refuses is between it and us.
        let sent = self.put_at(&outside, &upload.url, headers, body).await;
        sent.map_err(|refusal| Problem::ours(format!("the store answered {}", refusal.status)))
    }

    async fn put_at(&self, way: &Transport, address: &str, headers: HeaderMap, body: Body) -> Result<()> {
        let answer = way.send(Method::PUT, address, headers, body).await?.collect().await?;
        if answer.status.is_success() { Ok(()) } else { Err(Problem::of(&answer)) }
    }
}

/// What speaks to a bucket. It waits no longer than a person does.
fn store_client() -> &'static reqwest::Client {
    static CLIENT: OnceLock<reqwest::Client> = OnceLock::new();
    CLIENT.get_or_init(|| {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let client = client.connect_timeout(Duration::from_millis(1500)).timeout(Duration::from_secs(30));
        client.build().expect("the settings of the client are sound")
    })
}
