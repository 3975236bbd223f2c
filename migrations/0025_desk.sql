-- The desk: reports that were kept of a month, views of lists, bills written off, receipts returned, one memory of reminding.

-- Reports of a month that somebody took along, whole and once the month was over. Added to, never changed.
create table month_reports (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- its first day
    month date not null constraint month_reports_month_is_a_month check (extract(day from month) = 1),
    report text not null constraint month_reports_report_known
        check (report in ('charges', 'collections', 'receivables', 'penalties')),
    row_count int not null constraint month_reports_rows_not_negative check (row_count >= 0),
    saved_by uuid default app_user_id() references users,
    saved_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint month_reports_of_owner unique (owner_id, id)
);
create index month_reports_of_month on month_reports (owner_id, month, report, saved_at);
call app_protect('month_reports', '(select app_keeps_books())', '(select app_keeps_books())');
revoke update on month_reports from spacehub_app, spacehub_worker;
drop policy changes on month_reports;

-- One memory of reminding: what is reminded of by a bulk order is a reminder like any other, which its items point at.
alter table bulk_orders add column stage smallint constraint bulk_orders_stage_known check (stage between 1 and 3);
alter table bulk_orders add constraint bulk_orders_stage_of_reminders check (stage is null or verb = 'remind');
alter table bulk_order_items add column reminder_id uuid;
alter table bulk_order_items add constraint bulk_order_items_owner_id_reminder_id_fkey
    foreign key (owner_id, reminder_id) references reminders (owner_id, id);
create index bulk_order_items_of_reminder on bulk_order_items (owner_id, reminder_id) where reminder_id is not null;

-- Views of a list: somebody's filter and columns under a name, for oneself or for all who work for the owner.
create table list_views (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    user_id uuid not null default app_user_id() references users,
    list text not null constraint list_views_list_known check (list in ('invoices')),
    name text not null constraint list_views_name_length check (length(name) between 1 and 60),
    -- as the API takes it
    filter jsonb not null,
    columns text[] not null,
    shared boolean not null default false,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint list_views_of_owner unique (owner_id, id),
    constraint list_views_name_once unique (owner_id, user_id, list, name)
);
create index list_views_shared on list_views (owner_id, list) where shared;
call app_protect('list_views',
    '(select app_is_staff()) and (shared or user_id = (select app_user_id()))',
    '(select app_is_staff()) and user_id = (select app_user_id())',
    '(select app_is_staff()) and user_id = (select app_user_id())');
create trigger touch before update on list_views for each row execute function app_touch();

-- What of a bill is given up for good. Whoever keeps the books asks, whoever answers for them decides. What was booked is
-- taken off the bill by an allocation that names it, and taken back by the opposite.
create table write_offs (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    invoice_id uuid not null,
    -- in mungo
    amount bigint not null constraint write_offs_amount_positive check (amount > 0),
    reason text not null constraint write_offs_reason_given check (reason <> ''),
    status text not null constraint write_offs_status_known check (status in ('asked', 'booked', 'refused', 'reversed')),
    asked_by uuid default app_user_id() references users,
    asked_at timestamptz not null,
    decided_by uuid references users,
    decided_at timestamptz,
    booked_on date,
    -- why it was refused or taken back
    answer text not null default '',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint write_offs_of_owner unique (owner_id, id),
    constraint write_offs_decided check ((status = 'asked') = (decided_at is null)),
    constraint write_offs_booked_has_day check ((status in ('booked', 'reversed')) = (booked_on is not null)),
    constraint write_offs_answered check (status not in ('refused', 'reversed') or answer <> ''),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id)
);
create unique index write_offs_one_asked on write_offs (owner_id, invoice_id) where status = 'asked';
create index write_offs_of_invoice on write_offs (owner_id, invoice_id);
create index write_offs_by_status on write_offs (owner_id, status, id);
call app_protect('write_offs', '(select app_keeps_books())', '(select app_directs())');
create policy asks on write_offs for insert to spacehub_app, spacehub_worker
    with check (owner_id = (select app_owner_id()) and (select app_keeps_books()) and status = 'asked');
