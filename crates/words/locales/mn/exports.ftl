# Жагсаалтыг Excel файл болгож авах: файлын гарчиг, толгой, хөл.

export-excel = Excel татах
export-contracts = Гэрээний жагсаалт
export-tenants = Түрээслэгчийн жагсаалт
export-rooms = Талбайн жагсаалт
export-properties = Барилгын жагсаалт
export-invoices = Нэхэмжлэлийн жагсаалт
export-payments = Төлөлтийн жагсаалт
export-staff = Ажилтны жагсаалт
export-audit = Үйлдлийн түүх
export-tenant-links = Түрээслэгчийн холболт
export-statement = Тооцооны хуулга
export-occupancy = Барилгын дүүргэлт
export-units = Нийт тоо
export-let-area = Түрээсэлсэн, м²
export-notice-area = Удахгүй сулрах, м²
export-listed-area = Сул, зартай, м²
export-vacant-area = Сул, м²
export-increases = Нэмэгдэх үнийн жагсаалт
export-increase-percent = Хувь
export-price-before = Одоогийн үнэ
export-price-after = Шинэ үнэ
export-from = Эхлэх өдөр
export-until = Дуусах өдөр
export-deposits = Барьцааны бүртгэл
export-vacancies = Сул талбайн жагсаалт
export-deposit-last = Сүүлийн бичилт
export-next-from = Дараагийнх эхлэх

export-everything = Шүүлтүүргүй: бүгд
# $at: огноо цаг, $who: хүний нэр
export-printed = Хэвлэсэн: { $at }, { $who }
# $rows: мөрийн тоо
export-total = Нийт: { $rows }
export-prepared = Бэлтгэсэн: ______________________ /                                        /
export-checked = Хянасан нягтлан бодогч: ______________________ /                                        /
# $rows: хамгийн их мөрийн тоо
conflict-export-too-long = Жагсаалт { $rows } мөрөөс урт байна. Шүүлтүүрээ нарийсгаад хэсэгчлэн татна уу.

export-kind = Зориулалт
export-property-name = Барилгын нэр
export-address = Хаяг
export-district = Дүүрэг
export-total-area = Нийт талбай, м²
export-floor-count = Давхрын тоо
export-built-year = Ашиглалтад орсон он
export-area = Талбай, м²
export-price-mode = Үнийн нэгж
export-base-rent = Санал болгох үнэ
export-listed = Зар мэдээнд
export-yes = Тийм
export-no = Үгүй
export-two-factor = Хоёр шатлалт хамгаалалт
export-created-at = Бүртгэсэн
export-decided-at = Шийдвэрлэсэн
export-thing = Юунд
export-id = Дугаар (ID)
export-ip = IP хаяг
export-sort = Эрэмбэ
export-sort-code = гэрээний дугаараар
export-sort-tenant = түрээслэгчийн нэрээр
export-sort-starts-on = эхлэх өдрөөр
export-sort-ends-on = дуусах өдрөөр
export-sort-down = буурахаар
# $days: хоног
export-ending-within = { $days } хоногийн дотор дуусах
export-only-open = Зөвхөн үлдэгдэлтэй
export-only-closed = Зөвхөн үлдэгдэлгүй
export-search = Хайлт
audit-before = Өмнө
audit-after = Дараа
audit-thing-audit = Үйлдлийн түүх
audit-verb-export = Excel-ээр татсан
audit-thing-vacancy = Сул талбай
audit-thing-occupancy = Барилгын дүүргэлт
