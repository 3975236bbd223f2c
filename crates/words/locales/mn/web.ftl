# Дэлгэцийн үг: цэс, гарчиг, товч, тайлбар.

## Цэс ба дээд мөр

menu = Цэс
menu-today = Өнөөдөр
menu-month = Сар
menu-contracts = Гэрээ
menu-rooms = Талбай
menu-invoices = Нэхэмжлэл
menu-payments = Төлөлт
menu-import = Импорт
menu-more = Цэс
skip-to-page = Агуулга руу шууд орох
search = Хайлт
search-label = Хайх: гэрээ, нэхэмжлэл, талбай, нэр, утас
search-none = Юу ч олдсонгүй
search-none-note = Гэрээ, нэхэмжлэлийн дугаар, тоот, нэр, регистр, утсаар хайгаарай.
search-all = Бүгдийг харах
theme = Өнгө
theme-system = төхөөрөмжийнхөөр
theme-light = цайвар
theme-dark = бараан
sign-out = Гарах

## Хаа сайгүй

close = Хаах
copy = Хуулах
copy-what = Хуулах: { $what }
copied = Хуулсан
saved = Хадгаллаа.
connection-lost = Сервертэй холбогдож чадсангүй. Интернэт холболтоо шалгана уу.
refresh = Шинэчлэх
filter = Шүүх
filter-clear = Арилгах
pager = Хуудас
pager-first = Эхнээс
pager-next = Дараагийн
rows-shown = { $rows } мөр
total = Нийт
done-of = { $done } / { $total }
step-done = Хийсэн
panel-full = Бүтнээр нээх

## Баганын нэр

contract = Гэрээ
tenant = Түрээслэгч
space = Талбай
status = Төлөв
month = Сар
monthly = Сарын төлбөр
balance = Үлдэгдэл
ends-on = Дуусах өдөр
due-on = Төлөх өдөр
all = Бүгд
amount = Дүн

## Тоо, огноо

month-of-year = { $year } оны { $month }-р сар
month-short = { $month }
compact-thousand = { $n } мянга
compact-million = { $n } сая
compact-billion = { $n } тэрбум
chart-billed = Нэхэмжилсэн
chart-collected = Төлсөн
chart-as-table = Хүснэгтээр харах

## Нэвтрэх

sign-in = Нэвтрэх
sign-in-note = Байгууллагын ажилтны эрхээр
sign-in-do = Нэвтрэх
sign-in-demo = Туршиж үзэх
sign-in-tenants = Нэхэмжлэлээ төлөхөд нэвтрэх шаардлагагүй: мессежээр ирсэн холбоосоо нээнэ үү.
email = И-мэйл
password = Нууц үг

## Хуудас гарахгүй үед

problem-not-found = Ийм хуудас алга
problem-no-such = { $what } олдсонгүй.
problem-forbidden = Таны эрх хүрэхгүй байна
problem-busy = Түр хүлээнэ үү
problem-ours = Уучлаарай
problem-request = Хүсэлт биелсэнгүй
problem-number = Хүсэлтийн дугаар:
problem-home = Эхлэл рүү
error-upload-too-large = Илгээсэн зүйл хэт том байна. Жижиг болгоод дахин оролдоно уу.

## Түрээслэгчийн нэхэмжлэл

bill-title = Нэхэмжлэл { $code }
bill-to-pay = Төлөх дүн
bill-paid = Төлөгдсөн
bill-void = Хүчингүй болсон
bill-void-note = Энэ нэхэмжлэлийг төлөх шаардлагагүй.
bill-paid-at = Төлсөн:
bill-checking = Төлбөрийг шалгаж байна
bill-due = { $date } хүртэл
bill-due-today = өнөөдөр сүүлийн өдөр
bill-days-left = { $days } хоног үлдсэн
bill-late = { $days } хоног хэтэрсэн
bill-space = Талбай
bill-tenant = Түрээслэгч
bill-code = Нэхэмжлэлийн дугаар
bill-qpay = QPay-ээр төлөх
bill-qpay-banks = Банкны аппаа сонгоно уу
bill-qpay-preparing = QPay-ийн код бэлдэж байна. Энэ хуудас өөрөө шинэчлэгдэнэ.
bill-qr-label = QPay-ийн QR код
bill-qr-note = Банкны аппаараа QR кодыг уншуулж төлнө үү.
bill-transfer = Дансаар шилжүүлэх
bill-transfer-note = Гүйлгээний утгыг яг энэ хэвээр бичвэл төлбөр өөрөө танигдана.
bill-transfer-sum = Шилжүүлэх дүн
bill-bank = Банк
bill-account = Дансны дугаар
bill-holder = Хүлээн авагч
bill-reference = Гүйлгээний утга
bill-check-again = Төлбөр орсон эсэхийг шалгах
bill-lines = Юуны төлбөр вэ?
bill-how-made = Яаж бодсон бэ?
bill-total = Нийт дүн
bill-vat = Үүнээс НӨАТ
bill-paid-part = Төлсөн
bill-open = Үлдэгдэл
bill-issued = Илгээсэн: { $date }.
bill-questions = Асуух зүйл байвал:
bill-made-with = Spacehub системээр бэлтгэв

receipt = Төлбөрийн баримт
receipt-coming = Баримтыг татварын системээс авч байна. Ирмэгц энд гарна.
receipt-qr = Баримтын QR код
receipt-lottery = Сугалааны дугаар
receipt-number = ДДТД
receipt-at = Олгосон
