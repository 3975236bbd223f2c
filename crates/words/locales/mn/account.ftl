# Миний бүртгэл: мэдээлэл, нууц үг, хоёр шатлалт хамгаалалт, нэвтэрсэн төхөөрөмж.

account = Миний бүртгэл
account-profile = Миний мэдээлэл
account-password = Нууц үг
account-factor = Хоёр шатлалт хамгаалалт
account-sessions = Нэвтэрсэн төхөөрөмж
account-name = Таны нэр
account-language = Хэл
print = Хэвлэх

email-verified = Баталгаажсан
email-unverified = Баталгаажаагүй
email-change = Хаяг солих
email-change-hint = Шинэ хаяг руу очсон захидлаар баталгаажуулмагц солигдоно.
email-letter-sent = Баталгаажуулах захидал илгээлээ.
phone-change = Дугаар солих
phone-change-hint = Шинэ дугаар руу очсон кодоор баталгаажуулна.
phone-changed = Утасны дугаар солигдлоо.

password-change = Нууц үг солих
password-change-note = Нууц үг солигдмогц бусад бүх төхөөрөмжөөс гарна.
password-current = Одоогийн нууц үг
password-changed = Нууц үг солигдлоо. Бусад төхөөрөмжөөс гарлаа.

factor-title = Хоёр шатлалт хамгаалалт
factor-on = Идэвхтэй
factor-off = Идэвхгүй
factor-note = Нэвтрэхдээ нууц үгээс гадна утасны аппын кодыг оруулна. Нууц үг тань алдагдсан ч өөр хүн нэвтэрч чадахгүй.
factor-begin = Тохируулж эхлэх
factor-scan = 1. QR кодыг аппаараа уншуулна
factor-scan-note = Google Authenticator, Microsoft Authenticator, 1Password зэрэг аль ч баталгаажуулагч апп болно.
factor-qr = Баталгаажуулагч аппад уншуулах QR код
factor-secret = QR код уншуулах боломжгүй бол энэ түлхүүрийг аппдаа бичнэ үү:
factor-open = Энэ төхөөрөмж дэх аппаар нээх
factor-keep-codes = 2. Нөөц кодоо хадгална
factor-codes = Нөөц код
factor-codes-note = Утсаа гээвэл эдгээр кодоор нэвтэрнэ. Код бүр нэг удаа хүчинтэй. Дахин харуулахгүй тул хэвлэх эсвэл аюулгүй газар хадгална уу.
factor-codes-copy = Кодуудыг хуулах
factor-codes-new = Шинэ нөөц код
factor-codes-kept = Хадгалсан
factor-confirm = 3. Аппын кодоор баталгаажуулна
factor-code = Апп дээрх 6 оронтой код
factor-switch-on = Идэвхжүүлэх
factor-is-on = Хоёр шатлалт хамгаалалт идэвхжлээ.
factor-on-note = Нэвтрэх бүрд аппын код асууна. 30 хоног санасан төхөөрөмжөөс асуухгүй.
factor-renew = Шинэ нөөц код авах
factor-renew-note = Шинэ код авмагц өмнөх нөөц кодууд хүчингүй болно.
factor-switch-off = Идэвхгүй болгох
factor-off-note = Цаашид зөвхөн нууц үгээр нэвтэрнэ.
factor-is-off = Хоёр шатлалт хамгаалалт идэвхгүй боллоо.

sessions-note = Нэг дор 5 хүртэл төхөөрөмжөөс нэвтэрч болно. Зургаа дахь төхөөрөмж нэвтэрмэгц хамгийн эхнийх нь гарна.
sessions-end-others = Бусад бүх төхөөрөмжөөс гарах
sessions-ended = Бусад төхөөрөмжөөс гарлаа.
sessions-not-fresh = Дахин нэвтэрнэ үү
sessions-not-fresh-note = Нэвтэрснээс хойш нэг хоног өнгөрсөн тул төхөөрөмжүүдээ харахын өмнө дахин нэвтэрнэ.
session-end = Гаргах
session-ended = Төхөөрөмжийг гаргалаа.
session-gone = Тэр төхөөрөмж аль хэдийн гарсан байна.
device-unknown = Танигдаагүй төхөөрөмж
device-this = Энэ төхөөрөмж
device-used = Сүүлд ашигласан:
device-since = Нэвтэрсэн:
device-address = IP хаяг
