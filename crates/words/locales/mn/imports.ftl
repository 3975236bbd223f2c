# Excel-ээс оруулах.

import-title = Excel-ээс оруулах
import-rent-roll = Түрээсийн жагсаалт
import-rent-roll-note = Талбай, түрээслэгч, гэрээ, эхний үлдэгдлээ нэг файлаар оруулна.
import-invoices = Төлөгдөөгүй нэхэмжлэл
import-invoices-note = Өмнөх системээр илгээсэн, төлөгдөөгүй байгаа нэхэмжлэлүүдээ оруулна.
import-file = Файл
import-file-hint = XLSX, XLS эсвэл CSV, хамгийн ихдээ 20 МБ
import-look = Шалгах
import-reading = Файлыг уншиж байна…
import-write = Зөв мөрүүдийг бүртгэх
import-writing = Бүртгэж байна
import-writing-note = Бүгд нэг дор хадгалагдана: дуустал нь нэг ч мөр бүртгэлд орохгүй.
import-lost = Холболт тасарч, дүнг мэдэж чадсангүй.
import-lost-note = Бүртгэл манай талд үргэлжилж байж магадгүй. Файлаа дахин шалгавал юу бүртгэгдсэн нь харагдана: нэг мөр хоёр удаа орохгүй.
import-pick-again = Бүртгэхийн өмнө дээр файлаа дахин сонгоно уу: бид файлыг хадгалдаггүй.
import-no-file = Файлаа сонгоно уу.
import-file-too-large = Файл 20 МБ-аас том байна. Зургийг нь хасах эсвэл барилга бүрээр нь салгаад дахин илгээнэ үү.
import-broken = Файл бүрэн ирсэнгүй. Дахин илгээнэ үү.
# $ok: зөв мөрийн тоо, $errors: алдаатай мөрийн тоо
import-all-right = Бүх { $ok } мөр зөв байна.
import-some-wrong = { $ok } мөр зөв, { $errors } мөр алдаатай байна.
import-nothing-written = Одоогоор юу ч бүртгээгүй. Алдаатай мөрүүдийг файлдаа засаад дахин шалгах эсвэл зөв мөрүүдийг одоо бүртгэж болно.
import-written = { $ok } мөрийг бүртгэлээ.
import-written-in-part = { $ok } мөрийг бүртгэлээ. Алдаатай { $errors } мөрийг бүртгээгүй.
import-see-contracts = Гэрээнүүдийг харах
import-see-rooms = Талбайг харах

import-read = Файлаас уншсан
import-to-add = Бүртгэвэл нэмэгдэх
import-added = Нэмэгдсэн
import-rows = Нийт мөр
import-ok = Зөв
import-wrong = Алдаатай
import-vacant = Сул талбай
import-known = Өмнө бүртгэсэн
import-rooms = Талбай
import-tenants = Түрээслэгч
import-contracts = Гэрээ
import-balances = Эхний үлдэгдэл
import-bills = Нэхэмжлэл

import-wrong-rows = Алдаатай мөрүүд
import-row = Хуудас, мөр
import-what = Юу
import-problems = Алдаа
# $rows: мөрийн тоо
import-more-rows = Өөр { $rows } мөр алдаатай байна.
import-columns = Багана
import-columns-unseen = Файлын гарчиг ойлгомжгүй бол мэдээлэл бүр аль баганад байгааг үсгээр нь зааж өгнө үү. Эхний хуудсанд хамаарна.
import-columns-note = Мэдээлэл бүр аль баганад байгааг гарчгаар нь танив. Буруу бол үсгээр нь зааж өгөөд дахин шалгана уу.

rent-roll-field-floor = Давхар
rent-roll-field-unit = Тоот
rent-roll-field-kind = Зориулалт
rent-roll-field-area-m2 = Талбай, м²
rent-roll-field-tenant = Түрээслэгч
rent-roll-field-register = Регистр
rent-roll-field-tin = ТТД
rent-roll-field-phones = Утас
rent-roll-field-email = И-мэйл
rent-roll-field-contract = Гэрээний дугаар
rent-roll-field-starts-on = Эхлэх өдөр
rent-roll-field-ends-on = Дуусах өдөр
rent-roll-field-price-per-m2 = 1 м² үнэ
rent-roll-field-flat-rent = Тогтмол түрээс
rent-roll-field-vat-mode = НӨАТ
rent-roll-field-management-fee = Менежментийн төлбөр
rent-roll-field-deposit-due = Төлөх барьцаа
rent-roll-field-deposit-paid = Төлсөн барьцаа
rent-roll-field-payment-day = Төлөх өдөр
rent-roll-field-penalty-bp-per-day = Алданги
rent-roll-field-opening-balance = Эхний үлдэгдэл
rent-roll-field-note = Тэмдэглэл

open-invoice-field-code = Нэхэмжлэлийн дугаар
open-invoice-field-contract = Гэрээний дугаар
open-invoice-field-tenant = Түрээслэгч
open-invoice-field-building = Барилга
open-invoice-field-unit = Тоот
open-invoice-field-period = Сар
open-invoice-field-amount = Үлдэгдэл дүн
open-invoice-field-due-date = Төлөх хугацаа

imports-title = Оруулсан файлууд
imports-none = Оруулсан файл алга
imports-none-note = Excel файлаа оруулмагц энд хэн, хэзээ, юу оруулсан нь харагдана.
import-kind-rent-roll = Түрээсийн жагсаалт
import-kind-invoices = Төлөгдөөгүй нэхэмжлэл
import-status-written = Бүртгэсэн
import-status-undone = Буцаасан
import-when = Хэзээ
import-who = Хэн
import-by-command = Командын мөрөөр
import-undo = Импортыг буцаах
import-undo-do = Буцаах
import-undo-note = Энэ файлаас орсон талбай, түрээслэгч, гэрээ, нэхэмжлэл бүгд хасагдана. Нэгийг нь ч гэсэн дараа нь ашигласан эсвэл зассан бол буцаахгүй, юу саад болсныг хэлнэ.
import-undone = Импортыг буцаалаа.
import-undone-at = Буцаасан
import-made = Оруулсан
import-file-name = Файл
import-no-file-name = Нэргүй файл
import-see = Оруулсан файлуудыг харах
# $sheet: хуудас, $date: огноо
import-remembered = «{ $sheet }» хуудасны багануудыг { $date }-нд заасан ёсоор танив.
import-remembered-title = Баганыг өмнө заасныг санаж байна
import-forget = Мартах
import-forgotten = Заасан багануудыг мартлаа. Дараагийн удаад гарчгаар нь танина.
import-mappings = Гараар заасан багана
import-mappings-note = Ижил гарчигтай файл дахин ирэхэд эдгээр баганыг өөрөө таньж, санал болгоно.
import-mapping-columns = Заасан багана
import-mapping-none = байхгүй
thing-import-mapping = Заасан багана
audit-thing-import-mapping = Импортын багана
audit-verb-forget = мартсан
audit-verb-undo = буцаасан
# $things: саад болсон зүйлс, $count: тоо
conflict-import-touched = Импортоос хойш ашигласан эсвэл өөрчилсөн { $count } зүйл байгаа тул буцаах боломжгүй: { $things }.
conflict-import-undone = Энэ импортыг аль хэдийн буцаасан байна.
# $by: хүснэгтийн нэр
conflict-import-held = Импортоор орсон мэдээлэлтэй холбоотой өөр бүртгэл ({ $by }) үүссэн тул буцаах боломжгүй.
