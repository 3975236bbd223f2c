-- Text messages that were promised, and how far they got.

create table sms_messages (
    -- the promise that sends it: found again after a crash, it is not sent again
    id uuid primary key,
    owner_id uuid not null default app_owner_id() references property_owners,
    -- eight digits
    recipient text not null constraint sms_messages_recipient_form check (recipient ~ '^[0-9]{8}$'),
    -- with the link's secret part left out
    text text not null,
    template text not null,
    invoice_id uuid,
    parts int not null constraint sms_messages_parts_positive check (parts > 0),
    -- new: nothing reached the gateway yet; unknown: it may have, and is not repeated
    status text not null default 'new' constraint sms_messages_status_known
        check (status in ('new', 'sending', 'accepted', 'delivered', 'undelivered', 'refused', 'unknown')),
    last_error text,
    sent_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint sms_messages_of_owner unique (owner_id, id),
    foreign key (owner_id, invoice_id) references invoices (owner_id, id)
);
create index sms_messages_of_invoice on sms_messages (owner_id, invoice_id);
call app_protect('sms_messages', '(select app_keeps_books())', '(select app_keeps_books())');
create trigger touch before update on sms_messages for each row execute function app_touch();
