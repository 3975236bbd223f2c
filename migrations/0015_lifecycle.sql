-- The life of contracts: their steps, what ended them and what undid that, what they were settled with, and deposits.

alter table contracts
    -- the contract that this one goes on from: the day after its end is this one's first
    add column renews_contract_id uuid,
    -- the end of which its tenant was told, so that the text goes out once for each end
    add column told_of_end date,
    add constraint contracts_renews foreign key (owner_id, renews_contract_id) references contracts (owner_id, id),
    add constraint contracts_renews_another check (renews_contract_id <> id);
-- One contract goes on from another; a renewal that was dropped makes room for the next.
create unique index contracts_renewed_once on contracts (owner_id, renews_contract_id)
    where renews_contract_id is not null and status <> 'terminated';
-- What the daily look at ends asks.
create index contracts_running_out on contracts (owner_id, ends_on) where status in ('active', 'grace_period');

alter table contract_history drop constraint contract_history_what_known;
alter table contract_history add constraint contract_history_what_known check (what in
    ('drafted', 'imported', 'edited', 'rooms_set', 'charge_added', 'charge_ended', 'charges_set', 'schedule_set',
     'increase_added', 'increase_ended', 'increased', 'index_given', 'discount_added', 'discount_ended', 'approved',
     'approval_withdrawn', 'sent_to_sign', 'sent_back', 'signed', 'activated', 'extended', 'renegotiated', 'renewed',
     'grace_begun', 'expired', 'terminated', 'dropped', 'restored', 'deposit_changed', 'document_added'));

-- Why a contract ended before its time, and what it was before: what a restoration makes true again.
create table contract_endings (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    last_day date not null,
    reason text not null,
    status_before text not null constraint contract_endings_was_in_force check (status_before in ('active', 'grace_period')),
    -- the days of its rooms before: [{"id", "from", "to"}], without "to" for good
    rooms_before jsonb not null,
    -- the day on which it was written down: until the end of its month it may be undone
    noted_on date not null,
    created_at timestamptz not null default now(),
    constraint contract_endings_of_owner unique (owner_id, id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id)
);
create index contract_endings_of_contract on contract_endings (owner_id, contract_id, id);

create table contract_restorations (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    ending_id uuid not null,
    reason text not null,
    created_at timestamptz not null default now(),
    constraint contract_restorations_of_owner unique (owner_id, id),
    constraint contract_restorations_once unique (owner_id, ending_id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, ending_id) references contract_endings (owner_id, id)
);

-- The published table of steps, said a second time where nobody passes it by. Out of `terminated` leads only the undoing
-- of its latest ending.
create function contracts_step() returns trigger language plpgsql as $$
declare
    may boolean;
begin
    may := case old.status
           when 'draft' then new.status in ('pending_signature', 'active', 'terminated')
           when 'pending_signature' then new.status in ('active', 'draft', 'terminated')
           when 'active' then new.status in ('grace_period', 'terminated', 'expired', 'renewed')
           when 'grace_period' then new.status in ('active', 'terminated', 'expired', 'renewed')
           when 'terminated' then exists (
               select from contract_endings e
                 join contract_restorations r on r.owner_id = e.owner_id and r.ending_id = e.id
                where e.owner_id = new.owner_id and e.contract_id = new.id and e.status_before = new.status
                  and e.id = (select l.id from contract_endings l
                               where l.owner_id = new.owner_id and l.contract_id = new.id order by l.id desc limit 1))
           else false
       end;
    if may then
        return new;
    end if;
    raise exception 'a contract does not go from % to %', old.status, new.status
        using errcode = 'check_violation', constraint = 'contracts_step_by_the_table', table = 'contracts';
end $$;
create trigger step before update of status on contracts
    for each row when (old.status is distinct from new.status) execute function contracts_step();

-- Deposits: what is due and what is held, entry by entry. An entry is never changed; a mistake has one of its own.
create table deposit_entries (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    kind text not null constraint deposit_entries_kind_known
        check (kind in ('due', 'topped_up_due', 'received', 'set_off', 'refunded', 'corrected')),
    on_day date not null,
    -- in mungo: what the entry adds to what is due, and to what is held
    due_amount bigint not null default 0,
    held_amount bigint not null default 0,
    -- the bank's, the cash book's
    reference text not null default '',
    -- the owner's own
    reason text not null default '',
    -- of a set-off: the payment that it is
    payment_id uuid,
    corrects_id uuid,
    created_at timestamptz not null default now(),
    constraint deposit_entries_of_owner unique (owner_id, id),
    constraint deposit_entries_corrected_once unique (owner_id, corrects_id),
    constraint deposit_entries_set_off_once unique (owner_id, payment_id),
    constraint deposit_entries_sign check (case kind
        when 'due' then due_amount > 0 and held_amount = 0
        when 'topped_up_due' then due_amount > 0 and held_amount = 0
        when 'received' then held_amount > 0 and due_amount = 0
        when 'set_off' then held_amount < 0 and due_amount = 0 and payment_id is not null
        when 'refunded' then held_amount < 0 and due_amount = 0
        else held_amount <> 0 or due_amount <> 0 end),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, payment_id) references payments (owner_id, id),
    foreign key (owner_id, corrects_id) references deposit_entries (owner_id, id)
);
create index deposit_entries_of_contract on deposit_entries (owner_id, contract_id, on_day, id);

