//! The steps of a contract's life, its settlement and its deposit.

use domain::ContractId;
use wire::{
    Page,
    contracts::{ContractView, Termination},
    deposits::{DepositFilter, DepositRow, DepositTotals, DepositView, NewDepositEntry, NewDepositSetOff},
    lifecycle::{
        ContractStep, EndedContract, Extension, ExtensionAsked, Renewal, RenewalAsked, Signature, StepBack, TermPreview,
    },
    payments::PaymentView,
    settlements::{SettlementView, TerminationAsked},
};

use crate::{Client, problem::Result};

impl Client {
    pub async fn send_contract(&self, id: ContractId, step: &ContractStep) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/sending"), step).await
    }

    pub async fn return_contract(&self, id: ContractId, back: &StepBack) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/return"), back).await
    }

    pub async fn sign_contract(&self, id: ContractId, signature: &Signature) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/signature"), signature).await
    }

    pub async fn activate_contract(&self, id: ContractId, step: &ContractStep) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/activation"), step).await
    }

    pub async fn extension_preview(&self, id: ContractId, asked: &ExtensionAsked) -> Result<TermPreview> {
        self.get(&format!("/v2/contracts/{id}/extension-preview"), asked).await
    }

    pub async fn extend_contract(&self, id: ContractId, extension: &Extension) -> Result<ContractView> {
        self.post(&format!("/v2/contracts/{id}/extension"), extension).await
    }

    pub async fn renewal_preview(&self, id: ContractId, asked: &RenewalAsked) -> Result<TermPreview> {
        self.get(&format!("/v2/contracts/{id}/renewal-preview"), asked).await
    }

    pub async fn renew_contract(&self, id: ContractId, renewal: &Renewal, key: &str) -> Result<ContractView> {
        self.post_once(&format!("/v2/contracts/{id}/renewal"), renewal, key).await
    }

    pub async fn termination_preview(&self, id: ContractId, asked: &TerminationAsked) -> Result<SettlementView> {
        self.get(&format!("/v2/contracts/{id}/termination-preview"), asked).await
    }

    pub async fn terminate_contract(
        &self,
        id: ContractId,
        termination: &Termination,
        key: &str,
    ) -> Result<EndedContract> {
        self.post_once(&format!("/v2/contracts/{id}/termination"), termination, key).await
    }

    pub async fn restore_contract(&self, id: ContractId, back: &StepBack, key: &str) -> Result<ContractView> {
        self.post_once(&format!("/v2/contracts/{id}/restoration"), back, key).await
    }

    pub async fn deposit(&self, id: ContractId) -> Result<DepositView> {
        self.get(&format!("/v2/contracts/{id}/deposit"), &()).await
    }

    pub async fn enter_deposit(&self, id: ContractId, entry: &NewDepositEntry, key: &str) -> Result<DepositView> {
        self.post_once(&format!("/v2/contracts/{id}/deposit/entries"), entry, key).await
    }

    /// Pays what the contract owes out of its deposit.
    pub async fn set_off_deposit(&self, id: ContractId, new: &NewDepositSetOff, key: &str) -> Result<PaymentView> {
        self.post_once(&format!("/v2/contracts/{id}/deposit/set-offs"), new, key).await
    }

    /// The register of deposits.
    pub async fn deposits(&self, filter: &DepositFilter) -> Result<Page<DepositRow>> {
        self.get("/v2/deposits", filter).await
    }

    pub async fn deposit_totals(&self, filter: &DepositFilter) -> Result<DepositTotals> {
        self.get("/v2/deposits/totals", filter).await
    }
}
