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
