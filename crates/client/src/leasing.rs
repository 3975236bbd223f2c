//! Tenants and contracts.

use domain::{ContractDiscountId, ContractId, ContractIncreaseId, TenantId};
use jiff::civil::Date;
use serde_json::json;
use wire::{
    Page, Paging,
    contract_history::ContractEntry,
    contracts::{
        ContractAsOf, ContractChange, ContractCharges, ContractFilter, ContractParties, ContractRooms, ContractRow,
        ContractTotals, ContractView, NewContract,
    },
    discounts::{DiscountEnding, NewDiscount},
    increases::{ComingIncrease, ComingIncreaseFilter, IncreaseEnding, IndexFigure, NewIncrease},
    schedules::NewSchedule,
    statements::{StatementPeriod, StatementView},
    tenants::{NewTenant, TenantChange, TenantFilter, TenantView},
};

use crate::{Client, problem::Result};

impl Client {
    pub async fn tenants(&self, filter: &TenantFilter) -> Result<Page<TenantView>> {
        self.get("/v2/tenants", filter).await
    }

    pub async fn tenant(&self, id: TenantId) -> Result<TenantView> {
        self.get(&format!("/v2/tenants/{id}"), &()).await
    }

    pub async fn add_tenant(&self, new: &NewTenant) -> Result<TenantView> {
        self.post("/v2/tenants", new).await
    }

    pub async fn edit_tenant(&self, id: TenantId, change: &TenantChange) -> Result<TenantView> {
        self.patch(&format!("/v2/tenants/{id}"), change).await
    }

    /// The account of a tenant over all contracts.
    pub async fn tenant_statement(&self, id: TenantId, period: &StatementPeriod) -> Result<StatementView> {
        self.get(&format!("/v2/tenants/{id}/statement"), period).await
    }

    /// The account of one contract.
    pub async fn contract_statement(&self, id: ContractId, period: &StatementPeriod) -> Result<StatementView> {
        self.get(&format!("/v2/contracts/{id}/statement"), period).await
    }

    pub async fn contracts(&self, filter: &ContractFilter) -> Result<Page<ContractRow>> {
        self.get("/v2/contracts", filter).await
    }

    pub async fn contract_totals(&self, filter: &ContractFilter) -> Result<ContractTotals> {
        self.get("/v2/contracts/totals", filter).await
    }

    pub async fn contract(&self, id: ContractId) -> Result<ContractView> {
        self.get(&format!("/v2/contracts/{id}"), &()).await
    }

    /// The contract as it was known at the end of that day.
    pub async fn contract_as_of(&self, id: ContractId, day: Date) -> Result<ContractView> {
        self.get(&format!("/v2/contracts/{id}"), &ContractAsOf { as_of: Some(day) }).await
    }

    pub async fn contract_history(&self, id: ContractId, paging: &Paging) -> Result<Page<ContractEntry>> {
        self.get(&format!("/v2/contracts/{id}/history"), paging).await
    }

    pub async fn approve_contract(&self, id: ContractId) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/approval"), &json!({})).await
    }

    pub async fn set_contract_parties(&self, id: ContractId, parties: &ContractParties) -> Result<ContractView> {
        self.put(&format!("/v2/contracts/{id}/parties"), parties).await
    }

    pub async fn set_contract_rooms(&self, id: ContractId, rooms: &ContractRooms) -> Result<ContractView> {
        self.put(&format!("/v2/contracts/{id}/rooms"), rooms).await
    }

    pub async fn set_contract_charges(&self, id: ContractId, charges: &ContractCharges) -> Result<ContractView> {
        self.put(&format!("/v2/contracts/{id}/items"), charges).await
    }

    pub async fn set_contract_schedule(&self, id: ContractId, schedule: &NewSchedule) -> Result<ContractView> {
        self.put(&format!("/v2/contracts/{id}/schedule"), schedule).await
    }

    pub async fn add_contract_increase(&self, id: ContractId, new: &NewIncrease) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/increases"), new).await
    }

    pub async fn end_contract_increase(
        &self,
        id: ContractId,
        increase: ContractIncreaseId,
        ending: &IncreaseEnding,
    ) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/increases/{increase}/ending"), ending).await
    }

    pub async fn give_index_figure(
        &self,
        id: ContractId,
        increase: ContractIncreaseId,
        figure: &IndexFigure,
    ) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/increases/{increase}/figure"), figure).await
    }

    pub async fn coming_increases(&self, filter: &ComingIncreaseFilter) -> Result<Page<ComingIncrease>> {
        self.get("/v2/contract-increases", filter).await
    }

    pub async fn add_contract_discount(&self, id: ContractId, new: &NewDiscount) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/discounts"), new).await
    }

    pub async fn end_contract_discount(
        &self,
        id: ContractId,
        discount: ContractDiscountId,
        ending: &DiscountEnding,
    ) -> Result<ContractView> {
        self.patch(&format!("/v2/contracts/{id}/discounts/{discount}"), ending).await
    }

    pub async fn draft_contract(&self, new: &NewContract, key: &str) -> Result<ContractView> {
        self.post_once("/v2/contracts", new, key).await
    }

    pub async fn edit_contract(&self, id: ContractId, change: &ContractChange) -> Result<ContractView> {
        self.patch(&format!("/v2/contracts/{id}"), change).await
    }
}
