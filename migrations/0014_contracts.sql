-- Contracts, whole: what they were on any past day.

-- Every change of a contract, and the contract whole as it was after it. Insert only, by grant: what was recorded is
-- neither mended nor forgotten. It is the office's book: tenants do not see it.
create table contract_history (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    -- the contract's version after the change
    version int not null,
    recorded_at timestamptz not null,
    -- null: the workers, or the platform's own
    user_id uuid default app_user_id(),
    role text not null default app_role(),
    -- the first day for which the change holds; it may lie before or after the day it was recorded
    effective_on date not null,
    what text not null constraint contract_history_what_known check (what in
        ('drafted', 'imported', 'edited', 'rooms_set', 'charge_added', 'charge_ended', 'charges_set', 'schedule_set',
         'increase_added', 'increase_ended', 'increased', 'index_given', 'discount_added', 'discount_ended', 'approved',
         'approval_withdrawn', 'sent_to_sign', 'signed', 'activated', 'extended', 'renegotiated', 'renewed', 'grace_begun',
         'expired', 'terminated', 'dropped', 'restored', 'deposit_changed', 'document_added')),
    reason text constraint contract_history_reason_length check (length(reason) between 1 and 500),
    -- the contract as GET /v2/contracts/{id} tells it, after the change
    contract jsonb not null,
    created_at timestamptz not null default now(),
    foreign key (owner_id, contract_id) references contracts (owner_id, id)
);
create index contract_history_of_contract on contract_history (owner_id, contract_id, id);

alter table contract_history enable row level security;
alter table contract_history force row level security;
create policy reads on contract_history for select to spacehub_app, spacehub_worker
    using (owner_id = (select app_owner_id())
           and ((select app_sees_all_properties()) or ((select app_role()) = 'employee' and app_reaches_contract(contract_id))));
create policy adds on contract_history for insert to spacehub_app, spacehub_worker
    with check (owner_id = (select app_owner_id()) and ((select app_keeps_books()) or app_drafts_contract(contract_id)));
grant select, insert on contract_history to spacehub_app, spacehub_worker;
