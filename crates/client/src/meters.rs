//! Meters, readings and tariffs.

use bytes::Bytes;
use domain::{MeterId, Month, TariffId};
use http::Method;
use wire::{
    Page,
    imports::ImportReport,
    meters::{MeterFilter, MeterView, NewMeter, Replacement},
    readings::{
        GridFilter, GridRow, GridTotals, NewHandover, NewReading, ReadingView, ReadingsOrder, UtilityFilter,
        UtilityPreview,
    },
    tariffs::{CommonRuleView, NewCommonRule, NewTariff, TariffChange, TariffView},
};

use crate::{Body, Client, Problem, Result};

impl Client {
    pub async fn meters(&self, filter: &MeterFilter) -> Result<Page<MeterView>> {
        self.get("/v2/meters", filter).await
    }

    pub async fn meter(&self, id: MeterId) -> Result<MeterView> {
        self.get(&format!("/v2/meters/{id}"), &()).await
    }

    pub async fn create_meter(&self, new: &NewMeter) -> Result<MeterView> {
        self.post("/v2/meters", new).await
    }

    pub async fn replace_meter(&self, id: MeterId, order: &Replacement) -> Result<MeterView> {
        self.post(&format!("/v2/meters/{id}/replacement"), order).await
    }

    /// What the meter showed, the newest first.
    pub async fn readings_of_meter(&self, id: MeterId) -> Result<Vec<ReadingView>> {
        self.get(&format!("/v2/meters/{id}/readings"), &()).await
    }

    pub async fn read_meter(&self, id: MeterId, month: Month, new: &NewReading) -> Result<ReadingView> {
        self.put(&format!("/v2/meters/{id}/readings/{month}"), new).await
    }

    /// The same under a key that makes repeating it harmless.
    pub async fn read_meter_once(&self, id: MeterId, month: Month, new: &NewReading, key: &str) -> Result<ReadingView> {
        let body = Body::json(new)?;
        let path = format!("/v2/meters/{id}/readings/{month}");
        self.ask(Method::PUT, &path, body, &[("idempotency-key", key)]).await?.json()
    }

    pub async fn hand_meter_over(&self, id: MeterId, new: &NewHandover) -> Result<ReadingView> {
        self.post(&format!("/v2/meters/{id}/handovers"), new).await
    }

    /// A page of the month's grid.
    pub async fn readings(&self, filter: &GridFilter) -> Result<Page<GridRow>> {
        self.get("/v2/readings", filter).await
    }

    pub async fn reading_totals(&self, filter: &GridFilter) -> Result<GridTotals> {
        self.get("/v2/readings/totals", filter).await
    }

    /// What the month's readings would be billed as.
    pub async fn utilities(&self, filter: &UtilityFilter) -> Result<UtilityPreview> {
        self.get("/v2/utilities", filter).await
    }

    /// Takes in a list of readings; written only when the order is not a dry run.
    pub async fn import_readings(&self, order: &ReadingsOrder, file: Bytes) -> Result<ImportReport> {
        let query = serde_urlencoded::to_string(order).map_err(|error| Problem::ours(error.to_string()))?;
        let body = Body::File { kind: "application/octet-stream".to_owned(), bytes: file };
        self.flow(Method::POST, &format!("/v2/imports/readings?{query}"), body, &[]).await?.collect().await?.json()
    }

    pub async fn tariffs(&self) -> Result<Vec<TariffView>> {
        self.get("/v2/tariffs", &()).await
    }

    pub async fn create_tariff(&self, new: &NewTariff) -> Result<TariffView> {
        self.post("/v2/tariffs", new).await
    }

    pub async fn edit_tariff(&self, id: TariffId, change: &TariffChange) -> Result<TariffView> {
        self.patch(&format!("/v2/tariffs/{id}"), change).await
    }

    pub async fn common_rules(&self) -> Result<Vec<CommonRuleView>> {
        self.get("/v2/common-rules", &()).await
    }

    pub async fn set_common_rule(&self, new: &NewCommonRule) -> Result<()> {
        let body = Body::json(new)?;
        self.ask(Method::PUT, "/v2/common-rules", body, &[]).await.map(drop)
    }
}
