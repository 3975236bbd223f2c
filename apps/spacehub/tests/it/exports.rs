//! Lists as Excel files: exactly what the list shows, all of it, for whoever may read it, and never a formula.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use crate::{
    books::Lease,
    town::{Person, Reply, Town},
};

/// A file as it was sent, read as a spreadsheet program reads it.
pub struct Sheet {
    pub rows: Vec<Vec<Data>>,
    formulas: usize,
    /// The row with the headings.
    headings: usize,
}

impl Sheet {
    #[track_caller]
    pub fn of(reply: &Reply) -> Sheet {
        assert_eq!(reply.status.as_u16(), 200, "{}", reply.text());
        assert_eq!(reply.headers["content-type"], base::exports::XLSX);
        let named = reply.headers["content-disposition"].to_str().expect("ASCII");
        assert!(named.starts_with("attachment; filename=\"") && named.contains("filename*=UTF-8''"), "{named}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(reply.bytes.clone())).expect("a workbook");
        let name = book.sheet_names()[0].clone();
        let formulas = book.worksheet_formula(&name).expect("a sheet").used_cells().count();
        let range = book.worksheet_range(&name).expect("a sheet");
        let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        let blank = rows.iter().position(|row| row.iter().all(|cell| *cell == Data::Empty)).expect("a blank line");
        Sheet { rows, formulas, headings: blank + 1 }
    }

    /// The lines of the list, without head, totals and foot.
    pub fn lines(&self) -> &[Vec<Data>] {
        let totals = self.totals_row();
        &self.rows[self.headings + 1..totals]
    }

    pub fn totals(&self) -> &[Data] {
        &self.rows[self.totals_row()]
    }

    pub fn head(&self) -> Vec<String> {
        self.rows[..self.headings].iter().map(|row| row[0].to_string()).filter(|line| !line.is_empty()).collect()
    }

    /// The cells of a column by its heading.
    #[track_caller]
    pub fn column(&self, heading: &str) -> Vec<Data> {
        let at = self.at(heading);
        self.lines().iter().map(|row| row[at].clone()).collect()
    }

    #[track_caller]
    pub fn at(&self, heading: &str) -> usize {
        let headings = &self.rows[self.headings];
        let found = headings.iter().position(|cell| *cell == heading);
        found.unwrap_or_else(|| panic!("no column {heading} among {headings:?}"))
    }

    fn totals_row(&self) -> usize {
        let is_total = |row: &Vec<Data>| row[0].to_string().starts_with("Нийт: ");
        self.rows.iter().position(is_total).expect("a line of totals")
    }
}

fn texts(cells: &[Data]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

/// A number in tögrög as möngö.
pub fn mungo(cell: &Data) -> i64 {
    let amount = domain::Money::parse_decimal(&cell.to_string());
    amount.unwrap_or_else(|| panic!("{cell:?} is no amount")).mungo()
}

async fn three_contracts(town: &Town) {
    for (code, tenant, deposit) in
        [("CT-2026-0001", "Өлзий ХХК", 10_000_010), ("CT-2026-0002", "Алтай ХХК", 7), ("CT-2026-0003", "Пүрэв ХХК", 0)]
    {
        let leased = town.lease(town.altan, Lease::plain(code, tenant)).await;
        town.sql_batch(&format!("update contracts set deposit_amount = {deposit} where id = '{}'", leased.contract))
            .await;
    }
}

#[tokio::test]
async fn a_list_is_taken_along_as_it_is_filtered_and_sorted_with_the_totals_of_the_api() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    three_contracts(&town).await;
    let filter = "status=active&sort=-code&q=%D0%A5%D0%A5%D0%9A";

    let sheet = Sheet::of(&nara.get(&format!("/v2/contracts/export?{filter}&limit=1")).await);

    assert_eq!(texts(&sheet.column("Гэрээ")), ["CT-2026-0003", "CT-2026-0002", "CT-2026-0001"]);
    assert_eq!(texts(&sheet.column("Түрээслэгч")), ["Пүрэв ХХК", "Алтай ХХК", "Өлзий ХХК"]);
    let deposits: Vec<i64> = sheet.column("Барьцаа, ₮").iter().map(mungo).collect();
    assert_eq!(deposits, [0, 7, 10_000_010]);
    let day = match &sheet.column("Эхлэх өдөр")[0] {
        Data::DateTime(day) => day.to_ymd_hms_milli(),
        other => panic!("{other:?} is no day"),
    };
    assert_eq!(day, (2026, 1, 1, 0, 0, 0, 0));
    let totals = nara.get(&format!("/v2/contracts/totals?{filter}")).await.is(200).json();
    assert_eq!(sheet.totals()[0].to_string(), format!("Нийт: {}", totals["count"]));
    assert_eq!(mungo(&sheet.totals()[sheet.at("Барьцаа, ₮")]).to_string(), totals["depositAmount"]);
    let head = sheet.head();
    assert_eq!(head[..2], ["Алтан Тауэр ХХК", "Гэрээний жагсаалт"]);
    assert!(head.contains(&"Төлөв: Идэвхтэй".to_owned()) && head.contains(&"Хайлт: ХХК".to_owned()), "{head:?}");
    assert!(head.contains(&"Эрэмбэ: гэрээний дугаараар, буурахаар".to_owned()), "{head:?}");
    assert!(head.contains(&"Хэвлэсэн: 2026.10.10 10:00, Г. Нарантуяа".to_owned()), "{head:?}");
    let foot = texts(&sheet.rows.iter().rev().map(|row| row[0].clone()).take(3).collect::<Vec<_>>());
    assert!(foot[0].starts_with("Хянасан нягтлан бодогч:") && foot[2].starts_with("Бэлтгэсэн:"), "{foot:?}");
    let noted = town.sql("select after->>'rows' from audit_log where action = 'contract.export'").await;
    assert_eq!(noted[0].get::<_, String>(0), "3");
    let english = nara.ask(http::Method::GET, "/v2/contracts/export", None, &[("accept-language", "en")]).await;
    let english = english.is(200).headers["content-disposition"].to_str().expect("ASCII").to_owned();
    assert!(english.contains("Contracts%202026-10-10.xlsx"), "{english}");
}

#[tokio::test]
async fn a_list_longer_than_a_page_is_read_to_its_end_in_one_state_of_things() {
    let town = Town::new().await;
    let nara = town.accountant().await;
    town.sql_batch(&format!(
        "insert into tenants (id, owner_id, kind, name, sort_key)
         select gen_random_uuid(), '{}', 'person', 'Бат ' || lpad(n::text, 5, '0'), 'БАТ ' || lpad(n::text, 5, '0')
           from generate_series(1, 2500) n",
        town.altan
    ))
    .await;

    let sheet = Sheet::of(&nara.get("/v2/tenants/export").await);

    let names = texts(&sheet.column("Түрээслэгч"));
    assert_eq!(
        (names.len(), names.first(), names.last()),
        (2500, Some(&"Бат 00001".into()), Some(&"Бат 02500".into()))
    );
    assert!(names.is_sorted());
    assert!(sheet.head().contains(&"Шүүлтүүргүй: бүгд".to_owned()));
}

/// R29: what spreadsheets would calculate, fetch or run.
fn payloads() -> Vec<String> {
    let starts = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", ";=", ",=", "\"="];
    let commands = ["1+1", "HYPERLINK(\"http://example.mn\",\"энд\")", "cmd|' /C calc'!A0"];
    starts.iter().flat_map(|start| commands.map(|command| format!("{start}{command}"))).collect()
}

