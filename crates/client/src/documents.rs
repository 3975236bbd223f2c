//! Documents: PDFs of contracts, one by one or in archives.

use domain::{ContractId, DocumentBatchId, DocumentId};
use wire::{
    Page, Paging,
    documents::{DocumentBatchView, DocumentView, DocumentWithLink, NewDocument, NewDocumentBatch},
};

use crate::{Client, problem::Result};

impl Client {
    pub async fn documents(&self, contract: ContractId, paging: &Paging) -> Result<Page<DocumentView>> {
        self.get(&format!("/v2/contracts/{contract}/documents"), paging).await
    }

    pub async fn make_document(&self, contract: ContractId, new: &NewDocument, key: &str) -> Result<DocumentView> {
        self.post_once(&format!("/v2/contracts/{contract}/documents"), new, key).await
    }

    /// With the link that opens its PDF.
    pub async fn document(&self, id: DocumentId) -> Result<DocumentWithLink> {
        self.get(&format!("/v2/documents/{id}"), &()).await
    }

    pub async fn document_batches(&self, paging: &Paging) -> Result<Page<DocumentBatchView>> {
        self.get("/v2/document-batches", paging).await
    }

    pub async fn make_document_batch(&self, new: &NewDocumentBatch, key: &str) -> Result<DocumentBatchView> {
        self.post_once("/v2/document-batches", new, key).await
    }

    /// With the link that opens it, once it is ready.
    pub async fn document_batch(&self, id: DocumentBatchId) -> Result<DocumentBatchView> {
        self.get(&format!("/v2/document-batches/{id}"), &()).await
    }
}
