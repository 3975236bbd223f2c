# Тооцооны хуулга: түрээслэгчийн ба гэрээний, хуудас болон Excel файл.

statement = Тооцооны хуулга
statement-of-tenant = Түрээслэгчийн тооцооны хуулга
statement-of-contract = Гэрээний тооцооны хуулга
statement-opening = Эхний үлдэгдэл
statement-closing = Эцсийн үлдэгдэл
statement-billed = Нэхэмжилсэн
statement-paid = Төлсөн
statement-balance = Үлдэгдэл
statement-document = Баримт
statement-what = Утга
statement-period = Хугацаа
statement-show = Харах
statement-unused-credit = Хуваарилаагүй илүү төлөлт
statement-unused-credit-note = Нэхэмжлэлд хуваарилаагүй мөнгө түрээслэгчийн нэр дээр үлддэг тул гэрээний хуулгад ороогүй.
statement-none = Энэ хугацаанд гүйлгээ алга.
statement-none-note = Хугацаагаа өөрчилж үзнэ үү.
# $period: сар, $kind: нэхэмжлэлийн төрөл
statement-line-invoice = { $kind }, { $period }
# $method: төлсөн хэлбэр
statement-line-payment = Төлөлт, { $method }
statement-line-reversal = Төлөлтийн буцаалт, { $method }
statement-line-write-off = Найдваргүй авлагын хасалт
field-period-too-long = Хугацаа 10 жилээс урт байж болохгүй.
audit-thing-statement = Тооцооны хуулга
