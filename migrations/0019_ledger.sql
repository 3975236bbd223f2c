-- The ledger: every row that means money posts itself, in the statement that writes it, as one entry whose postings sum to
-- nothing. Entries are added and never changed; what was wrong is taken back by an entry that is its opposite. And the
-- locks behind which nothing changes any more. docs/ledger.md says which event posts what.

-- Ids in the order in which they are made, for rows that a statement makes by itself.
create function app_uuid_v7() returns uuid language sql volatile parallel safe as $$
    select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
               placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
               52, 1), 53, 1), 'hex')::uuid
$$;

-- The business day: of the clock that a transaction lives by where it was told one (stories and the demo hold theirs
-- still), of Postgres otherwise.
create function app_today() returns date language sql stable parallel safe
    as $$ select coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone 'Asia/Ulaanbaatar')::date) $$;

-- The business day of a moment.
create function business_day(p_moment timestamptz) returns date language sql stable parallel safe
    as $$ select (p_moment at time zone 'Asia/Ulaanbaatar')::date $$;

-- Locked months: a lock covers its month and all before it. Neither a lock nor what opens it again is ever changed.

create table month_locks (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- its first day
    month date not null constraint month_locks_month_is_a_month check (extract(day from month) = 1),
    locked_by uuid default app_user_id() references users,
    locked_at timestamptz not null,
    created_at timestamptz not null default now(),
    constraint month_locks_of_owner unique (owner_id, id)
);
create index month_locks_of_month on month_locks (owner_id, month);

create table month_unlocks (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    lock_id uuid not null,
    unlocked_by uuid default app_user_id() references users,
    unlocked_at timestamptz not null,
    reason text not null constraint month_unlocks_reason_given check (reason <> ''),
    created_at timestamptz not null default now(),
    constraint month_unlocks_of_owner unique (owner_id, id),
    constraint month_unlocks_once unique (owner_id, lock_id),
    foreign key (owner_id, lock_id) references month_locks (owner_id, id)
);

-- Whoever works for the owner has to know; only who answers for it locks.
call app_protect('month_locks', '(select app_is_staff())', '(select app_directs())');
call app_protect('month_unlocks', '(select app_is_staff())', '(select app_directs())');

-- The last month that is locked; none when nothing is.
create function last_locked_month(p_owner uuid) returns date language sql stable as $$
    select max(l.month) from month_locks l
     where l.owner_id = p_owner
       and not exists (select from month_unlocks u where u.owner_id = l.owner_id and u.lock_id = l.id)
$$;

-- Whether nothing dated on that day may change any more.
create function day_is_locked(p_owner uuid, p_day date) returns boolean language sql stable as $$
    select coalesce(p_day < last_locked_month(p_owner) + interval '1 month', false)
$$;

-- Refuses a day of a locked month (SH003, the message is the month). Whoever writes holds the locks still together with
-- all others who write; whoever locks a month waits for them, and they for it.
create function ensure_month_open(p_owner uuid, p_day date) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('month locks ' || p_owner::text, 0));
    if day_is_locked(p_owner, p_day) then
        raise exception using errcode = 'SH003', message = to_char(p_day, 'YYYY-MM');
    end if;
end $$;

-- The business day in a row's column, as SQL.
create function dated_by(p_column text, p_row text) returns text language sql stable as $$
    select format(case when p_column like '%\_at' then 'business_day((%s).%I)' else '(%s).%I' end, p_row, p_column)
$$;

-- The same as a trigger on whatever is dated; its argument names the column, a date or a moment (`…_at`). Once a statement
-- for new rows (`referencing new table as fresh`), row by row for the few that change: there the old day counts too.
create function keep_locked_months() returns trigger language plpgsql as $$
declare
    dated constant text := tg_argv[0];
    days date[];
    one record;
