//! Tenants and contracts.

use domain::{ContractId, TenantId};
use wire::{
    Page,
    contracts::{ContractChange, ContractFilter, ContractRow, ContractTotals, ContractView, NewContract},
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

    pub async fn contracts(&self, filter: &ContractFilter) -> Result<Page<ContractRow>> {
        self.get("/v2/contracts", filter).await
    }

    pub async fn contract_totals(&self, filter: &ContractFilter) -> Result<ContractTotals> {
        self.get("/v2/contracts/totals", filter).await
    }

    pub async fn contract(&self, id: ContractId) -> Result<ContractView> {
        self.get(&format!("/v2/contracts/{id}"), &()).await
    }

    pub async fn draft_contract(&self, new: &NewContract) -> Result<ContractView> {
        self.post("/v2/contracts", new).await
    }

    pub async fn edit_contract(&self, id: ContractId, change: &ContractChange) -> Result<ContractView> {
        self.patch(&format!("/v2/contracts/{id}"), change).await
    }
}
