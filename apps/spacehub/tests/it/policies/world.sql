-- One branch of an owner's world: a building with a contract, its bill and the money for it. {owner}, {user}, {b} (the
-- branch's digit) and {tenant_user} are filled in; ids tell their table and their branch.
insert into properties (id, owner_id, name) values ('00000001-0000-7000-8000-00000000000{b}', '{owner}', 'Барилга {b}');
insert into floors (id, owner_id, property_id, number)
values ('00000002-0000-7000-8000-00000000000{b}', '{owner}', '00000001-0000-7000-8000-00000000000{b}', 1);
insert into rooms (id, owner_id, property_id, unit_no, unit_key, kind, area_m2)
values ('00000003-0000-7000-8000-00000000000{b}', '{owner}', '00000001-0000-7000-8000-00000000000{b}', '{b}', '{b}', 'office', 50);
insert into tenants (id, owner_id, kind, name, phone, user_id)
values ('00000004-0000-7000-8000-00000000000{b}', '{owner}', 'person', 'Түрээслэгч {b}', '9911000{b}', {tenant_user});
insert into contracts (id, owner_id, code, property_id, tenant_id, tenant_name_snapshot, units, starts_on, status)
values ('00000005-0000-7000-8000-00000000000{b}', '{owner}', 'CT-{b}', '00000001-0000-7000-8000-00000000000{b}',
        '00000004-0000-7000-8000-00000000000{b}', 'Түрээслэгч {b}', '{b}', '2026-01-01', 'active');
insert into contract_rooms (id, owner_id, contract_id, room_id, during)
values ('00000006-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}',
        '00000003-0000-7000-8000-00000000000{b}', daterange('2026-01-01', null));
insert into contract_items (id, owner_id, contract_id, kind, name, basis, unit_price, valid_from)
values ('00000007-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}', 'rent', 'Түрээс', 'flat',
        100, '2026-01-01');
insert into bank_accounts (id, owner_id, bank, number, holder, shown)
values ('00000008-0000-7000-8000-00000000000{b}', '{owner}', 'khan', '500000000{b}', 'Б', '{b}' <> '2');
insert into bank_connections (id, owner_id, account_id, sealed)
values ('000000a0-0000-7000-8000-00000000000{b}', '{owner}', '00000008-0000-7000-8000-00000000000{b}', 'x');
insert into bank_statements (id, owner_id, account_id, source, total_in, total_out, lines, new_lines)
values ('000000a1-0000-7000-8000-00000000000{b}', '{owner}', '00000008-0000-7000-8000-00000000000{b}', 'bank', 40, 0, 1, 1);
insert into bank_transactions (id, owner_id, account_id, statement_id, row_no, fingerprint, posted_at, amount)
values ('000000a2-0000-7000-8000-00000000000{b}', '{owner}', '00000008-0000-7000-8000-00000000000{b}',
        '000000a1-0000-7000-8000-00000000000{b}', 1, sha256('{b}'), now(), 40);
insert into invoices (id, owner_id, code, kind, status, contract_id, tenant_id, property_id, customer_name, period, issued_on, due_on,
                      subtotal, vat_amount, total, paid_amount, link_hash)
values ('00000009-0000-7000-8000-00000000000{b}', '{owner}', 'INV-{b}', 'fee', 'partially_paid', '00000005-0000-7000-8000-00000000000{b}',
        '00000004-0000-7000-8000-00000000000{b}', '00000001-0000-7000-8000-00000000000{b}', 'Түрээслэгч {b}', '2026-10-01',
        '2026-10-01', '2026-10-10', 100, 0, 100, 40, sha256('link {b}'));
insert into invoice_items (id, owner_id, invoice_id, sort_order, description, quantity, unit_price, amount, tax_kind, tax,
                           classification_code, made)
values ('0000000a-0000-7000-8000-00000000000{b}', '{owner}', '00000009-0000-7000-8000-00000000000{b}', 1, 'Түрээс', 1, 100, 100,
        'NOT_VAT', 0, '7211200', '{}');
insert into bulk_orders (id, owner_id, verb, asked, invoice_count, total)
values ('00000025-0000-7000-8000-00000000000{b}', '{owner}', 'send', '{}', 1, 100);
insert into bulk_order_items (id, owner_id, order_id, invoice_id)
values ('00000026-0000-7000-8000-00000000000{b}', '{owner}', '00000025-0000-7000-8000-00000000000{b}',
        '00000009-0000-7000-8000-00000000000{b}');
