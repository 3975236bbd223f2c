-- Bills, the money that comes in, and the tax receipt.

create table bank_accounts (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    bank text not null constraint bank_accounts_bank_known check (bank in ('khan', 'golomt', 'tdb', 'other')),
    number text not null constraint bank_accounts_number_form check (number ~ '^[0-9A-Z]{5,34}$'),
    holder text not null,
    -- the one that tenants are told to pay to
    shown boolean not null default true,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bank_accounts_of_owner unique (owner_id, id),
    constraint bank_accounts_once unique (owner_id, bank, number)
);
call app_protect('bank_accounts', '(select app_is_staff()) or (shown and (select app_pays()))', '(select app_keeps_books())');

create table invoices (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- INV-2026-001234, given when it is issued; a draft has none
    code text,
    kind text not null constraint invoices_kind_known
        check (kind in ('rent', 'utility', 'sale', 'discount', 'fee', 'correction')),
    status text not null constraint invoices_status_known
        check (status in ('draft', 'issued', 'partially_paid', 'paid', 'overdue', 'void', 'refunded')),
    contract_id uuid not null,
    tenant_id uuid not null,
    property_id uuid not null,
    customer_name text not null,
    customer_register_no text,
    customer_tin text,
    -- what the tenant knows it by: "K-403; K-404" and the contract's code, as they were when it was made
    units text not null default '',
    contract_code text not null default '',
    -- the first day of the month that is billed
    period date not null constraint invoices_period_is_a_month check (extract(day from period) = 1),
    issued_on date,
    due_on date,
    -- all in mungo: subtotal without taxes, total with them
    subtotal bigint not null,
    vat_amount bigint not null,
    city_tax_amount bigint not null default 0,
    total bigint not null,
    paid_amount bigint not null default 0,
    corrects_id uuid,
    -- SHA-256 of the token in the link that the tenant gets
    link_hash bytea,
    note text not null default '',
    version int not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint invoices_of_owner unique (owner_id, id),
    constraint invoices_code_once unique (owner_id, code),
    constraint invoices_link_once unique (link_hash),
    constraint invoices_adds_up check (total = subtotal + vat_amount + city_tax_amount),
    constraint invoices_paid_within_total check (paid_amount between 0 and greatest(total, 0)),
    constraint invoices_number_when_issued check (status in ('draft', 'void') or (code is not null and issued_on is not null and due_on is not null)),
    constraint invoices_void_is_unpaid check (status <> 'void' or paid_amount = 0),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id),
    foreign key (owner_id, property_id) references properties (owner_id, id),
    foreign key (owner_id, corrects_id) references invoices (owner_id, id)
) with (fillfactor = 85);
-- A month is billed once, however often and wherever the run runs.
create unique index invoices_once_a_month on invoices (owner_id, contract_id, kind, period)
    where kind in ('rent', 'utility') and status <> 'void';
create index invoices_of_contract on invoices (owner_id, contract_id, period);
create index invoices_of_period on invoices (owner_id, period, id);
create index invoices_open on invoices (owner_id, tenant_id, due_on) where status in ('issued', 'partially_paid', 'overdue');
create index invoices_due on invoices (owner_id, due_on, id) where status in ('issued', 'partially_paid', 'overdue');
-- What was never issued the tenant does not see.
call app_protect('invoices',
    '(select app_sees_all_properties())
     or case when issued_on is null then array[property_id] else array[property_id, tenant_id, id] end && (select app_scope())::uuid[]',
    '(select app_keeps_books())');

-- An invoice's lines, receipts and QRs are seen by whoever sees the invoice. Asked row by row, and by policies only for
-- those who do not see all properties.
create function app_reaches_invoice(p_invoice uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return exists (select from invoices i where i.owner_id = app_owner_id() and i.id = p_invoice);
end $$;

create table invoice_items (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    invoice_id uuid not null,
    contract_item_id uuid,
    sort_order int not null,
    description text not null,
    quantity numeric(18, 6) not null,
    -- in mungo, as the contract states it
    unit_price bigint not null,
    -- in mungo with taxes, of which tax is the VAT
    amount bigint not null,
    tax_kind text not null constraint invoice_items_tax_kind_known check (tax_kind in ('VAT_ABLE', 'VAT_FREE', 'VAT_ZERO', 'NOT_VAT')),
    tax bigint not null,
    classification_code text not null,
    exemption_code text,
    -- days used ÷ days, area, price: what the sentence "how it was made" is written from
    made jsonb not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint invoice_items_of_owner unique (owner_id, id),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id)
);
create index invoice_items_of_invoice on invoice_items (owner_id, invoice_id, sort_order);
call app_protect('invoice_items',
    '(select app_sees_all_properties()) or app_reaches_invoice(invoice_id)', '(select app_keeps_books())');

