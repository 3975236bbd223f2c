# Байгууллагын тохиргоо.

menu-settings = Тохиргоо
settings-owner = Байгууллага
settings-directors = Тохиргоог захирал өөрчилнө.
settings-tin = ТТД
settings-vat-payer = НӨАТ төлөгч
settings-city-tax-payer = НХАТ төлөгч
settings-address = Хаяг
settings-billing-day = Нэхэмжлэх өдөр
settings-billing-day-hint = Сар бүр энэ өдөр нэхэмжлэлийг бэлтгэнэ. 1-ээс 28 хүртэл
settings-day-unit = -ны өдөр
settings-run-bound = Зөвшөөрөх зөрүү
settings-run-bound-hint = Сарын дүн өмнөх сараас үүнээс их зөрвөл нэхэмжлэхийн өмнө асууна
yes = Тийм
no = Үгүй

## QPay

settings-qpay = Төлбөр хүлээн авах
qpay-note = QPay-ийн мерчант эрхээ холбосноор түрээслэгч нэхэмжлэлээ QR кодоор төлж, төлбөр шууд бүртгэгдэнэ.
qpay-is-connected = Холбогдсон
qpay-not-connected = Холбоогүй
qpay-connected = QPay-ийн эрхийг холболоо.
qpay-username = QPay-ийн нэвтрэх нэр
qpay-password-hint = Шифрлэж хадгална, дахин харуулахгүй.
qpay-invoice-code = Нэхэмжлэлийн код
