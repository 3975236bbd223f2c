-- The bills of the month before the one that is run.
insert into invoices (id, owner_id, code, kind, status, contract_id, tenant_id, property_id, customer_name, units, contract_code, period,
                      issued_on, due_on, subtotal, vat_amount, total, paid_amount)
select bench_id(x'0b000000'::int, n), c.owner_id, 'INV-2026-' || lpad((n + 1)::text, 6, '0'), 'rent', 'issued', c.id, c.tenant_id,
       c.property_id, c.tenant_name_snapshot, c.units, c.code, date '2026-10-01', date '2026-10-10', date '2026-10-15', 100, 10, 110, 0
  from generate_series(0, {contracts} - 1) n join contracts c on c.id = bench_id(x'0a000000'::int, n);
insert into number_sequences (id, owner_id, series, year, next)
values (gen_random_uuid(), bench_id(x'01800000'::int, 0), 'invoice', 2026, {contracts} + 1);
