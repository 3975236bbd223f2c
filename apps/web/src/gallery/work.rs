//! A form that came back with remarks, and a longer piece of work with steps and progress.

use maud::{Markup, html};

use crate::{
    page::Page,
    reader::Reader,
    ui::{
        alert::{self, Kind},
        button::Button,
        form::{self, Form},
        frame,
        head::head,
        icon::Icon,
        menu::Place,
        panel,
        progress::progress,
        stepper::{Stage, Step, stepper},
    },
};

/// A contract's edit form, come back with remarks.
pub struct Edit {
    form: Form,
    kinds: Vec<(String, String)>,
}

impl Page for Edit {
    fn render(&self, reader: &Reader) -> Markup {
        let form = &self.form;
        let fields = html! {
            (form.summary(reader))
            div class="fields" {
                (form.field("tenant", "Түрээслэгч").required().max_chars(200))
                (form.field("register", "Регистрийн дугаар").hint("Иргэн бол УБ91010112, байгууллага бол 7 орон"))
                (form.field("phone", "Утас").phone())
                (form.field("email", "И-мэйл").email())
                (form.field("starts_on", "Эхлэх өдөр").date().required())
                (form.field("ends_on", "Дуусах өдөр").date())
                (form.field("rent", "Сарын түрээс").money().required().hint("1 250 000 эсвэл 1.25 сая"))
                (form.field("area", "Талбай").number("м²"))
                (form.field("kind", "Төрөл").choices(&self.kinds))
                (form.field("month", "Эхний сар").month())
                (form.field("notes", "Тэмдэглэл").lines(3).wide())
                (form.field("listed", "Зар мэдээнд харуулах").check())
            }
            div class="form-foot" {
                (Button::submit("Хадгалах").icon(Icon::Check))
                (Button::link("Болих", "/contracts/1").ghost())
                (Button::submit("Цуцлах").danger().value("action", "terminate").icon(Icon::Trash))
            }
        };
        let main = html! {
            (head(&[("Гэрээ", "/contracts"), ("CT-2026-0042", "/contracts/1")], "Гэрээ засах", html! {}, html! {}))
            (form::post("/contracts/1", fields))
        };
        frame::desk(reader, Place::Contracts, "Гэрээ засах", main, panel::closed())
    }

    fn sample() -> Edit {
        let typed =
            [("tenant", ""), ("rent", "1.250"), ("phone", "9911"), ("starts_on", "2026-11-01"), ("listed", "yes")];
        let mut form = Form::typed(typed.map(|(name, value)| (name.to_owned(), value.to_owned())));
        form.remark("tenant", "Заавал бөглөнө үү.");
        form.remark("rent", "Мөнгөн дүн буруу байна. Жишээ нь: 1 250 000 эсвэл 1.25 сая");
        form.remark("phone", "Утасны дугаар 8 оронтой байна.");
        Edit { form, kinds: vec![("office".into(), "Оффис".into()), ("shop".into(), "Дэлгүүр".into())] }
    }
}

/// An import under way.
pub struct Work {
    done: u64,
}

impl Page for Work {
    fn render(&self, reader: &Reader) -> Markup {
        let step = |label: &str, note: &str, stage| Step {
            label: label.into(),
            note: Some(note.into()),
            href: (stage == Stage::Done).then(|| "/import".into()),
            stage,
        };
        let steps = [
            step("Файл сонгох", "rent-roll.xlsx, 214 мөр", Stage::Done),
            step("Шалгах", "208 зөв, 6 алдаатай", Stage::Done),
            step("Оруулах", "Явж байна", Stage::Now),
            step("Дүгнэлт", "", Stage::Later),
        ];
        let file = Form::default();
        let main = html! {
            (head(&[], "Excel-ээс оруулах", html! { "Талбай, түрээслэгч, гэрээ, эхний үлдэгдэл" }, html! {}))
            (stepper(reader, &steps))
            (alert::alert(Kind::Info, "Одоогоор юу ч бичигдээгүй", html! { p { "Эхлээд бүх мөрийг шалгаж, алдааг мөр, баганаар нь харуулна." } }))
            (alert::alert(Kind::Good, "208 мөр бэлэн боллоо", html! {}))
            (progress(reader, "work", "Гэрээ бичиж байна", self.done, 208, None))
            (form::upload("/import", html! {
                (file.field("file", "Файл").file(".xlsx,.csv").required().hint("XLSX эсвэл CSV, хамгийн ихдээ 20 МБ"))
                div class="form-foot" { (Button::submit("Шалгах").icon(Icon::Upload)) }
            }))
        };
        frame::desk(reader, Place::Import, "Excel-ээс оруулах", main, panel::closed())
    }

    fn sample() -> Work {
        Work { done: 133 }
    }
}
