-- Invoices as an accountant handles many: corrections by hand, the life of an invoice said a second time, orders over many
-- invoices, invoices as PDF.

-- What a bill below nothing (a correction, a discount) takes off what others owe comes from no payment: it names that bill.
-- One row on each bill that owes less, one on the bill itself; together they are nothing.
alter table allocations alter column payment_id drop not null;
alter table allocations add column from_invoice_id uuid;
alter table allocations add constraint allocations_from_one_source check ((payment_id is null) <> (from_invoice_id is null));
alter table allocations add constraint allocations_owner_id_from_invoice_id_fkey
    foreign key (owner_id, from_invoice_id) references invoices (owner_id, id);
create index allocations_from_invoice on allocations (owner_id, from_invoice_id) where from_invoice_id is not null;

create index invoices_correcting on invoices (owner_id, corrects_id) where corrects_id is not null;

-- Over all its corrections a bill gives no more than it held. Whoever corrects it holds its row, so that two at once are
-- looked at one after the other. A correction that was undone (by one of its own) does not count.
create function invoices_correction_fits() returns trigger language plpgsql as $$
declare
    corrected record;
    taken bigint;
begin
    select i.kind, i.status, i.total into corrected from invoices i
     where i.owner_id = new.owner_id and i.id = new.corrects_id
       for no key update;
    select coalesce(sum(c.total), 0) into taken from invoices c
     where c.owner_id = new.owner_id and c.corrects_id = new.corrects_id and c.status <> 'void'
       and not exists (select from invoices u where u.owner_id = c.owner_id and u.corrects_id = c.id and u.status <> 'void');
    if corrected.kind = 'correction' or corrected.status in ('draft', 'void') or corrected.total + taken < 0 then
        raise exception 'a correction takes off more than there is'
            using errcode = 'check_violation', constraint = 'invoices_correction_fits', table = 'invoices';
    end if;
    return null;
end $$;
create trigger correction_fits after insert on invoices
    for each row when (new.kind = 'correction' and new.total < 0 and new.corrects_id is not null)
    execute function invoices_correction_fits();

-- The published table of steps, said a second time where nobody passes it by.
create function invoices_step() returns trigger language plpgsql as $$
declare
    may boolean;
begin
    may := case old.status
           when 'draft' then new.status in ('issued', 'void')
           when 'issued' then new.status in ('partially_paid', 'paid', 'overdue', 'void')
           when 'partially_paid' then new.status in ('paid', 'overdue', 'issued')
           when 'overdue' then new.status in ('partially_paid', 'paid', 'void')
           when 'paid' then new.status in ('refunded', 'partially_paid', 'issued', 'overdue')
           else false
       end;
    if may then
        return new;
    end if;
    raise exception 'an invoice does not go from % to %', old.status, new.status
        using errcode = 'check_violation', constraint = 'invoices_step_by_the_table', table = 'invoices';
end $$;
create trigger step before update of status on invoices
    for each row when (old.status is distinct from new.status) execute function invoices_step();

-- An invoice as PDF is a document like others; it is told apart by the invoice that it is of.
alter table documents add column invoice_id uuid;
alter table documents add constraint documents_owner_id_invoice_id_fkey
    foreign key (owner_id, invoice_id) references invoices (owner_id, id);
alter table documents drop constraint documents_kind_known;
alter table documents add constraint documents_kind_known check (kind in ('contract', 'hand_over', 'statement', 'invoice'));
alter table documents add constraint documents_invoice_has_its_invoice check ((kind = 'invoice') = (invoice_id is not null));
alter table documents drop constraint documents_version_once;
create unique index documents_version_once on documents (owner_id, contract_id, kind, version) where invoice_id is null;
create unique index documents_invoice_version_once on documents (owner_id, invoice_id, version) where invoice_id is not null;
-- Who sees the invoice sees its papers: its tenant and the holder of its link among them, while they are made, too.
drop policy reads on documents;
create policy reads on documents for select to spacehub_app, spacehub_worker using (owner_id = (select app_owner_id()) and (
    (select app_sees_all_properties())
    or case when kind = 'invoice' then app_reaches_invoice(invoice_id)
            else case (select app_role()) when 'employee' then kind <> 'statement'
                                          when 'tenant' then status = 'ready' and not draft
                                          else false end
                 and app_reaches_contract(contract_id) end));
-- People who pay may ask for the paper of what they see.
create policy asks on documents for insert to spacehub_app
    with check (owner_id = (select app_owner_id()) and (select app_pays()) and kind = 'invoice' and status = 'pending'
                and app_reaches_invoice(invoice_id));

