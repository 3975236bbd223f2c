//! The sheets that owners have, sent as they are; what became of them at the end, or step by step.

use bytes::Bytes;
use domain::{ImportId, ImportMappingId};
use http::Method;
use wire::{
    Page, Paging,
    imports::{ImportMappingView, ImportOrder, ImportReport, ImportStep, ImportView, UndoView, Undoing},
};

use crate::{Body, Client, Flow, Problem, Result};

/// What a file is sent as: which kind of sheet it is, its bytes say.
const SHEET: &str = "application/octet-stream";

const LINES: [(&str, &str); 1] = [("accept", "application/x-ndjson")];

impl Client {
    /// Reads a rent roll; written only when the order is not a dry run.
    pub async fn import_rent_roll(&self, order: &ImportOrder, file: Bytes) -> Result<ImportReport> {
        self.import(RENT_ROLL, order, file, &[]).await?.collect().await?.json()
    }

    pub async fn import_rent_roll_in_steps(&self, order: &ImportOrder, file: Bytes) -> Result<ImportSteps> {
        self.import(RENT_ROLL, order, file, &LINES).await.map(ImportSteps::of)
    }

    /// Reads open invoices; written only when the order is not a dry run.
    pub async fn import_invoices(&self, order: &ImportOrder, file: Bytes) -> Result<ImportReport> {
        self.import(INVOICES, order, file, &[]).await?.collect().await?.json()
    }

    pub async fn import_invoices_in_steps(&self, order: &ImportOrder, file: Bytes) -> Result<ImportSteps> {
        self.import(INVOICES, order, file, &LINES).await.map(ImportSteps::of)
    }

    /// The imports there were, newest first.
    pub async fn imports(&self, paging: &Paging) -> Result<Page<ImportView>> {
        self.get("/v2/imports", paging).await
    }

    pub async fn kept_import(&self, id: ImportId) -> Result<ImportView> {
        self.get(&format!("/v2/imports/{id}"), &()).await
    }

    /// What undoing it would take out, and what stands in the way.
    pub async fn undoing_of_import(&self, id: ImportId) -> Result<UndoView> {
        self.get(&format!("/v2/imports/{id}/undoing"), &()).await
    }

    pub async fn undo_import(&self, id: ImportId, why: &Undoing) -> Result<ImportView> {
        self.post(&format!("/v2/imports/{id}/undoing"), why).await
    }

    /// Columns that were mapped by hand.
    pub async fn import_mappings(&self) -> Result<Vec<ImportMappingView>> {
        self.get("/v2/imports/mappings", &()).await
    }

    pub async fn forget_import_mapping(&self, id: ImportMappingId) -> Result<ImportMappingView> {
        self.ask(Method::DELETE, &format!("/v2/imports/mappings/{id}"), Body::None, &[]).await?.json()
    }

    async fn import(&self, path: &str, order: &ImportOrder, bytes: Bytes, how: &[(&str, &str)]) -> Result<Flow> {
        let query = serde_urlencoded::to_string(order).map_err(|error| Problem::ours(error.to_string()))?;
        let body = Body::File { kind: SHEET.to_owned(), bytes };
        self.flow(Method::POST, &format!("{path}?{query}"), body, how).await
    }
}

const RENT_ROLL: &str = "/v2/imports/rent-roll";
const INVOICES: &str = "/v2/imports/invoices";

/// How far an import has come, as it goes; the last step is its report or its refusal.
pub struct ImportSteps {
    flow: Flow,
    /// What has come of the line that is not whole yet.
    begun: Vec<u8>,
}

impl ImportSteps {
    fn of(flow: Flow) -> ImportSteps {
        ImportSteps { flow, begun: Vec::new() }
    }

    /// The next step; none after the last one, or when the answer broke off.
    pub async fn next(&mut self) -> Result<Option<ImportStep>> {
        loop {
            if let Some(end) = self.begun.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.begun.drain(..=end).collect();
                return serde_json::from_slice(&line).map(Some).map_err(|error| Problem::ours(error.to_string()));
            }
            match self.flow.next().await? {
                Some(bytes) => self.begun.extend_from_slice(&bytes),
                None => return Ok(None),
            }
        }
    }
}