create table payments (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    tenant_id uuid not null,
    method text not null constraint payments_method_known check (method in ('bank', 'qpay', 'socialpay', 'cash', 'deposit')),
    -- in mungo; a reversal is a row of its own, negative, that points at what it reverses
    amount bigint not null constraint payments_amount_not_zero check (amount <> 0),
    -- Σ of its allocations, kept by the same statements that write them
    allocated bigint not null default 0,
    paid_at timestamptz not null,
    payer text not null default '',
    -- the provider's own id of the payment: recorded once
    provider_reference text,
    status text not null default 'recorded' constraint payments_status_known check (status in ('recorded', 'reversed')),
    reverses_id uuid,
    note text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint payments_of_owner unique (owner_id, id),
    constraint payments_reference_once unique (owner_id, method, provider_reference),
    constraint payments_reversed_once unique (owner_id, reverses_id),
    constraint payments_allocated_within_amount check (allocated between 0 and greatest(amount, 0)),
    constraint payments_reversal_is_negative check ((reverses_id is null) = (amount > 0)),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id),
    foreign key (owner_id, reverses_id) references payments (owner_id, id)
);
create index payments_of_tenant on payments (owner_id, tenant_id, paid_at);
create index payments_by_day on payments (owner_id, paid_at, id);
-- What tenants have left over: the next bill looks here.
create index payments_with_credit on payments (owner_id, tenant_id) where status = 'recorded' and allocated < amount;
-- A tenant sees its own money, the holder of a link what was put on that bill.
create function app_reaches_payment(p_payment uuid, p_tenant uuid) returns boolean language plpgsql stable parallel safe cost 1 as $$
begin
    return case app_role()
        when 'tenant' then p_tenant = any(app_scope())
        when 'link' then exists (select from allocations a where a.owner_id = app_owner_id() and a.payment_id = p_payment)
        else false
    end;
end $$;
call app_protect('payments', '(select app_keeps_books()) or app_reaches_payment(id, tenant_id)', '(select app_keeps_books())');

create table allocations (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    payment_id uuid not null,
    invoice_id uuid not null,
    -- in mungo; a reversal's allocations are negative
    amount bigint not null constraint allocations_amount_not_zero check (amount <> 0),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint allocations_of_owner unique (owner_id, id),
    foreign key (owner_id, payment_id) references payments (owner_id, id),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id)
);
create index allocations_of_payment on allocations (owner_id, payment_id);
create index allocations_of_invoice on allocations (owner_id, invoice_id);
call app_protect('allocations',
    '(select app_keeps_books()) or ((select app_pays()) and app_reaches_invoice(invoice_id))', '(select app_keeps_books())');

-- What was asked of a QR provider for an invoice.
create table payment_intents (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    invoice_id uuid not null,
    provider text not null constraint payment_intents_provider_known check (provider in ('qpay', 'socialpay')),
    amount bigint not null constraint payment_intents_amount_positive check (amount > 0),
    status text not null default 'requested' constraint payment_intents_status_known
        check (status in ('requested', 'open', 'paid', 'cancelled', 'expired', 'failed')),
    -- how often the provider was asked: each time under a number of its own, for an answer may have been lost
    attempt int not null default 0 constraint payment_intents_attempt_sensible check (attempt between 0 and 60000),
    provider_invoice_id text,
    qr_text text,
    short_url text,
    -- [{name, description, logo, link}] as the provider gave them
    bank_links jsonb not null default '[]',
    -- SHA-256 of the token in the callback's path, which is all a callback is known by
    callback_hash bytea not null,
    expires_at timestamptz not null,
    -- when the provider last said what has come in; at first, when it made the QR
    checked_at timestamptz,
    last_error text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint payment_intents_of_owner unique (owner_id, id),
    constraint payment_intents_callback_once unique (callback_hash),
    constraint payment_intents_open_has_a_qr check (status <> 'open' or (provider_invoice_id is not null and qr_text is not null)),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id)
);
-- One that can be paid at a time: a second click finds the first.
create unique index payment_intents_one_open on payment_intents (owner_id, invoice_id, provider) where status in ('requested', 'open');
create index payment_intents_of_invoice on payment_intents (owner_id, invoice_id, id);
create index payment_intents_expiring on payment_intents (owner_id, expires_at) where status in ('requested', 'open');
call app_protect('payment_intents',
    '(select app_keeps_books()) or ((select app_pays()) and app_reaches_invoice(invoice_id))', '(select app_keeps_books())');