-- One thing done to many invoices: what was asked, and an item for each that waits, is done or has failed.
create table bulk_orders (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    verb text not null constraint bulk_orders_verb_known check (verb in ('issue', 'send', 'remind', 'print', 'correct')),
    -- of a correction: why; it stands on each
    reason text not null default '',
    -- the filter that picked the invoices
    asked jsonb not null,
    invoice_count int not null constraint bulk_orders_not_empty check (invoice_count > 0),
    -- in mungo: what the invoices came to when it was ordered
    total bigint not null,
    -- where the PDF of an order that prints lies; in bytes
    key text,
    size bigint,
    pages int,
    made_by uuid default app_user_id() references users,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bulk_orders_of_owner unique (owner_id, id),
    constraint bulk_orders_paper_whole check ((key is null) = (size is null) and (key is null) = (pages is null))
);
call app_protect('bulk_orders', '(select app_is_staff())', '(select app_keeps_books())');

create table bulk_order_items (
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    order_id uuid not null,
    invoice_id uuid not null,
    status text not null default 'waiting'
        constraint bulk_order_items_status_known check (status in ('waiting', 'done', 'failed')),
    -- a word for why it failed, or what is to be known of it, and the facts of its sentence
    failure text,
    facts jsonb not null default '{}',
    -- the correction that was made
    result_id uuid,
    -- of the texts that were sent for it
    parts int not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint bulk_order_items_of_owner unique (owner_id, id),
    constraint bulk_order_items_once unique (owner_id, order_id, invoice_id),
    constraint bulk_order_items_failed_has_reason check (status <> 'failed' or failure is not null),
    foreign key (owner_id, order_id) references bulk_orders (owner_id, id),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id),
    foreign key (owner_id, result_id) references invoices (owner_id, id)
);
create index bulk_order_items_by_status on bulk_order_items (owner_id, order_id, status, id);
call app_protect('bulk_order_items',
    '(select app_sees_all_properties()) or ((select app_is_staff()) and app_reaches_invoice(invoice_id))', '(select app_keeps_books())');
create trigger touch before update on bulk_orders for each row execute function app_touch();
create trigger touch before update on bulk_order_items for each row execute function app_touch();

-- What the page behind a link tells besides its one bill: what the contract owes from before, what the tenant has paid too
-- much, and what was taken off the bill. Figures alone; the other bills stay out of sight.
create function app_linked_account() returns table (previous_balance bigint, credit bigint, corrections jsonb)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
    mine record;
begin
    if public.app_role() is distinct from 'link' then return; end if;
    select i.id, i.owner_id, i.contract_id, i.tenant_id, i.period into mine from public.invoices i
     where i.owner_id = public.app_owner_id() and i.id = any(public.app_scope());
    if mine.id is null then return; end if;
    return query
        select coalesce((select sum(e.total - e.paid_amount) from public.invoices e
                          where e.owner_id = mine.owner_id and e.contract_id = mine.contract_id and e.id <> mine.id
                            and e.period <= mine.period and e.status in ('issued', 'partially_paid', 'overdue')), 0)::bigint,
               coalesce((select sum(p.amount - p.allocated) from public.payments p
                          where p.owner_id = mine.owner_id and p.tenant_id = mine.tenant_id
                            and p.status = 'recorded' and p.allocated < p.amount), 0)::bigint,
               coalesce((select jsonb_agg(jsonb_build_object('code', c.code, 'issuedOn', c.issued_on, 'total', c.total::text)
                                          order by c.id)
                           from public.invoices c
                          where c.owner_id = mine.owner_id and c.corrects_id = mine.id
                            and c.status not in ('draft', 'void')), '[]');
end $$;
revoke all on function app_linked_account() from public;
grant execute on function app_linked_account() to spacehub_app;
alter function app_linked_account() owner to spacehub_auth;
create policy opens on payments for select to spacehub_auth using (true);
grant select (contract_id, period, code, issued_on, corrects_id) on invoices to spacehub_auth;
grant select (owner_id, tenant_id, amount, allocated, status) on payments to spacehub_auth;

-- Whoever pays may promise the paper, too.
drop policy adds on outbox;
create policy adds on outbox for insert to spacehub_app
    with check (owner_id is not distinct from (select app_owner_id()) and (select app_role()) is not null
                and ((select app_role()) not in ('tenant', 'link', 'callback') or kind like 'intent.%'
                     or kind in ('receipt.shown', 'pdf.render')));
