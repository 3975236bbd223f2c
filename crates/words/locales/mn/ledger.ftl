# Дэвтэр: дансны бичилт, сарын тулгалт, сарын түгжээ.

## Зөрчил

# $month: түгжигдсэн сар
conflict-month-locked = { $month } сар түгжигдсэн тул тэр сарын огноотой бичилтийг нэмэх, өөрчлөх боломжгүй. Засварыг нээлттэй сард залруулгаар хийнэ үү.
# $month: сар
conflict-month-not-over = { $month } сар дуусаагүй байна. Сар дууссаны дараа түгжинэ.
# $month: түгжигдсэн сүүлийн сар
conflict-month-locked-already = { $month } сар хүртэл аль хэдийн түгжигдсэн байна.
# $month: түгжигдсэн сүүлийн сар
conflict-month-locked-later = Эхлээд { $month } сарын түгжээг тайлна уу. Зөвхөн хамгийн сүүлд түгжигдсэн сарыг тайлна.
conflict-month-not-locked = { $month } сар түгжигдээгүй байна.
conflict-month-does-not-tie = { $month } сарын тооцоо тулаагүй тул түгжих боломжгүй. Тулгалтын зөрүүг эхлээд арилгана уу.
# $allocated: хуваарилсан дүн
conflict-not-allocated = Энэ төлөлтөөс тухайн нэхэмжлэлд { $allocated } ₮ л хуваарилсан байна.
conflict-payment-taken-back = Буцаасан төлөлтийг хуваарилах боломжгүй.

## Хуудас

ledger-tie-out = Сарын тулгалт
ledger-tie-out-note = Дэвтэр, нээлттэй нэхэмжлэл, тооцооны хуулга гурав сарын эцэст нэг дүн харуулах ёстой.
ledger-ties = Бүх дүн тулж байна
ledger-differs = Зөрүүтэй дүн байна
ledger-differs-note = Зөрүү нь тэг болтол сарыг түгжих боломжгүй. Аль барилга, аль тооцоонд зөрснийг доорх хүснэгтээс харна уу.
ledger-nothing = Энэ сар хүртэл авлага үүсээгүй байна
ledger-nothing-note = Нэхэмжлэл гарсны дараа барилга бүрийн авлага энд харагдана.
ledger-receivables = Авлага барилгаар
ledger-opening = Эхний үлдэгдэл
ledger-charges = Нэхэмжилсэн
ledger-penalties = Алданги, хураамж
ledger-credits = Хасалт
ledger-payments = Төлөлт
ledger-closing = Эцсийн үлдэгдэл
ledger-aging = Нээлттэй нэхэмжлэлээр
ledger-statements = Хуулгаар
ledger-difference = Зөрүү
ledger-checks = Нийт дүнгийн тулгалт
ledger-what = Юуг
ledger-by-ledger = Дэвтрээр
ledger-elsewhere = Бүртгэлээр
ledger-is-locked = Түгжигдсэн
ledger-is-open = Нээлттэй
ledger-lock = Сарыг түгжих
ledger-lock-note = Түгжсэний дараа энэ сар болон өмнөх саруудын огноотой юу ч өөрчлөгдөхгүй. Засварыг нээлттэй сард залруулгаар хийнэ. Бүх зөрүү тэг байхад л түгжинэ.
ledger-unlock = Түгжээг тайлах
ledger-unlock-note = Тайлсны дараа энэ сарын огноотой бичилт дахин нээгдэнэ. Шалтгаан түүхэнд үлдэнэ.
# $month: сар
ledger-locked = { $month } түгжигдлээ.
ledger-unlocked = { $month } сарын түгжээ тайлагдлаа.
ledger-lock-history = Түгжээний түүх
ledger-lock-made = Түгжсэн
ledger-lock-opened = Тайлсан

payment-allocate = Илүү төлөлтийг хуваарилах
payment-allocate-note = Хуваарилаагүй үлдсэн мөнгийг төлөх хугацаа нь хамгийн эрт болсон нэхэмжлэлээс эхлэн хуваарилна.
payment-allocated = Төлөлтийг нэхэмжлэлд хуваарилалаа.
payment-release = Нэхэмжлэлээс буцааж авах
payment-release-note = Нэхэмжлэл дахин төлөгдөөгүй болж, мөнгө түрээслэгчийн илүү төлөлт болно. Шалтгаан нь түүхэнд үлдэнэ.
payment-released = Төлөлтийг нэхэмжлэлээс буцааж авлаа.

## Нэр томьёо

tie-out-what-trial-balance = Бүх дансны нийлбэр
tie-out-what-tenant-statements = Түрээслэгчдийн хуулга
tie-out-what-tenant-credit = Илүү төлөлт
tie-out-what-deposits = Барьцааны бүртгэл
tie-out-what-set-offs = Барьцаанаас хийсэн төлөлт

## Үйлдлийн түүх

audit-action-month-lock = Сар: түгжсэн
audit-action-month-unlock = Сар: түгжээг тайлсан
audit-action-payment-allocate = Төлөлт: нэхэмжлэлд хуваарилсан
audit-action-payment-release = Төлөлт: нэхэмжлэлээс буцааж авсан
audit-field-allocated = Хуваарилсан
audit-field-closing = Эцсийн үлдэгдэл
audit-field-paid-at = Төлсөн
