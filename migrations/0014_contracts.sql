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
    -- no one deletes an entry; it goes with a contract that an undone import takes out
    foreign key (owner_id, contract_id) references contracts (owner_id, id) on delete cascade
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

-- A contract made by hand is looked at by somebody who answers for money before its first bill. What is there already,
-- and what an import brings, counts as looked at.
alter table contracts
    -- null: waits for approval
    add approved_at timestamptz default now(),
    -- null: nobody yet, or an import
    add approved_by uuid references users;
create index contracts_unapproved on contracts (owner_id, id) where approved_at is null;

-- By what rule a charge's price rises. The charge named is the one that stands: when it rises it ends, another begins,
-- and the rule goes on with that.
create table contract_increases (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    item_id uuid not null,
    kind text not null constraint contract_increases_kind_known check (kind in ('percent', 'amount', 'index')),
    -- hundredths of a per cent; of an index the one given for its next time, null while it is not known
    percent_bp int constraint contract_increases_percent_sensible check (percent_bp between -5000 and 100000),
    -- in mungo, for each unit of the price
    amount bigint constraint contract_increases_amount_positive check (amount > 0),
    first_on date not null,
    -- null: once
    every_months int constraint contract_increases_months_sensible check (every_months between 1 and 120),
    -- the last day on which it may rise
    until_on date,
    -- how often it has risen
    applied int not null default 0,
    -- when it rises next; null: never again
    next_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contract_increases_of_owner unique (owner_id, id),
    constraint contract_increases_step_by_kind check (
        case kind when 'percent' then percent_bp > 0 and amount is null
                  when 'amount' then percent_bp is null and amount is not null
                  else amount is null end),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, item_id) references contract_items (owner_id, id)
);
create index contract_increases_of_contract on contract_increases (owner_id, contract_id, id);
create index contract_increases_to_come on contract_increases (owner_id, next_on) where next_on is not null;
-- A charge rises by one rule at a time.
create unique index contract_increases_one_a_charge on contract_increases (owner_id, item_id) where next_on is not null;
create index contract_increases_of_item on contract_increases (owner_id, item_id);
call app_protect('contract_increases',
    '(select app_sees_all_properties()) or app_reaches_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)');

-- What a tenant is let off, for a while: a percent of the rent, or an amount a month.
create table contract_discounts (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    name text not null constraint contract_discounts_name_length check (length(name) between 1 and 200),
    -- hundredths of a per cent
    percent_bp int constraint contract_discounts_percent_within check (percent_bp between 1 and 10000),
    -- in mungo, for a whole month
    amount bigint constraint contract_discounts_amount_positive check (amount > 0),
    valid_from date not null,
    -- null: as long as the contract
    valid_to date,
    -- why; the office's own
    reason text not null constraint contract_discounts_reason_length check (length(reason) between 1 and 500),
    -- who gave it
    user_id uuid default app_user_id(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint contract_discounts_of_owner unique (owner_id, id),
    constraint contract_discounts_one_of_two check ((percent_bp is null) <> (amount is null)),
    constraint contract_discounts_valid_in_order check (valid_to is null or valid_to >= valid_from - 1),
    foreign key (owner_id, contract_id) references contracts (owner_id, id)
);
create index contract_discounts_of_contract on contract_discounts (owner_id, contract_id, id);
-- To let somebody off something is to touch money.
call app_protect('contract_discounts',
    '(select app_sees_all_properties()) or app_reaches_contract(contract_id)', '(select app_keeps_books())');

-- A contract's own schedule (schedule_kind = 'custom'): what is billed instead of its rent.
create table schedule_entries (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    name text not null constraint schedule_entries_name_length check (length(name) between 1 and 200),
    -- the first day of the month in whose run it is billed
    period date not null constraint schedule_entries_period_is_a_month check (extract(day from period) = 1),
    -- null: by the contract's payment day
    due_on date,
    -- in mungo, in the terms of the rent's price: VAT inside or on top of it
    amount bigint not null constraint schedule_entries_amount_not_negative check (amount >= 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint schedule_entries_of_owner unique (owner_id, id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id)
);
create index schedule_entries_of_contract on schedule_entries (owner_id, contract_id, period, id);
call app_protect('schedule_entries',
    '(select app_sees_all_properties()) or app_reaches_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)',
    '(select app_keeps_books()) or app_drafts_contract(contract_id)');

create trigger touch before update on contract_increases for each row execute function app_touch();
create trigger touch before update on contract_discounts for each row execute function app_touch();
create trigger touch before update on schedule_entries for each row execute function app_touch();