insert into payments (id, owner_id, tenant_id, method, amount, allocated, paid_at)
values ('0000000b-0000-7000-8000-00000000000{b}', '{owner}', '00000004-0000-7000-8000-00000000000{b}', 'cash', 40, 40, now());
insert into bank_links (id, owner_id, transaction_id, payment_id)
values ('000000a3-0000-7000-8000-00000000000{b}', '{owner}', '000000a2-0000-7000-8000-00000000000{b}',
        '0000000b-0000-7000-8000-00000000000{b}');
insert into bank_senders (id, owner_id, account, contract_id, transaction_id)
values ('000000a4-0000-7000-8000-00000000000{b}', '{owner}', '501111222{b}', '00000005-0000-7000-8000-00000000000{b}',
        '000000a2-0000-7000-8000-00000000000{b}');
insert into allocations (id, owner_id, payment_id, invoice_id, amount)
values ('0000000c-0000-7000-8000-00000000000{b}', '{owner}', '0000000b-0000-7000-8000-00000000000{b}',
        '00000009-0000-7000-8000-00000000000{b}', 40);
insert into payment_intents (id, owner_id, invoice_id, provider, amount, callback_hash, expires_at)
values ('0000000d-0000-7000-8000-00000000000{b}', '{owner}', '00000009-0000-7000-8000-00000000000{b}', 'qpay', 60,
        sha256('callback {b}'), now() + interval '1 day');
insert into receipts (id, owner_id, invoice_id, payment_id, type, amount, bill_suffix)
values ('0000000e-0000-7000-8000-00000000000{b}', '{owner}', '00000009-0000-7000-8000-00000000000{b}',
        '0000000b-0000-7000-8000-00000000000{b}', 'B2C_RECEIPT', 40, '000001');
insert into sms_messages (id, owner_id, recipient, text, template, invoice_id, parts)
values ('0000000f-0000-7000-8000-00000000000{b}', '{owner}', '9911000{b}', 'Төлбөр', 'sms-invoice',
        '00000009-0000-7000-8000-00000000000{b}', 1);
insert into penalties (id, owner_id, invoice_id, contract_id, tenant_id, as_of, computed, waived, reason)
values ('00000090-0000-7000-8000-00000000000{b}', '{owner}', '00000009-0000-7000-8000-00000000000{b}',
        '00000005-0000-7000-8000-00000000000{b}', '00000004-0000-7000-8000-00000000000{b}', '2026-11-01', 10, 10, 'Учир бий');
insert into promises_to_pay (id, owner_id, contract_id, tenant_id, amount, made_on, due_on)
values ('00000091-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}',
        '00000004-0000-7000-8000-00000000000{b}', 60, '2026-11-01', '2026-11-10');
insert into reminder_stages (id, owner_id, stage, days_after_due)
values ('00000092-0000-7000-8000-00000000000{b}', '{owner}', case '{b}' when '2' then 2 else 1 end, 1);
insert into reminder_orders (id, owner_id, on_day, by_hand)
values ('00000093-0000-7000-8000-00000000000{b}', '{owner}', '2026-11-01', true);
insert into reminders (id, owner_id, order_id, contract_id, tenant_id, stage)
values ('00000094-0000-7000-8000-00000000000{b}', '{owner}', '00000093-0000-7000-8000-00000000000{b}',
        '00000005-0000-7000-8000-00000000000{b}', '00000004-0000-7000-8000-00000000000{b}', 1);
insert into reminder_invoices (id, owner_id, reminder_id, invoice_id, stage)
values ('00000095-0000-7000-8000-00000000000{b}', '{owner}', '00000094-0000-7000-8000-00000000000{b}',
        '00000009-0000-7000-8000-00000000000{b}', 1);
insert into month_reports (id, owner_id, month, report, row_count, saved_at)
values ('0000009a-0000-7000-8000-00000000000{b}', '{owner}', '2026-10-01', 'charges', 1, now());
insert into list_views (id, owner_id, user_id, list, name, filter, columns, shared)
values ('0000009b-0000-7000-8000-00000000000{b}', '{owner}', '{user}', 'invoices', 'Харагдац {b}', '{}', '{}', true);
insert into write_offs (id, owner_id, invoice_id, amount, reason, status, asked_at)
values ('0000009c-0000-7000-8000-00000000000{b}', '{owner}', '00000009-0000-7000-8000-00000000000{b}', 10, 'Найдваргүй', 'asked',
        now());
