# Төлөлтийн жагсаалт, дэлгэрэнгүй, гараар бүртгэх.

payment-new = Төлөлт бүртгэх
payments-empty = Ийм төлөлт алга
payments-empty-note = Огноо, хэлбэрээ өөрчилж үзнэ үү.
all-methods = Бүх хэлбэр
from = Эхлэх
to = Дуусах
payer = Төлөгч
payer-hint = Түрээслэгчээс өөр хүн төлсөн бол
reference = Гүйлгээний дугаар
allocated = Хуваарилсан
credit = Илүү төлөлт
credit-means = Нэхэмжлэлээс илүү гарсан мөнгө түрээслэгчийн нэр дээр үлдэж, дараагийн нэхэмжлэлээс нь хасагдана.
invoice = Нэхэмжлэл
# $amount: дүн
payment-title = Төлөлт { $amount } ₮
payment-put-on = Юунд хуваарилсан
payment-on-nothing = Ямар ч нэхэмжлэлд хуваарилаагүй байна.
payment-is-reversal = Буцаалт
payment-see-reversed = Буцаасан төлөлтийг харах
payment-reverse = Төлөлтийг буцаах
payment-reverse-note = Буцаалтын тусдаа бичилт үүсэж, хуваарилсан нэхэмжлэлүүд дахин төлөгдөөгүй болно. Шалтгаан нь түүхэнд үлдэнэ.
payment-reversed = Төлөлтийг буцаалаа.
# $amount: дүн
payment-recorded = { $amount } ₮ төлөлт бүртгэлээ.
# $credit: илүү гарсан дүн
payment-left-over = Үүнээс { $credit } ₮ илүү төлөлт болж үлдлээ.

payment-choose-tenant = Хэн төлсөн бэ?
payment-other-tenant = өөр түрээслэгч
payment-for = Юуны төлбөр
payment-oldest-first = Хамгийн хуучин нэхэмжлэлээс эхлэн
tenants-search = Нэр, регистр, утас
tenants-none = Ийм түрээслэгч алга
tenants-none-note = Нэр, регистр эсвэл утасны дугаараар хайна уу.
tenant-owes = Нийт үлдэгдэл
phone = Утас
money-hint = 1 250 000 эсвэл 1.25 сая
back = Болих