begin
    if tg_level = 'ROW' then
        execute format('select array[%1$s, %2$s]', dated_by(dated, '$1'), dated_by(dated, '$2')) into days using old, new;
        perform ensure_month_open(new.owner_id, d.day) from unnest(days) as d (day) where d.day is not null;
        return new;
    end if;
    -- Asked so often that the plan is kept: what posts, and what it posts for.
    if dated = 'day' then
        for one in select owner_id, min(day) as day from fresh group by owner_id loop
            perform ensure_month_open(one.owner_id, one.day);
        end loop;
    elsif dated = 'paid_at' then
        for one in select owner_id, business_day(min(paid_at)) as day from fresh group by owner_id loop
            perform ensure_month_open(one.owner_id, one.day);
        end loop;
    elsif dated = 'booked_on' then
        for one in select owner_id, min(booked_on) as day from fresh group by owner_id loop
            perform ensure_month_open(one.owner_id, one.day);
        end loop;
    elsif dated = 'issued_on' then
        for one in select owner_id, min(issued_on) as day from fresh where issued_on is not null group by owner_id loop
            perform ensure_month_open(one.owner_id, one.day);
        end loop;
    else
        for one in execute format('select f.owner_id, min(%s) as day from fresh f group by f.owner_id', dated_by(dated, 'f')) loop
            perform ensure_month_open(one.owner_id, one.day) where one.day is not null;
        end loop;
    end if;
    return null;
end $$;

-- Days on which things count, so that the past is the same however late it is asked about.

-- The day on which a bill was taken back: until then it was owed.
alter table invoices add column voided_on date;
-- The day on which money counts on a bill, for ever: of a payment entered with it the day it was paid, of credit that was
-- spent or moved later the day on which that was done; never before the bill was issued.
alter table allocations add column booked_on date;
-- Held already when the contract came in: the money came before these books.
alter table deposit_entries add column brought boolean not null default false;

create function invoices_void() returns trigger language plpgsql as $$
begin
    new.voided_on := greatest(coalesce(new.voided_on, app_today()), new.issued_on);
    return new;
end $$;
create trigger voids before update of status on invoices
    for each row when (new.status = 'void' and old.status <> 'void') execute function invoices_void();

create function allocations_book() returns trigger language plpgsql as $$
declare
    since date;
begin
    if new.booked_on is null then
        select case when p.created_at = now() then business_day(p.paid_at) else greatest(business_day(p.paid_at), app_today()) end
          into since from payments p where p.owner_id = new.owner_id and p.id = new.payment_id;
        select greatest(coalesce(since, app_today()), i.issued_on)
          into new.booked_on from invoices i where i.owner_id = new.owner_id and i.id = new.invoice_id;
    end if;
    return new;
end $$;
create trigger books before insert on allocations for each row execute function allocations_book();

create or replace function contracts_bring_deposit() returns trigger language plpgsql as $$
declare
    day constant date := least(new.starts_on, app_today());
begin
    insert into deposit_entries (id, owner_id, contract_id, kind, on_day, due_amount)
    select gen_random_uuid(), new.owner_id, new.id, 'due', day, new.deposit_amount where new.deposit_amount > 0;
    insert into deposit_entries (id, owner_id, contract_id, kind, on_day, held_amount, brought)
    select gen_random_uuid(), new.owner_id, new.id, 'received', day, new.deposit_received, true where new.deposit_received > 0;
    return null;
end $$;

-- Entries and their postings.

create table ledger_entries (
    id uuid primary key,
    owner_id uuid not null references property_owners,
    event text not null constraint ledger_entries_event_known check (event in
        ('invoice_issued', 'fee_issued', 'correction_issued', 'invoice_brought', 'invoice_voided', 'invoice_removed',
         'payment_received', 'payment_brought', 'payment_reversed', 'payment_removed', 'payment_allocated',
         'allocation_undone', 'deposit_received', 'deposit_brought', 'deposit_set_off', 'deposit_refunded',
         'deposit_corrected', 'deposit_removed', 'write_off')),
    -- the bill, the payment, the allocation, the deposit's entry; an import that is undone may have taken it out
    reference_id uuid not null,
    -- the business day on which it counts
    day date not null,
    -- the month in whose books it stands
    month date not null generated always as (day - (extract(day from day)::int - 1)) stored,
    tenant_id uuid not null,
    -- none: money that is a tenant's, on no contract yet
    contract_id uuid,
    property_id uuid,
    -- the entry that this one takes back
    reverses_id uuid,
    -- how many postings it has
    lines int not null constraint ledger_entries_has_postings check (lines >= 2),
    user_id uuid default app_user_id(),
    role text default app_role(),
    created_at timestamptz not null default now(),
    constraint ledger_entries_of_owner unique (owner_id, id),
    constraint ledger_entries_once unique (owner_id, reference_id, event),
    foreign key (owner_id, reverses_id) references ledger_entries (owner_id, id)
);
create unique index ledger_entries_reversed_once on ledger_entries (owner_id, reverses_id) where reverses_id is not null;
create index ledger_entries_of_contract on ledger_entries (owner_id, contract_id, day) where contract_id is not null;

