# Нэхэмжлэлийн жагсаалт, дэлгэрэнгүй, шинэ нэхэмжлэл.

## Жагсаалт

invoices-all = Бүгд
invoices-open = Үлдэгдэлтэй
invoices-overdue = Хугацаа хэтэрсэн
invoices-billed = Нэхэмжилсэн
invoices-drafts = Ноорог
invoices-search = Дугаар, гэрээ, түрээслэгч, талбай
invoices-empty = Ийм нэхэмжлэл алга
invoices-empty-note = Шүүлтүүрээ өөрчлөх эсвэл сараа бодож нэхэмжлэл гаргана уу.
invoice-no = №
issued-on = Огноо
vat = НӨАТ
paid = Төлсөн
days-late = Хэтэрсэн
# $days: тоо
days-late-count = { $days } хон.
kind = Төрөл
building = Барилга
all-statuses = Бүх төлөв
all-kinds = Бүх төрөл
no-number = Дугааргүй

## Нэг нэхэмжлэл

invoice-draft = Нэхэмжлэлийн ноорог
invoice-about = Ерөнхий мэдээлэл
invoice-lines = Задаргаа
line-what = Утга
quantity = Тоо хэмжээ
unit-price = Нэгж үнэ
invoice-subtotal = Татваргүй дүн
city-tax = НХАТ
register-no = Регистр
tin = ТИН
note = Тэмдэглэл
reason = Шалтгаан
method = Төлсөн хэлбэр
paid-at = Төлсөн огноо
invoice-no-payments = Төлөлт ороогүй байна.
invoice-corrects = Залруулж буй нэхэмжлэлийг харах
invoice-link = Түрээслэгчийн хуудас
invoice-link-note = SMS-ээр очсон холбоос. Хуулж аваад дахин илгээж болно.
invoice-link-open = Нээж үзэх
invoice-issue = Баталж илгээх
# $code: нэхэмжлэлийн дугаар
invoice-issued = { $code } дугаартай нэхэмжлэл илгээлээ.
invoice-drafted = Ноорог хадгаллаа.
invoice-cancel = Хүчингүй болгох
invoice-cancel-note = Нэхэмжлэл хүчингүй болж, түрээслэгч төлөх шаардлагагүй болно. Шалтгаан нь түүхэнд үлдэнэ.
invoice-cancelled = Нэхэмжлэлийг хүчингүй болголоо.

## Шинэ нэхэмжлэл

invoice-new = Шинэ нэхэмжлэл
invoice-choose-contract = Аль гэрээнд нэхэмжлэх вэ?
contracts-search = Гэрээ, түрээслэгч, талбай
contracts-none = Ийм гэрээ алга
contracts-none-note = Гэрээний дугаар, түрээслэгчийн нэр, талбайн дугаараар хайна уу.
# $number: мөрийн дугаар
invoice-line-no = { $number }-р мөр
quantity-one = Хоосон бол 1
exemption-code = Чөлөөлөх код
exemption-code-note = НӨАТ-аас чөлөөлөгдөх бол, 3 оронтой
invoice-issue-now = Шууд илгээх
invoice-save-draft = Ноорог хадгалах
invoice-more-lines = Мөр нэмэх