-- The one thing that people who pay write: a request for a QR.
create policy asks on payment_intents for insert to spacehub_app
    with check (owner_id = (select app_owner_id()) and (select app_pays()) and status = 'requested'
                and app_reaches_invoice(invoice_id));
-- However many callbacks come, one check waits; those that come while it runs make one more.
create unique index outbox_one_check_waiting on outbox (owner_id, aggregate_id)
    where kind = 'intent.check' and status = 'pending' and attempts = 0;

create table receipts (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    invoice_id uuid not null,
    payment_id uuid,
    type text not null constraint receipts_type_known check (type in ('B2C_RECEIPT', 'B2B_RECEIPT', 'B2C_INVOICE', 'B2B_INVOICE')),
    status text not null default 'pending' constraint receipts_status_known
        check (status in ('pending', 'sent', 'returned', 'parked', 'failed')),
    -- in mungo
    amount bigint not null constraint receipts_amount_positive check (amount > 0),
    vat_amount bigint not null default 0,
    -- the seller's own digits, the same at every try: the only handle on a duplicate
    bill_suffix text not null,
    -- written before the tax office is called and cleared when nothing reached it: found again, the answer was lost
    sending_since timestamptz,
    receipt_no text constraint receipts_receipt_no_form check (receipt_no ~ '^[0-9]{33}$'),
    -- exactly as the tax office wrote it: a return must quote it
    provider_date text,
    -- lottery number and QR, sealed, only until they have reached the tenant (docs/decisions/0001-lottery-numbers.md)
    sealed bytea,
    sent_at timestamptz,
    -- when the tenant's page first held them
    shown_at timestamptz,
    last_error text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint receipts_of_owner unique (owner_id, id),
    constraint receipts_number_once unique (owner_id, receipt_no),
    constraint receipts_one_a_payment_and_invoice unique (owner_id, invoice_id, payment_id),
    constraint receipts_sent_has_a_number check (status not in ('sent', 'returned') or (receipt_no is not null and provider_date is not null)),
    constraint receipts_sealed_is_sent check (sealed is null or status = 'sent'),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id),
    foreign key (owner_id, payment_id) references payments (owner_id, id)
);
create index receipts_unfinished on receipts (owner_id, id) where status in ('pending', 'parked', 'failed');
create index receipts_sealed on receipts (owner_id, id) where sealed is not null;
call app_protect('receipts',
    '(select app_sees_all_properties()) or app_reaches_invoice(invoice_id)', '(select app_keeps_books())');

create trigger touch before update on bank_accounts for each row execute function app_touch();
create trigger touch before update on invoices for each row execute function app_touch();
create trigger touch before update on payments for each row execute function app_touch();
create trigger touch before update on payment_intents for each row execute function app_touch();
create trigger touch before update on receipts for each row execute function app_touch();

-- Opens the page behind an invoice's link: its owner's world narrowed to that invoice.
create function app_begin_link(p_token_hash bytea) returns table (invoice_id uuid, owner_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    select i.id, i.owner_id into invoice_id, owner_id
      from public.invoices i where i.link_hash = p_token_hash and i.status not in ('draft', 'void');
    perform set_config('app.user_id', '', true),
            set_config('app.owner_id', coalesce(owner_id::text, ''), true),
            set_config('app.role', case when invoice_id is null then '' else 'link' end, true),
            set_config('app.scope', coalesce(invoice_id::text, ''), true);
    if invoice_id is not null then
        return next;
    end if;
end $$;
revoke all on function app_begin_link(bytea) from public;
grant execute on function app_begin_link(bytea) to spacehub_app;
alter function app_begin_link(bytea) owner to spacehub_auth;

-- Which owner and intent a callback speaks of; the callback itself is believed in nothing.
create function app_begin_callback(p_token_hash bytea) returns table (intent_id uuid, owner_id uuid)
language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
    select i.id, i.owner_id into intent_id, owner_id
      from public.payment_intents i where i.callback_hash = p_token_hash;
    perform set_config('app.user_id', '', true),
            set_config('app.owner_id', coalesce(owner_id::text, ''), true),
            set_config('app.role', case when intent_id is null then '' else 'callback' end, true),
            set_config('app.scope', '', true);
    if intent_id is not null then
        return next;
    end if;
end $$;
revoke all on function app_begin_callback(bytea) from public;
grant execute on function app_begin_callback(bytea) to spacehub_app;
alter function app_begin_callback(bytea) owner to spacehub_auth;

create policy opens on invoices for select to spacehub_auth using (true);
create policy opens on payment_intents for select to spacehub_auth using (true);
grant select (id, owner_id, link_hash, status) on invoices to spacehub_auth;
grant select (id, owner_id, callback_hash) on payment_intents to spacehub_auth;