create table ledger_postings (
    id uuid primary key,
    owner_id uuid not null,
    -- its entry, of the same owner; held true by ledger_postings_balance, set by set, where a foreign key would ask row by row
    entry_id uuid not null,
    line int not null,
    account text not null constraint ledger_postings_account_known check (account in
        ('receivable', 'tenant_credit', 'deposits_held', 'vat_payable', 'city_tax', 'opening_balance', 'write_off',
         'clearing_bank', 'clearing_cash', 'clearing_qpay', 'clearing_socialpay', 'clearing_deposit',
         'income_rent', 'income_management', 'income_parking', 'income_service', 'income_sale', 'income_fee',
         'income_utility', 'income_hot_water', 'income_cold_water', 'income_electricity', 'income_heat', 'income_gas')),
    -- in mungo: debit above nothing, credit below
    amount bigint not null constraint ledger_postings_amount_not_zero check (amount <> 0),
    -- of its entry, so that a balance as of a day is one look
    day date not null,
    property_id uuid,
    created_at timestamptz not null default now(),
    constraint ledger_postings_line_once unique (owner_id, entry_id, line)
);
create index ledger_postings_of_account on ledger_postings (owner_id, account, day) include (property_id, amount);

-- The books are the owner's own. Added to, never changed.
call app_protect('ledger_entries', '(select app_keeps_books())', '(select app_keeps_books())');
call app_protect('ledger_postings', '(select app_keeps_books())', '(select app_keeps_books())');
do $$
declare
    kept text;
begin
    foreach kept in array array['month_locks', 'month_unlocks', 'ledger_entries', 'ledger_postings'] loop
        execute format('drop policy changes on %I', kept);
        execute format('revoke update on %I from spacehub_app, spacehub_worker', kept);
    end loop;
end $$;

-- The same for whoever is bound by no grant.
create function never_changed() returns trigger language plpgsql as $$
begin
    raise exception '% is added to and never changed', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger never_changed before update or delete or truncate on ledger_entries
    for each statement execute function never_changed();
create trigger never_changed before update or delete or truncate on ledger_postings
    for each statement execute function never_changed();
create trigger never_changed before update or delete or truncate on month_locks
    for each statement execute function never_changed();
create trigger never_changed before update or delete or truncate on month_unlocks
    for each statement execute function never_changed();

-- Every entry is balanced, whole and of one day when its statement ends: an entry and its postings are written by one
-- statement, and all lines are taken, so nothing is added to it later. A hundred thousand are looked at in one go, each by
-- its key: as subqueries, which no plan made over empty tables turns into a walk through all for each.
create function ledger_postings_balance() returns trigger language plpgsql as $$
declare
    wrong uuid;
begin
    select p.entry_id into wrong
      from (select owner_id, entry_id, sum(amount) as left_over, count(*) as lines, min(line) as first, max(line) as last,
                   min(day) as day, max(day) as last_day
              from fresh group by owner_id, entry_id) p
     where p.left_over <> 0 or p.first <> 1 or p.last <> p.lines or p.day <> p.last_day
        or (select e.lines = p.lines and e.day = p.day from ledger_entries e
             where e.owner_id = p.owner_id and e.id = p.entry_id) is not true
     limit 1;
    if found then
        raise exception 'the entry % is not balanced', wrong
            using errcode = 'check_violation', constraint = 'ledger_entries_balanced', table = 'ledger_entries';
    end if;
    return null;
end $$;
create trigger balance after insert on ledger_postings referencing new table as fresh
    for each statement execute function ledger_postings_balance();

create function ledger_entries_whole() returns trigger language plpgsql as $$
declare
    wrong uuid;
