# Гэрээний жагсаалт, гэрээ, шинэ гэрээ.

contract-new = Шинэ гэрээ
contract-edit = Гэрээ засах
contract-list-search = Гэрээний дугаар, түрээслэгч, тоот
contracts-any-status = Бүх төлөв
contracts-any-end = Дуусах хугацаа
# $days: хоног
contracts-ending = { $days } хоногт дуусах
# $count: тоо
contracts-count = { $count } гэрээ
contract-list-none = Ийм гэрээ алга
contract-list-none-note = Шүүлтүүрээ өөрчлөх эсвэл шинэ гэрээ үүсгэнэ үү.
contract-list-all = Бүх гэрээ

contract-terms = Нөхцөл
contract-rooms = Түрээсэлсэн талбай
contract-charges = Төлбөрүүд
contract-no-charges = Төлбөр оруулаагүй байна.
contract-bills = Нэхэмжлэлүүд
contract-no-bills = Энэ гэрээгээр нэхэмжлэл гараагүй байна.
contract-all-bills = Бүх нэхэмжлэл
contract-signed-at = Баталгаажсан
contract-sign = Гэрээг баталгаажуулах
# $code: гэрээний дугаар
contract-signed-news = { $code } гэрээ хүчин төгөлдөр боллоо.
contract-terminate = Гэрээг хугацаанаас нь өмнө цуцлах
contract-terminate-note = Сүүлийн өдрөөс хойш нэхэмжлэл гарахгүй, талбай сулрана. Андуурсан бол энэ сар дуусахаас өмнө сэргээж болно.
contract-terminate-do = Гэрээг цуцлах
# $code: гэрээний дугаар, $date: сүүлийн өдөр
contract-terminated-news = { $code } гэрээг цуцаллаа. Сүүлийн өдөр: { $date }.
# $code: гэрээний дугаар
contract-drafted-news = { $code } гэрээний ноорог бэлэн боллоо. Шалгаад баталгаажуулна уу.
contract-code = Гэрээний дугаар
contract-code-hint = Хоосон орхивол дараагийн дугаар авна

draft-note = Хадгалахад ноорог болж, талбай таны гэрээнд хадгалагдана.
draft-do = Ноорог үүсгэх
draft-which-building = Аль барилгын гэрээ вэ?
draft-no-building = Барилга бүртгээгүй байна. Excel-ээс оруулбал барилга, талбай хамт бүртгэгдэнэ.
draft-other-building = Өөр барилга сонгох
draft-tenant = Нэр эсвэл регистрийн дугаар
draft-tenant-hint = Бичиж эхлээд жагсаалтаас сонгоно уу
draft-tenant-needed = Түрээслэгчээ сонгох эсвэл доор шинээр бүртгэнэ үү.
draft-no-such-tenant = Ийм түрээслэгч алга. Доор шинээр бүртгэнэ үү.
# $names: тохирсон нэрс
draft-which-tenant = Хэд хэдэн түрээслэгч тохирлоо, аль нь вэ: { $names }
draft-rooms-hint = Олон бол таслалаар: 301, 302
# $unit: тоот
draft-no-such-room = Энэ барилгад { $unit } гэсэн тоот алга.
rent-price = Түрээсийн үнэ
management-price = Менежментийн төлбөр, 1 м²
may-be-empty = Байхгүй бол хоосон орхино

any-building = Бүх барилга
room-kind = Зориулалт
unit-no = Тоот
area = Талбай
starts-on = Эхлэх өдөр
until = Дуусах
no-end = Хугацаагүй
no-end-hint = Хоосон бол хугацаагүй
last-day = Сүүлийн өдөр
terminated-on = Цуцалсан өдөр
deposit = Барьцаа
deposit-received = Авсан барьцаа
payment-day = Төлөх өдөр
payment-day-unit = -ны дотор
# $day: сарын өдөр
payment-day-of-month = Сар бүрийн { $day }-ны дотор
grace-days = Хүлээх хоног
days-unit = хоног
# $days: хоног
days-count = { $days } хоног
penalty = Алданги, өдөрт
# $percent: хувь
penalty-a-day = Өдөрт { $percent }%
penalty-hint = Өдөрт хамгийн ихдээ 0.5%. Гэрээнд заагаагүй бол хоосон орхино
notes = Тэмдэглэл
charge = Төлбөр
charge-basis = Яаж бодох
all-rooms = Бүх талбай
draft = Ноорог
vacant = сул
edit = Засах
save = Хадгалах
leave = Болих
name = Нэр
phone-hint = 8 орон
register-hint = Байгууллага 7 орон, иргэн УБ91010112

stale = Таныг засаж байх хооронд өөр хүн өөрчилсөн байна
stale-note = Таны бичсэн зүйл доор хэвээрээ байна. Шинэ мэдээллийг нээгээд өөрийнхөө засварыг дахин оруулна уу.
stale-reload = Шинэ мэдээллийг нээх