insert into outbox (id, owner_id, kind, payload) values ('00000010-0000-7000-8000-00000000000{b}', '{owner}', 'invoice.issued', '{}');
insert into audit_log (id, owner_id, user_id, action, entity)
values ('00000011-0000-7000-8000-00000000000{b}', '{owner}', '{user}', 'contract.sign', 'contract');
insert into idempotency_keys (id, owner_id, user_id, route, key, body_hash, field_hashes, status, response)
values ('00000012-0000-7000-8000-00000000000{b}', '{owner}', '{user}', 'POST /v2/x', 'k{b}', 'x', '{}', 200, '');
insert into number_sequences (id, owner_id, series, year)
values ('00000013-0000-7000-8000-00000000000{b}', '{owner}', case '{b}' when '2' then 'invoice' else 'contract' end, 2026);
insert into provider_accounts (id, owner_id, provider, sealed)
values ('00000014-0000-7000-8000-00000000000{b}', '{owner}', case '{b}' when '2' then 'sms' else 'qpay' end, 'x');
insert into tenant_links (id, owner_id, tenant_id, user_id, phone, status, decided_at)
values ('00000015-0000-7000-8000-00000000000{b}', '{owner}', '00000004-0000-7000-8000-00000000000{b}', '{user}', '9911000{b}',
        'linked', now());
insert into property_assignments (id, owner_id, property_id, user_id)
values ('00000016-0000-7000-8000-00000000000{b}', '{owner}', '00000001-0000-7000-8000-00000000000{b}', '{user}');
insert into invitations (id, owner_id, email, role, token_hash, inviter_id, expires_at)
values ('0000001b-0000-7000-8000-00000000000{b}', '{owner}', 'new{b}@policies.test', 'employee', sha256('invited {b}'), '{user}', now());
insert into invitation_properties (id, owner_id, invitation_id, property_id)
values ('0000001c-0000-7000-8000-00000000000{b}', '{owner}', '0000001b-0000-7000-8000-00000000000{b}',
        '00000001-0000-7000-8000-00000000000{b}');
insert into room_origins (id, owner_id, property_id, room_id, from_room_id, kind, on_day)
values ('00000040-0000-7000-8000-00000000000{b}', '{owner}', '00000001-0000-7000-8000-00000000000{b}',
        '00000003-0000-7000-8000-00000000000{b}', '00000003-0000-7000-8000-00000000000{b}', 'merge', '2026-10-01');
insert into meters (id, owner_id, property_id, room_id, kind, serial, serial_key)
values ('00000081-0000-7000-8000-00000000000{b}', '{owner}', '00000001-0000-7000-8000-00000000000{b}',
        '00000003-0000-7000-8000-00000000000{b}', 'electricity', 'Т{b}', 'T{b}');
insert into readings (id, owner_id, property_id, room_id, meter_id, month, read_on, previous, current, status, multiplier, difference,
                      consumption)
values ('00000082-0000-7000-8000-00000000000{b}', '{owner}', '00000001-0000-7000-8000-00000000000{b}',
        '00000003-0000-7000-8000-00000000000{b}', '00000081-0000-7000-8000-00000000000{b}', '2026-10-01', '2026-10-31', 1, 2, 'ok', 1,
        1, 1);
insert into tariffs (id, owner_id, kind, valid_from, valid_to, unit_price)
values ('00000083-0000-7000-8000-00000000000{b}', '{owner}', 'electricity', '2020-01-0{b}', '2020-01-0{b}', 1);
insert into common_rules (id, owner_id, property_id, kind, share_by)
values ('00000084-0000-7000-8000-00000000000{b}', '{owner}', '00000001-0000-7000-8000-00000000000{b}', 'electricity', 'area');
insert into awaited_units (id, owner_id, building_key, unit_key)
values ('00000085-0000-7000-8000-00000000000{b}', '{owner}', 'Б', '{b}');
insert into documents (id, owner_id, contract_id, kind, version, number, dated_on, draft, status, key, size, pages)
values ('00000051-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}', 'contract', 1, 'CT-{b}',
        '2026-10-01', false, 'ready', 'k', 1, 1);
insert into document_batches (id, owner_id, kind, dated_on, contract_count, key)
values ('00000052-0000-7000-8000-00000000000{b}', '{owner}', 'contract', '2026-10-01', 1, 'k');
insert into month_runs (id, owner_id, month, issue_on, status, send, finished_at)
values ('00000053-0000-7000-8000-00000000000{b}', '{owner}', '2026-10-01', '2026-10-10', 'done', true, now());
insert into month_run_parked (id, owner_id, run_id, contract_id, kind, previous, because)
values ('00000054-0000-7000-8000-00000000000{b}', '{owner}', '00000053-0000-7000-8000-00000000000{b}',
        '00000005-0000-7000-8000-00000000000{b}', 'rent', 0, '{}');