begin
    select e.id into wrong from fresh e
     where (select p.line from ledger_postings p where p.owner_id = e.owner_id and p.entry_id = e.id and p.line = 1) is null
        -- what takes an entry back is its opposite, account by account
        or (e.reverses_id is not null
            and (select count(*) from (select from ledger_postings p
                                        where p.owner_id = e.owner_id and p.entry_id in (e.id, e.reverses_id)
                                        group by p.account having sum(p.amount) <> 0) left_over) > 0)
     limit 1;
    if found then
        raise exception 'the entry % is not whole', wrong
            using errcode = 'check_violation', constraint = 'ledger_entries_balanced', table = 'ledger_entries';
    end if;
    return null;
end $$;
create trigger whole after insert on ledger_entries referencing new table as fresh
    for each statement execute function ledger_entries_whole();

-- What posts: one function an event, each one statement for however many rows.

-- The account that a bill's line is income of; `domain::ledger::income_of_line` says the same.
create function ledger_income_account(p_bill text, p_charge text, p_meter text) returns text
language sql stable parallel safe as $$
    select case
        when p_bill = 'sale' then 'income_sale'
        when p_bill = 'fee' then 'income_fee'
        when p_bill = 'utility' then case
            when p_meter in ('hot_water', 'cold_water', 'electricity', 'heat', 'gas') then 'income_' || p_meter
            else 'income_utility' end
        when p_charge in ('management', 'parking', 'service') then 'income_' || p_charge
        else 'income_rent' end
$$;

-- The bills that are out and not in the ledger yet. A bill that was brought along was income elsewhere. No step joins what
-- an earlier one made: a hundred thousand bills are walked once.
create function ledger_post_issued(p_invoices uuid[]) returns void language sql as $$
    with bills as materialized (
        select app_uuid_v7() as entry_id, i.id, i.owner_id, i.issued_on as day, i.tenant_id, i.contract_id, i.property_id,
               i.total, i.vat_amount, i.city_tax_amount, coalesce(c.kind, i.kind) as speaks_of,
               exists (select from invoice_items l
                        where l.owner_id = i.owner_id and l.invoice_id = i.id and l.made ->> 'from_what' = 'imported') as brought,
               case i.kind when 'fee' then 'fee_issued' when 'correction' then 'correction_issued' else 'invoice_issued' end as event
          from unnest(p_invoices) as posted (id)
          join invoices i on i.id = posted.id
          left join invoices c on c.owner_id = i.owner_id and c.id = i.corrects_id
         where i.code is not null and i.issued_on is not null and i.total <> 0
           and (select count(*) from ledger_entries e where e.owner_id = i.owner_id and e.reference_id = i.id) = 0),
    postings as materialized (
        select b.*, p.*
          from bills b
         cross join lateral (
            select s.account, sum(s.amount)::bigint as amount, row_number() over (order by s.account)::int as line,
                   count(*) over ()::int as lines
              from (values ('receivable', b.total),
                           (case when b.brought then 'opening_balance' end, -b.total),
                           (case when not b.brought then 'vat_payable' end, -b.vat_amount),
                           (case when not b.brought then 'city_tax' end, -b.city_tax_amount),
                           -- the whole income, of which the lines then say what it is for: the city tax is inside them
                           (case when not b.brought then ledger_income_account(b.speaks_of, null, null) end,
                            b.vat_amount + b.city_tax_amount - b.total)
                     union all
                    select i.account, i.amount
                      from invoice_items l
                      left join contract_items t on t.owner_id = l.owner_id and t.id = l.contract_item_id
                     cross join lateral (values
                           (ledger_income_account(b.speaks_of, t.kind, l.made ->> 'kind'), l.tax - l.amount),
                           (ledger_income_account(b.speaks_of, null, null), l.amount - l.tax)) as i (account, amount)
                     where l.owner_id = b.owner_id and l.invoice_id = b.id and not b.brought) as s (account, amount)
             where s.account is not null
             group by s.account having sum(s.amount) <> 0) p),
    entered as (
        insert into ledger_entries (id, owner_id, event, reference_id, day, tenant_id, contract_id, property_id, lines)
        select entry_id, owner_id, case when brought then 'invoice_brought' else event end, id, day, tenant_id, contract_id,
               property_id, lines
          from postings where line = 1)
    insert into ledger_postings (id, owner_id, entry_id, line, account, amount, day, property_id)
    select app_uuid_v7(), owner_id, entry_id, line, account, amount, day, property_id from postings
