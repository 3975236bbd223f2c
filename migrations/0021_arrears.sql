-- Arrears: penalties that were charged or waived, promises to pay, reminders in stages.

-- The rest of a contract's written clause on penalty, beside penalty_bp: so many days after the due day none counts, and
-- whether those days count once they are over.
alter table contracts
    add column penalty_grace_days int not null default 0
        constraint contracts_penalty_grace_sensible check (penalty_grace_days between 0 and 100),
    add column penalty_from text not null default 'due'
        constraint contracts_penalty_from_known check (penalty_from in ('due', 'grace'));

-- What was decided about a bill's penalty: so much was charged on a fee invoice, or waived. Added to, never changed; what a
-- fee invoice that was taken back had charged is not charged.
create table penalties (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    invoice_id uuid not null,
    contract_id uuid not null,
    tenant_id uuid not null,
    as_of date not null,
    -- all amounts in mungo; computed is the whole penalty as of that day, charged or waived what was decided now
    computed bigint not null constraint penalties_computed_not_negative check (computed >= 0),
    charged bigint not null default 0,
    waived bigint not null default 0,
    reason text not null default '',
    fee_invoice_id uuid,
    made_by uuid default app_user_id() references users,
    booked_on date not null default app_today(),
    created_at timestamptz not null default now(),
    constraint penalties_of_owner unique (owner_id, id),
    constraint penalties_charged_or_waived check ((charged > 0 and waived = 0) or (waived > 0 and charged = 0)),
    constraint penalties_charged_on_a_bill check ((charged > 0) = (fee_invoice_id is not null)),
    constraint penalties_waived_for_a_reason check (waived = 0 or reason <> ''),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id),
    foreign key (owner_id, fee_invoice_id) references invoices (owner_id, id)
);
create index penalties_of_invoice on penalties (owner_id, invoice_id);
create index penalties_of_fee on penalties (owner_id, fee_invoice_id) where fee_invoice_id is not null;
create index penalties_of_contract on penalties (owner_id, contract_id);
create index penalties_of_tenant on penalties (owner_id, tenant_id);
call app_protect('penalties', '(select app_keeps_books())', '(select app_keeps_books())');
revoke update on penalties from spacehub_app, spacehub_worker;
drop policy changes on penalties;

-- The law's ceiling a second time, where nobody passes it by: all penalty charged on a bill is at most half of it. The
-- bill's row is locked, so that two charges at once are looked at one after the other.
create function penalties_within_the_law() returns trigger language plpgsql as $$
declare
    principal bigint;
    charged_before bigint;
begin
    select total into principal from invoices
     where owner_id = new.owner_id and id = new.invoice_id for no key update;
    select coalesce(sum(p.charged), 0) into charged_before
      from penalties p
      join invoices f on f.owner_id = p.owner_id and f.id = p.fee_invoice_id and f.status <> 'void'
     where p.owner_id = new.owner_id and p.invoice_id = new.invoice_id;
    if charged_before + new.charged > principal / 2 then
        raise exception 'more penalty than the law allows'
            using errcode = 'check_violation', constraint = 'penalties_within_the_law', table = 'penalties';
    end if;
    return new;
end $$;
create trigger keeps_locked_months after insert on penalties referencing new table as fresh
    for each statement execute function keep_locked_months('booked_on');
create trigger within_the_law before insert on penalties for each row when (new.charged > 0)
    execute function penalties_within_the_law();