-- Never is more given away than is held, on any day. The contract's row is locked by whoever adds an entry, so that two
-- at once are looked at one after the other; contracts.deposit_received follows, for the lists that read it.
create function deposit_entries_add_up() returns trigger language plpgsql as $$
declare
    held bigint;
    least_held bigint;
begin
    perform from contracts where owner_id = new.owner_id and id = new.contract_id for no key update;
    select sum(held_amount), min(day_end) into held, least_held
      from (select held_amount, sum(held_amount) over (order by on_day) as day_end
              from deposit_entries where owner_id = new.owner_id and contract_id = new.contract_id) entries;
    if least_held < 0 then
        raise exception 'more than the deposit that is held'
            using errcode = 'check_violation', constraint = 'deposit_entries_held_not_negative', table = 'deposit_entries';
    end if;
    update contracts set deposit_received = held
     where owner_id = new.owner_id and id = new.contract_id and deposit_received <> held;
    return null;
end $$;

-- A contract that comes in with its deposit (a rent roll) brings the entries along.
create function contracts_bring_deposit() returns trigger language plpgsql as $$
declare
    day constant date := least(new.starts_on, (now() at time zone 'Asia/Ulaanbaatar')::date);
begin
    insert into deposit_entries (id, owner_id, contract_id, kind, on_day, due_amount)
    select gen_random_uuid(), new.owner_id, new.id, 'due', day, new.deposit_amount where new.deposit_amount > 0;
    insert into deposit_entries (id, owner_id, contract_id, kind, on_day, held_amount)
    select gen_random_uuid(), new.owner_id, new.id, 'received', day, new.deposit_received where new.deposit_received > 0;
    return null;
end $$;

-- What contracts had by now. Their tables hide everything from the migration itself, unless told not to.
alter table contracts no force row level security;
insert into deposit_entries (id, owner_id, contract_id, kind, on_day, due_amount)
select gen_random_uuid(), owner_id, id, 'due', starts_on, deposit_amount
  from contracts where deposit_amount > 0 and status not in ('draft', 'pending_signature');
insert into deposit_entries (id, owner_id, contract_id, kind, on_day, held_amount)
select gen_random_uuid(), owner_id, id, 'received', starts_on, deposit_received from contracts where deposit_received > 0;
alter table contracts force row level security;

create trigger adds_up after insert on deposit_entries for each row execute function deposit_entries_add_up();
create trigger brings_deposit after insert on contracts
    for each row when (new.status not in ('draft', 'pending_signature') or new.deposit_received > 0)
    execute function contracts_bring_deposit();

-- How a termination was settled: what was made for it, so that a restoration can take it back.
create table settlements (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    contract_id uuid not null,
    ending_id uuid not null,
    -- the figures as they were told
    figures jsonb not null,
    -- the bills it made; the deposit's set-off, a payment
    invoice_ids uuid[] not null default '{}',
    payment_id uuid,
    created_at timestamptz not null default now(),
    constraint settlements_of_owner unique (owner_id, id),
    constraint settlements_once unique (owner_id, ending_id),
    foreign key (owner_id, contract_id) references contracts (owner_id, id),
    foreign key (owner_id, ending_id) references contract_endings (owner_id, id),
    foreign key (owner_id, payment_id) references payments (owner_id, id)
);

-- What is taken back of a bill that was billed too far may be put on it, as money is on a bill: below nothing.
alter table invoices drop constraint invoices_paid_within_total;
alter table invoices add constraint invoices_paid_within_total check (paid_amount between least(total, 0) and greatest(total, 0));

call app_protect('contract_endings', '(select app_keeps_books())', '(select app_keeps_books())');
call app_protect('contract_restorations', '(select app_keeps_books())', '(select app_keeps_books())');
call app_protect('settlements', '(select app_keeps_books())', '(select app_keeps_books())');
-- A tenant sees the own deposit, an employee none.
call app_protect('deposit_entries',
    '(select app_keeps_books()) or ((select app_pays()) and app_reaches_contract(contract_id))', '(select app_keeps_books())');
-- Added to, never changed.
do $$
declare
    kept text;
begin
    foreach kept in array array['contract_endings', 'contract_restorations', 'settlements', 'deposit_entries'] loop
        execute format('drop policy changes on %I', kept);
        execute format('revoke update on %I from spacehub_app, spacehub_worker', kept);
    end loop;
end $$;