$$;

-- Takes entries back: the opposite of each, on the day given or on its own.
create function ledger_reverse(p_event text, p_entries uuid[], p_references uuid[], p_days date[]) returns void
language sql as $$
    with taken as materialized (
        select app_uuid_v7() as entry_id, coalesce(t.day, e.day) as on_day, t.reference_id as reference, e.*
          from unnest(p_entries, p_references, p_days) as t (id, reference_id, day)
          join ledger_entries e on e.id = t.id),
    entered as (
        insert into ledger_entries (id, owner_id, event, reference_id, day, tenant_id, contract_id, property_id, reverses_id, lines)
        select entry_id, owner_id, p_event, reference, on_day, tenant_id, contract_id, property_id, id, lines from taken)
    insert into ledger_postings (id, owner_id, entry_id, line, account, amount, day, property_id)
    select app_uuid_v7(), t.owner_id, t.entry_id, p.line, p.account, -p.amount, t.on_day, p.property_id
      from taken t join ledger_postings p on p.owner_id = t.owner_id and p.entry_id = t.id
$$;

-- Entries of two postings: what each moves from the one account to the other.
create function ledger_post_moves(p_owners uuid[], p_events text[], p_references uuid[], p_days date[], p_tenants uuid[],
                                  p_contracts uuid[], p_properties uuid[], p_debits text[], p_credits text[], p_amounts bigint[])
returns void language sql as $$
    with moves as materialized (
        select app_uuid_v7() as entry_id, m.*
          from unnest(p_owners, p_events, p_references, p_days, p_tenants, p_contracts, p_properties, p_debits, p_credits, p_amounts)
            as m (owner_id, event, reference_id, day, tenant_id, contract_id, property_id, debit, credit, amount)),
    entered as (
        insert into ledger_entries (id, owner_id, event, reference_id, day, tenant_id, contract_id, property_id, lines)
        select entry_id, owner_id, event, reference_id, day, tenant_id, contract_id, property_id, 2 from moves)
    insert into ledger_postings (id, owner_id, entry_id, line, account, amount, day, property_id)
    select app_uuid_v7(), m.owner_id, m.entry_id, s.line, s.account, s.amount, m.day, m.property_id
      from moves m cross join lateral (values (1, m.debit, m.amount), (2, m.credit, -m.amount)) as s (line, account, amount)
$$;

create function ledger_post_payments(p_payments uuid[]) returns void language plpgsql as $$
begin
    perform ledger_post_moves(array_agg(p.owner_id), array_agg(case when p.brought then 'payment_brought' else 'payment_received' end),
                              array_agg(p.id), array_agg(business_day(p.paid_at)), array_agg(p.tenant_id),
                              array_agg(null::uuid), array_agg(null::uuid),
                              array_agg(case when p.brought then 'opening_balance' else 'clearing_' || p.method end),
                              array_agg('tenant_credit'::text), array_agg(p.amount))
       from (select p.*, coalesce(p.provider_reference like 'OB-%' and p.method = 'bank', false) as brought
               from payments p where p.id = any (p_payments) and p.reverses_id is null) p
     having count(*) > 0;
    perform ledger_reverse('payment_reversed', array_agg(e.id), array_agg(p.id), array_agg(business_day(p.paid_at)))
       from payments p
       join ledger_entries e on e.owner_id = p.owner_id and e.reference_id = p.reverses_id
                            and e.event in ('payment_received', 'payment_brought')
      where p.id = any (p_payments)
     having count(*) > 0;
end $$;

create function ledger_post_allocations(p_allocations uuid[]) returns void language sql as $$
    select ledger_post_moves(array_agg(a.owner_id), array_agg(case when a.amount > 0 then 'payment_allocated' else 'allocation_undone' end),
                             array_agg(a.id), array_agg(a.booked_on), array_agg(i.tenant_id), array_agg(i.contract_id),
                             array_agg(i.property_id), array_agg('tenant_credit'::text), array_agg('receivable'::text), array_agg(a.amount))
      from allocations a join invoices i on i.owner_id = a.owner_id and i.id = a.invoice_id
     where a.id = any (p_allocations)
    having count(*) > 0
$$;