create trigger touch before update on write_offs for each row execute function app_touch();
create trigger keeps_locked_months after insert on write_offs referencing new table as fresh
    for each statement execute function keep_locked_months('booked_on');

alter table allocations add column write_off_id uuid;
alter table allocations add constraint allocations_owner_id_write_off_id_fkey
    foreign key (owner_id, write_off_id) references write_offs (owner_id, id);
alter table allocations drop constraint allocations_from_one_source;
alter table allocations add constraint allocations_from_one_source
    check (num_nonnulls(payment_id, from_invoice_id, write_off_id) = 1);
create index allocations_of_write_off on allocations (owner_id, write_off_id) where write_off_id is not null;

alter table ledger_entries drop constraint ledger_entries_event_known;
alter table ledger_entries add constraint ledger_entries_event_known check (event in
    ('invoice_issued', 'fee_issued', 'correction_issued', 'invoice_brought', 'invoice_voided', 'invoice_removed',
     'payment_received', 'payment_brought', 'payment_reversed', 'payment_removed', 'payment_allocated',
     'allocation_undone', 'deposit_received', 'deposit_brought', 'deposit_set_off', 'deposit_refunded',
     'deposit_corrected', 'deposit_removed', 'write_off', 'write_off_undone'));

-- What is written off moves from what is owed to what is given up; what is taken back names the entry it takes back.
create function ledger_post_write_offs(p_allocations uuid[]) returns void language plpgsql as $$
begin
    perform ledger_post_moves(array_agg(a.owner_id), array_agg('write_off'::text), array_agg(a.id), array_agg(a.booked_on),
                              array_agg(i.tenant_id), array_agg(i.contract_id), array_agg(i.property_id),
                              array_agg('write_off'::text), array_agg('receivable'::text), array_agg(a.amount))
       from allocations a join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
      where a.id = any (p_allocations) and a.amount > 0
     having count(*) > 0;
    perform ledger_reverse('write_off_undone', array_agg(e.id), array_agg(a.id), array_agg(a.booked_on))
       from allocations a
       join allocations o on o.owner_id = a.owner_id and o.write_off_id = a.write_off_id and o.amount > 0
       join ledger_entries e on e.owner_id = o.owner_id and e.reference_id = o.id and e.event = 'write_off'
      where a.id = any (p_allocations) and a.amount < 0
     having count(*) > 0;
end $$;

create or replace function allocations_post() returns trigger language plpgsql as $$
begin
    perform ledger_post_allocations(array_agg(id)) from fresh where write_off_id is null having count(*) > 0;
    perform ledger_post_write_offs(array_agg(id)) from fresh where write_off_id is not null having count(*) > 0;
    return null;
end $$;

-- A receipt says what its payment pays of a bill. What pays less later is told of by a receipt that takes the place of the
-- one before, what pays nothing any more is given back.
alter table receipts add column replaces_id uuid;
-- written before the tax office is asked to take it back: found again, it may have done so
alter table receipts add column returning_since timestamptz;
alter table receipts add column returned_at timestamptz;
alter table receipts add constraint receipts_owner_id_replaces_id_fkey
    foreign key (owner_id, replaces_id) references receipts (owner_id, id);
alter table receipts drop constraint receipts_one_a_payment_and_invoice;
create unique index receipts_one_a_payment_and_invoice on receipts (owner_id, invoice_id, payment_id) where replaces_id is null;
create unique index receipts_replaced_once on receipts (owner_id, replaces_id) where replaces_id is not null and status <> 'failed';
create index receipts_of_payment on receipts (owner_id, payment_id, id);

-- Where the parties wrote the penalty down: the clause's number or its words.
alter table contracts add column penalty_clause text not null default ''
    constraint contracts_penalty_clause_length check (length(penalty_clause) <= 500);