#[tokio::test]
async fn no_text_of_anybody_becomes_a_formula() {
    let town = Town::new().await;
    let dulmaa = town.director().await;
    let payloads = payloads();
    for (n, payload) in payloads.iter().enumerate() {
        let (text, code) = (payload.replace('\'', "''"), format!("CT-{n:04}"));
        let leased = town.lease(town.altan, Lease::plain(&code, "Номин ХХК")).await;
        town.sql_batch(&format!(
            "update tenants set name = '{text}', director = '{text}', sort_key = lpad('{n}', 4, '0') where id = '{}';
             update contracts set tenant_name_snapshot = '{text}', units = '{text}' where id = '{}';
             insert into payments (id, owner_id, tenant_id, method, amount, paid_at, payer, note, provider_reference)
             values (gen_random_uuid(), '{}', '{}', 'cash', 100, now() + interval '{n} s', '{text}', '{text}', '{n}{text}');
             insert into deposit_entries (id, owner_id, contract_id, kind, on_day, due_amount)
             values (gen_random_uuid(), '{}', '{}', 'due', '2026-10-01', 100)",
            leased.tenant, leased.contract, town.altan, leased.tenant, town.altan, leased.contract
        ))
        .await;
    }

    let mut cells = 0;
    for (list, columns) in [
        ("tenants", ["Түрээслэгч", "Захирал"].as_slice()),
        ("contracts?sort=code", &["Түрээслэгч", "Талбай"]),
        ("payments", &["Төлөгч", "Тэмдэглэл"]),
        ("rooms", &[]),
        ("properties", &[]),
        ("staff", &[]),
        ("audit", &[]),
        ("deposits", &["Түрээслэгч", "Талбай"]),
        ("vacancies", &[]),
        ("occupancy", &[]),
    ] {
        let path = match list.split_once('?') {
            Some((list, query)) => format!("/v2/{list}/export?{query}"),
            None => format!("/v2/{list}/export"),
        };
        let sheet = Sheet::of(&dulmaa.get(&path).await);
        assert_eq!(sheet.formulas, 0, "{list}");
        for column in columns {
            let mut found = texts(&sheet.column(column));
            if list == "payments" {
                found.reverse();
            }
            assert_eq!(found, payloads, "{list}, {column}");
            cells += found.len();
        }
    }
    println!("R29: 0 formulas / {} payloads in {cells} cells of 4 lists, 0 in 6 others", payloads.len());
}