create function ledger_post_deposits(p_entries uuid[]) returns void language plpgsql as $$
begin
    -- What one contract's deposit passes on to the next goes out at the bank and comes in again.
    perform ledger_post_moves(array_agg(d.owner_id), array_agg(case when d.brought then 'deposit_brought' else 'deposit_' || d.kind end),
                              array_agg(d.id), array_agg(d.on_day), array_agg(c.tenant_id), array_agg(d.contract_id),
                              array_agg(c.property_id),
                              array_agg(case when d.brought then 'opening_balance' when d.kind = 'set_off' then 'clearing_deposit'
                                             else 'clearing_bank' end),
                              array_agg('deposits_held'::text), array_agg(d.held_amount))
       from deposit_entries d join contracts c on c.owner_id = d.owner_id and c.id = d.contract_id
      where d.id = any (p_entries) and d.held_amount <> 0 and d.corrects_id is null
     having count(*) > 0;
    perform ledger_reverse('deposit_corrected', array_agg(e.id), array_agg(d.id), array_agg(d.on_day))
       from deposit_entries d
       join ledger_entries e on e.owner_id = d.owner_id and e.reference_id = d.corrects_id
      where d.id = any (p_entries) and d.corrects_id is not null
     having count(*) > 0;
end $$;

-- When they post.

-- A bill posts when its lines are there, and a draft when it goes out.
create function invoice_items_post() returns trigger language plpgsql as $$
begin
    perform ledger_post_issued(array_agg(distinct invoice_id)) from fresh having count(*) > 0;
    return null;
end $$;
create trigger posts after insert on invoice_items referencing new table as fresh
    for each statement execute function invoice_items_post();

create function invoices_post() returns trigger language plpgsql as $$
begin
    if new.status = 'void' then
        perform ledger_reverse('invoice_voided', array[e.id], array[new.id], array[new.voided_on])
           from ledger_entries e
          where e.owner_id = new.owner_id and e.reference_id = new.id
            and e.event in ('invoice_issued', 'fee_issued', 'correction_issued', 'invoice_brought');
    else
        perform ledger_post_issued(array[new.id]);
    end if;
    return null;
end $$;
create trigger posts after update of status on invoices
    for each row when (old.status is distinct from new.status and (old.status = 'draft' or new.status = 'void'))
    execute function invoices_post();

create function payments_post() returns trigger language plpgsql as $$
begin
    perform ledger_post_payments(array_agg(id)) from fresh having count(*) > 0;
    return null;
end $$;
create trigger posts after insert on payments referencing new table as fresh
    for each statement execute function payments_post();

create function allocations_post() returns trigger language plpgsql as $$
begin
    perform ledger_post_allocations(array_agg(id)) from fresh having count(*) > 0;
    return null;
end $$;
create trigger posts after insert on allocations referencing new table as fresh
    for each statement execute function allocations_post();

create function deposit_entries_post() returns trigger language plpgsql as $$
begin
    perform ledger_post_deposits(array_agg(id)) from fresh having count(*) > 0;
    return null;
end $$;
create trigger posts after insert on deposit_entries referencing new table as fresh
    for each statement execute function deposit_entries_post();

-- What an undone import takes out is taken back on its own day: as if it had never been.
create function ledger_forget() returns trigger language plpgsql as $$
begin
    perform ledger_reverse(tg_argv[0], array_agg(e.id), array_agg(e.reference_id), array_agg(e.day))
       from gone g
       join ledger_entries e on e.owner_id = g.owner_id and e.reference_id = g.id and e.reverses_id is null
      where (select count(*) from ledger_entries r where r.owner_id = e.owner_id and r.reverses_id = e.id) = 0
     having count(*) > 0;
    return null;
end $$;
create trigger forgets after delete on invoices referencing old table as gone
    for each statement execute function ledger_forget('invoice_removed');
create trigger forgets after delete on payments referencing old table as gone
    for each statement execute function ledger_forget('payment_removed');
create trigger forgets after delete on deposit_entries referencing old table as gone
    for each statement execute function ledger_forget('deposit_removed');

-- What running systems have by now. Their tables hide everything from the migration itself, unless told not to.
do $$
declare
    hiding constant text[] := array['invoices', 'invoice_items', 'payments', 'allocations', 'deposit_entries', 'contracts',
                                    'contract_items', 'ledger_entries', 'ledger_postings', 'month_locks', 'month_unlocks'];
    hides text;