-- That a tenant will pay so much of a contract's bills by a day.
create table promises_to_pay (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    tenant_id uuid not null,
    -- in mungo
    amount bigint not null constraint promises_to_pay_amount_positive check (amount > 0),
    made_on date not null,
    due_on date not null,
    note text not null default '',
    status text not null default 'open' constraint promises_to_pay_status_known
        check (status in ('open', 'kept', 'broken', 'cancelled')),
    -- the day on which it was found kept or broken, or cancelled
    settled_on date,
    made_by uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint promises_to_pay_of_owner unique (owner_id, id),
    constraint promises_to_pay_in_order check (due_on >= made_on),
    constraint promises_to_pay_settled check ((status = 'open') = (settled_on is null)),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id)
);
-- One at a time for a contract.
create unique index promises_to_pay_one_open on promises_to_pay (owner_id, contract_id) where status = 'open';
create index promises_to_pay_of_contract on promises_to_pay (owner_id, contract_id, made_on);
create index promises_to_pay_of_tenant on promises_to_pay (owner_id, tenant_id);
create index promises_to_pay_by_day on promises_to_pay (owner_id, due_on, id);
call app_protect('promises_to_pay', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on promises_to_pay for each row execute function app_touch();

-- Whether an owner's tenants are reminded without anybody asking for it.
alter table property_owners add column reminders_on boolean not null default true;

-- When a stage of reminders begins and what its text says, where the owner says something else than we do.
create table reminder_stages (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    stage smallint not null constraint reminder_stages_stage_known check (stage between 1 and 3),
    days_after_due int not null constraint reminder_stages_days_sensible check (days_after_due between 1 and 365),
    -- with placeholders in braces: {owner}, {space}, {amount}, {days}, {link}; null: ours
    text text,
    latin_text text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint reminder_stages_of_owner unique (owner_id, id),
    constraint reminder_stages_once unique (owner_id, stage)
);
call app_protect('reminder_stages', '(select app_keeps_books())', '(select app_directs())');
create trigger touch before update on reminder_stages for each row execute function app_touch();

-- Reminders that were sent together: by the clock, or by somebody who chose them.
create table reminder_orders (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    on_day date not null,
    by_hand boolean not null,
    made_by uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    constraint reminder_orders_of_owner unique (owner_id, id)
);
create index reminder_orders_by_day on reminder_orders (owner_id, on_day, id);
call app_protect('reminder_orders', '(select app_keeps_books())', '(select app_keeps_books())');
revoke update on reminder_orders from spacehub_app, spacehub_worker;
drop policy changes on reminder_orders;

-- A reminder to a contract's tenant.
create table reminders (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    order_id uuid not null,
    contract_id uuid not null,
    tenant_id uuid not null,
    stage smallint not null constraint reminders_stage_known check (stage between 1 and 3),
    channel text not null default 'sms' constraint reminders_channel_known check (channel = 'sms'),
    -- waiting: promised; sent: handed to sms_messages, which knows how far it got; skipped: there was no more need or no way
    status text not null default 'waiting' constraint reminders_status_known check (status in ('waiting', 'sent', 'skipped')),
    skipped_because text constraint reminders_skipped_because_known
        check (skipped_because in ('paid', 'promised', 'no_phone', 'bad_text')),
    -- what the text told, in mungo
    amount bigint,
    -- as staff may read it: with the link's secret part left out
    text text,
    sms_id uuid,
    sent_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint reminders_of_owner unique (owner_id, id),
    constraint reminders_skipped_for_a_reason check ((status = 'skipped') = (skipped_because is not null)),
    constraint reminders_sent_has_text check (status <> 'sent' or (text is not null and sms_id is not null and sent_on is not null)),
    foreign key (owner_id, order_id) references reminder_orders (owner_id, id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, tenant_id) references tenants (owner_id, id),
    foreign key (owner_id, sms_id) references sms_messages (owner_id, id)
);
create index reminders_of_order on reminders (owner_id, order_id, id);
create index reminders_of_contract on reminders (owner_id, contract_id, id);
create index reminders_of_tenant on reminders (owner_id, tenant_id);
create index reminders_of_sms on reminders (owner_id, sms_id) where sms_id is not null;
call app_protect('reminders', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on reminders for each row execute function app_touch();

-- The bills a reminder is about. A bill is reminded of once at a stage; what was skipped gives its place free again.
create table reminder_invoices (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    reminder_id uuid not null,
    invoice_id uuid not null,
    stage smallint not null constraint reminder_invoices_stage_known check (stage between 1 and 3),
    created_at timestamptz not null default now(),
    constraint reminder_invoices_of_owner unique (owner_id, id),
    constraint reminder_invoices_once_a_stage unique (owner_id, invoice_id, stage),
    foreign key (owner_id, reminder_id) references reminders (owner_id, id),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id)
);
create index reminder_invoices_of_reminder on reminder_invoices (owner_id, reminder_id);
call app_protect('reminder_invoices', '(select app_keeps_books())', '(select app_keeps_books())', '(select app_keeps_books())');
revoke update on reminder_invoices from spacehub_app, spacehub_worker;
drop policy changes on reminder_invoices;
