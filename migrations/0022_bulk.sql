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