begin
    foreach hides in array hiding loop
        execute format('alter table %I no force row level security', hides);
    end loop;
    alter table invoices disable trigger touch;
    update invoices set voided_on = greatest(business_day(updated_at), issued_on) where status = 'void';
    alter table invoices enable trigger touch;
    update allocations a
       set booked_on = greatest(business_day(p.paid_at), i.issued_on,
                               case when a.created_at > p.created_at then business_day(a.created_at) end)
      from payments p, invoices i
     where p.owner_id = a.owner_id and p.id = a.payment_id and i.owner_id = a.owner_id and i.id = a.invoice_id;
    -- the entries that came in with their contract: made in the same moment
    update deposit_entries d set brought = true
      from contracts c
     where c.owner_id = d.owner_id and c.id = d.contract_id and d.kind = 'received' and d.payment_id is null
       and d.reference = '' and d.created_at = c.created_at;
    perform ledger_post_issued(array_agg(id)) from invoices having count(*) > 0;
    perform ledger_reverse('invoice_voided', array_agg(e.id), array_agg(i.id), array_agg(i.voided_on))
       from invoices i join ledger_entries e on e.owner_id = i.owner_id and e.reference_id = i.id
      where i.status = 'void'
     having count(*) > 0;
    perform ledger_post_payments(array_agg(id order by created_at)) from payments having count(*) > 0;
    perform ledger_post_allocations(array_agg(id)) from allocations having count(*) > 0;
    perform ledger_post_deposits(array_agg(id)) from deposit_entries having count(*) > 0;
    foreach hides in array hiding loop
        execute format('alter table %I force row level security', hides);
    end loop;
end $$;
alter table allocations alter column booked_on set not null;
-- What came after a day: what was open on that day is what is open now, without it.
create index allocations_by_day on allocations (owner_id, booked_on);
create index invoices_voided on invoices (owner_id, voided_on) where voided_on is not null;

-- The guards. A bill of a locked month is not taken back, a payment of it not changed; what goes on with them goes on in
-- the open month.
create trigger keeps_locked_months after insert on ledger_entries referencing new table as fresh
    for each statement execute function keep_locked_months('day');
create trigger keeps_locked_months after insert on invoices referencing new table as fresh
    for each statement execute function keep_locked_months('issued_on');
create trigger keeps_locked_months_too before update of status, issued_on, period, kind, contract_id, tenant_id, property_id,
                                                        subtotal, vat_amount, city_tax_amount, total on invoices
    for each row when ((new.status = 'void' and old.status <> 'void')
        or (old.issued_on, old.period, old.kind, old.contract_id, old.tenant_id, old.property_id, old.subtotal, old.vat_amount,
            old.city_tax_amount, old.total) is distinct from
           (new.issued_on, new.period, new.kind, new.contract_id, new.tenant_id, new.property_id, new.subtotal, new.vat_amount,
            new.city_tax_amount, new.total))
    execute function keep_locked_months('issued_on');
create trigger keeps_locked_months after insert on payments referencing new table as fresh
    for each statement execute function keep_locked_months('paid_at');
create trigger keeps_locked_months_too before update of paid_at, amount, method, tenant_id on payments
    for each row when ((old.paid_at, old.amount, old.method, old.tenant_id) is distinct from
                       (new.paid_at, new.amount, new.method, new.tenant_id))
    execute function keep_locked_months('paid_at');
create trigger keeps_locked_months after insert on allocations referencing new table as fresh
    for each statement execute function keep_locked_months('booked_on');
create trigger keeps_locked_months after insert on deposit_entries referencing new table as fresh
    for each statement execute function keep_locked_months('on_day');
create trigger keeps_locked_months after insert on readings referencing new table as fresh
    for each statement execute function keep_locked_months('read_on');
create trigger keeps_locked_months_too before update of read_on, previous, current, multiplier, consumption on readings
    for each row when ((old.read_on, old.previous, old.current, old.multiplier, old.consumption) is distinct from
                       (new.read_on, new.previous, new.current, new.multiplier, new.consumption))
    execute function keep_locked_months('read_on');
