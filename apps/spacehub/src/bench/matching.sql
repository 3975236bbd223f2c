drop table if exists bench_bills, bench_lines;
create unlogged table bench_bills as
select gen_random_uuid() as id, 'INV-2026-' || lpad(n::text, 6, '0') as code, gen_random_uuid() as contract_id,
       'CT-2026-' || lpad(n::text, 6, '0') as contract_code, 'A' || (n / 1000) || '-' || lpad((n % 1000)::text, 3, '0') as unit,
       gen_random_uuid() as tenant_id,
       (array['Хөх', 'Мөнгөн', 'Ялгуун', 'Цэцэг', 'Шинэ', 'Үүрд', 'Хаш', 'Баян'])[1 + n % 8] || ' ' ||
       (array['Тэнгэр', 'Хайрхан', 'Булаг', 'Чулуу', 'Зам', 'Жимс', 'Хангай'])[1 + n % 7] || ' ' ||
       translate(n::text, '0123456789', 'абвгдэжзик') || ' ХХК' as tenant_name,
       (80000000 + n)::text as phone, (5000000 + n)::text as register_no,
       30000000 + 5000 * (n::bigint * 7919 % 90001) as open, date '2026-10-10' + n % 60 as due_on, n as number
  from generate_series(1, {bills}) as n;
create unlogged table bench_lines as
select gen_random_uuid() as id, l.n as place, b.number,
       case when l.n % 5 = 0 then b.open - 1700 else b.open end as amount,
       case l.n % 10
           when 0 then b.contract_code || ' түрээс хагас'
           when 1 then '10-r sariin turees ' || lower(b.contract_code)
           when 2 then replace(b.code, '-', ' ') || ' төлөв'
           when 3 then b.unit || ' тоот 10 сарын түрээс'
           when 4 then 'ХААНААС: 1500000.00 BAT 5011112222 №' || b.contract_code
           when 5 then b.tenant_name || ' түрээс'
           when 6 then b.phone || ' түрээс'
           when 7 then 'EB -turees tulbur'
           when 8 then 'Зогсоолын өдрийн орлого 2026.10.12'
           else 'POS 747 картын гүйлгээний тооцоо 10/02' end as description,
       (5000000000 + l.n)::text as counter_account, 'YAMPIL JAVZANDULAM' as counter_name
  from generate_series(1, {lines}) as l(n)
  join bench_bills b on b.number = 1 + l.n::bigint * 7877 % {bills};
create index on bench_lines (place);
analyze bench_bills;
analyze bench_lines;
