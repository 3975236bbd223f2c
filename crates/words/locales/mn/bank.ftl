## Банкны данс, хуулга

thing-bank-account = Банкны данс
audit-thing-bank-account = Банкны данс
audit-thing-bank-statement = Дансны хуулга
audit-verb-take = авсан
audit-action-bank-statement-take = Дансны хуулга: оруулсан
audit-action-bank-account-create = Банкны данс: бүртгэсэн
audit-action-bank-account-edit = Банкны данс: зассан
audit-field-shown = Түрээслэгчид харагдана
audit-field-holder = Данс эзэмшигч
audit-field-source = Хаанаас
audit-field-layout = Загвар
audit-field-lines = Мөр
audit-field-new-lines = Шинэ мөр

field-bank-account-number = Дансны дугаар 5–34 оронтой тоо эсвэл IBAN байна.
field-bank-iban = IBAN-ы хяналтын тоо таарахгүй байна. Дахин шалгана уу.
# $told: файл дахь дансны дугаарын төгсгөл; $chosen: сонгосон дансных; $bank: файлын банк
field-bank-wrong-account = Энэ хуулга өөр дансных ({ $told }) байна. Сонгосон данс: { $chosen }.
field-bank-wrong-currency = Хуулгын валют { $told }, дансны валют { $chosen }: таарахгүй байна.
# $number: дансны дугаар
conflict-bank-account-there = { $number } данс бүртгэлтэй байна.


line-state-linked = Холбосон
line-state-probable = Магадлалтай
line-state-unknown = Тодорхойгүй
line-state-ignored = Хамааралгүй

connection-status-untested = Шалгаагүй
connection-status-working = Ажиллаж байна
connection-status-failing = Банк хариу өгөхгүй байна
connection-status-refused = Банк зөвшөөрсөнгүй

settings-banks = Банкны данс
banks-title = Банкны данс
banks-note = Хуулга нь орж ирэх дансууд. Түрээслэгчид харагдахаар тэмдэглэсэн данс нь нэхэмжлэх дээр бичигдэнэ.
banks-none = Данс бүртгээгүй байна.
banks-bank = Банк
banks-number = Дансны дугаар
banks-number-hint = Дансны дугаар эсвэл IBAN.
banks-holder = Данс эзэмшигч
banks-holder-hint = Хоосон бол байгууллагын нэрээр.
banks-shown = Түрээслэгчид харагдана
banks-hidden = Зөвхөн дотооддоо
banks-currency = Валют
banks-new = Данс бүртгэх
banks-add = Бүртгэх
banks-added = Дансыг бүртгэлээ.
banks-connection = Банкнаас шууд авах
banks-by-file = Файлаар
banks-statements = Оруулсан хуулга
banks-statements-none = Хуулга оруулаагүй байна.
banks-file = Файл
banks-from-bank = Банкнаас
banks-period = Хугацаа
banks-lines = Мөр
banks-new-lines = Шинэ
banks-in = Орлого
banks-out = Зарлага
banks-taken-at = Оруулсан

import-statement = Дансны хуулга
import-statement-note = Хаан, Голомт, ХХБ-ны Excel хуулга, эсвэл огноо, утга, дүнтэй аль ч хүснэгт. Өмнө нь орсон мөр давхар бүртгэгдэхгүй.
statement-account = Аль дансны хуулга
statement-no-account = Эхлээд банкны дансаа бүртгэнэ үү.
statement-file = Хуулгын файл
statement-file-hint = Excel (.xlsx, .xls) эсвэл CSV, 20 МБ хүртэл.
statement-look = Үзэх
statement-write = Оруулах
# $new: шинэ мөр; $known: өмнө нь орсон
statement-looked = Шинэ { $new } мөр, өмнө нь орсон { $known } мөр байна. Одоогоор юу ч бичээгүй.
statement-written = Шинэ { $new } мөр орлоо. Өмнө нь орсон { $known } мөрийг давхар бичээгүй.
statement-problems = Уншиж чадаагүй мөр
statement-outside = Хуулгын хугацаанаас гадуурх мөр
statement-table-note = Энэ хуулгын загварыг танихгүй тул баганыг нь үгээр нь олсон. Доорх мөрүүдийг сайтар шалгана уу.
statement-when = Хэзээ
statement-amount = Дүн
statement-text = Гүйлгээний утга
statement-sender = Харьцсан тал
statement-state = Төлөв
statement-row = Мөр
statement-known = Өмнө нь орсон
statement-for = Аль нэхэмжлэх
bank-statement-opening = Эхний үлдэгдэл
bank-statement-closing = Эцсийн үлдэгдэл
# $lines: харуулаагүй мөр
statement-more = Өөр { $lines } мөр байна.
statement-see-lines = Мөрүүдийг тулгах
statement-pick-again = Оруулахын тулд файлаа дахин сонгоно уу.

audit-action-bank-account-connect = Банкны данс: банкнаас шууд авахаар холбосон
audit-action-bank-account-disconnect = Банкны данс: холболтыг салгасан
audit-action-bank-account-test = Банкны данс: холболтыг шалгасан
field-bank-session-key = Session key 16, 24 эсвэл 32 тэмдэгттэй байна.
field-bank-iv-key = IV key 16 тэмдэгттэй байна.
field-bank-not-asked = Энэ банкны хуулгыг зөвхөн файлаар оруулна.
banks-connect = Банкнаас шууд авах
banks-connect-note = Банкны өгсөн унших эрхийн түлхүүр. Мөнгө шилжүүлэх түлхүүр, нууц үг хэзээ ч хэрэггүй. Цаг тутам шинэ гүйлгээг татна.
banks-key-khan = Consumer key
banks-key-golomt = Нэвтрэх нэр
banks-key-tdb = Client ID
banks-secret-khan = Secret
banks-secret-golomt = Нууц үг
banks-secret-tdb = Client secret
banks-session-key = Session key
banks-iv-key = IV key
banks-register-no = Байгууллагын регистр
banks-client-id = Client ID (заавал биш)
banks-secret-hint = Хадгалсны дараа дахин харагдахгүй.
banks-connected = Хадгаллаа. Банкнаас асууж байна.
banks-test = Холболтыг шалгах
banks-tested = Банкнаас асууж байна. Хэсэг хугацааны дараа хуудсаа дахин ачаална уу.
banks-disconnect = Холболтыг салгах
banks-disconnected = Холболтыг салгалаа. Орсон гүйлгээ хэвээр үлдэнэ.
banks-asked-at = Сүүлд асуусан
banks-read-through = Хүртэл авсан
banks-said = Банкны хариу