#[tokio::test]
async fn a_list_is_taken_along_by_whoever_may_read_it_and_holds_no_more_than_they_may_see() {
    let town = Town::new().await;
    let (dulmaa, bat, saraa) = (town.director().await, town.employee().await, town.neighbour().await);
    let own = town.lets_to(town.altan, "301", "88112233").await;
    let other = town.lease(town.altan, Lease::plain("CT-2026-0700", "Өөр ХХК")).await;
    let gana = town.linked_tenant(&dulmaa, "Ц. Ганаа", "88112233").await;
    assert_ne!(own.contract, other.contract);
    let count =
        async |who: &Person<'_>, list: &str| Sheet::of(&who.get(&format!("/v2/{list}/export")).await).lines().len();

    assert_eq!(count(&dulmaa, "contracts").await, 2);
    assert_eq!(count(&gana, "contracts").await, 1);
    assert_eq!((count(&bat, "contracts").await, count(&saraa, "contracts").await), (0, 0));
    for list in
        ["tenants", "rooms", "properties", "staff", "audit", "tenant-links", "deposits", "vacancies", "occupancy"]
    {
        gana.get(&format!("/v2/{list}/export")).await.refuses(403, "FORBIDDEN");
    }
    for list in ["payments", "audit", "tenant-links", "deposits"] {
        bat.get(&format!("/v2/{list}/export")).await.refuses(403, "FORBIDDEN");
    }
    for list in [
        "contracts",
        "tenants",
        "rooms",
        "properties",
        "invoices",
        "payments",
        "staff",
        "audit",
        "tenant-links",
        "deposits",
        "vacancies",
        "occupancy",
    ] {
        town.nobody().get(&format!("/v2/{list}/export")).await.refuses(401, "UNAUTHORIZED");
        count(&dulmaa, list).await;
    }
    dulmaa.get("/v2/contracts/export?colour=red").await.refuses(400, "VALIDATION_ERROR");
    dulmaa.get("/v2/contracts/export?endingWithinDays=-1").await.refuses(400, "VALIDATION_ERROR");
    assert_eq!(
        town.count("select count(*) from audit_log where action like '%.export' and owner_id is not null").await,
        16
    );
}