insert into month_run_batches (id, owner_id, run_id, gone_through, billed, total)
values ('00000055-0000-7000-8000-00000000000{b}', '{owner}', '00000053-0000-7000-8000-00000000000{b}', 0, 0, 0);
insert into contract_history (id, owner_id, contract_id, version, recorded_at, user_id, role, effective_on, what, contract)
values ('0000001d-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}', 1, now(), '{user}',
        'owner_director', '2026-01-01', 'drafted', '{}');
insert into contract_increases (id, owner_id, contract_id, item_id, kind, percent_bp, first_on, next_on)
values ('0000001e-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}',
        '00000007-0000-7000-8000-00000000000{b}', 'percent', 500, '2027-01-01', '2027-01-01');
insert into contract_discounts (id, owner_id, contract_id, name, percent_bp, valid_from, reason)
values ('0000001f-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}', 'Хөнгөлөлт', 500,
        '2026-01-01', 'Гэмтэл');
insert into schedule_entries (id, owner_id, contract_id, name, period, amount)
values ('00000020-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}', 'Төлөлт', '2026-01-01', 1);
insert into contract_endings (id, owner_id, contract_id, last_day, reason, status_before, rooms_before, noted_on)
values ('00000024-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}', '2026-11-30', 'Нүүсэн',
        'active', '[]', '2026-11-01');
insert into contract_restorations (id, owner_id, contract_id, ending_id, reason)
values ('00000021-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}',
        '00000024-0000-7000-8000-00000000000{b}', 'Андуурсан');
insert into settlements (id, owner_id, contract_id, ending_id, figures)
values ('00000022-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}',
        '00000024-0000-7000-8000-00000000000{b}', '{}');
insert into deposit_entries (id, owner_id, contract_id, kind, on_day, held_amount)
values ('00000023-0000-7000-8000-00000000000{b}', '{owner}', '00000005-0000-7000-8000-00000000000{b}', 'received', '2026-11-01', 500);
with entry as (
    insert into ledger_entries (id, owner_id, event, reference_id, day, tenant_id, lines)
    values ('00000081-0000-7000-8000-00000000000{b}', '{owner}', 'write_off', '00000009-0000-7000-8000-00000000000{b}', '2026-11-01',
            '00000004-0000-7000-8000-00000000000{b}', 2))
insert into ledger_postings (id, owner_id, entry_id, line, account, amount, day)
values ('00000082-0000-7000-8000-00000000000{b}', '{owner}', '00000081-0000-7000-8000-00000000000{b}', 1, 'write_off', 1, '2026-11-01'),
       (gen_random_uuid(), '{owner}', '00000081-0000-7000-8000-00000000000{b}', 2, 'receivable', -1, '2026-11-01');
insert into month_locks (id, owner_id, month, locked_at)
values ('00000083-0000-7000-8000-00000000000{b}', '{owner}', '2026-01-01', now());
insert into month_unlocks (id, owner_id, lock_id, unlocked_at, reason)
values ('00000084-0000-7000-8000-00000000000{b}', '{owner}', '00000083-0000-7000-8000-00000000000{b}', now(), 'Алдаа');
insert into imports (id, owner_id, kind, counts) values ('00000061-0000-7000-8000-00000000000{b}', '{owner}', 'rent_roll', '{}');
insert into import_things (id, owner_id, import_id, thing, thing_id)
values ('00000062-0000-7000-8000-00000000000{b}', '{owner}', '00000061-0000-7000-8000-00000000000{b}', 'room', gen_random_uuid());
insert into import_mappings (id, owner_id, kind, fingerprint, sheet_name, columns)
values ('00000063-0000-7000-8000-00000000000{b}', '{owner}', 'rent_roll', sha256('{b}'), 'Х', '{}');
insert into files (id, owner_id, purpose, room_id, property_id, name, status, key, content_type, size, slot)
values ('00000070-0000-7000-8000-00000000000{b}', '{owner}', 'room_photo', '00000003-0000-7000-8000-00000000000{b}',
        '00000001-0000-7000-8000-00000000000{b}', 'a.jpg', 'ready', 'owners/{owner}/files/rooms/{b}.jpg', 'image/jpeg', 1, 1);
