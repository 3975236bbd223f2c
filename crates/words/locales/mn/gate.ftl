# Нэвтрэх, бүртгүүлэх, нууц үг сэргээх, урилга: нэвтрэхээс өмнөх хуудсууд.

## Нэвтрэх

sign-in-by-email = И-мэйлээр
sign-in-by-phone = Утсаар
sign-in-remember = Намайг санах
sign-in-ask = Бүртгэлтэй юу?
sign-in-phone-note = Түрээслэгч утасны дугаараараа нэвтэрнэ
back-to-sign-in = Нэвтрэх хуудас руу буцах
forgotten-link = Нууц үгээ мартсан уу?
phone-code-hint = Энэ дугаарт 6 оронтой код мессежээр очно.

code = Код
code-send = Код авах
code-title = Кодоо оруулна уу
# $phone: утасны дугаар
code-note = { $phone } дугаар руу 6 оронтой код илгээлээ. Код 5 минут хүчинтэй.
code-six-digits = Код 6 оронтой тоо байна.
code-again = Код дахин авах
code-sent-again = Шинэ код илгээлээ.
code-other-phone = Өөр дугаар

second-title = Хоёр дахь шат
second-app-note = Баталгаажуулагч аппаа нээж, одоо харагдаж буй 6 оронтой кодыг оруулна уу.
second-sent-note = Танд илгээсэн 6 оронтой кодыг оруулна уу. Код 3 минут хүчинтэй.
second-backup-note = Хадгалсан нөөц кодынхоо нэгийг оруулна уу. Код бүр нэг л удаа хүчинтэй.
second-trust = Энэ төхөөрөмжөөс 30 хоног дахин асуухгүй
second-others = Өөр аргаар:
second-app = Аппын кодоор
second-sent-way = Код илгээлгэж авах
second-backup = Нөөц кодоор
second-sent = Код илгээлээ.

## Татгалзсан шалтгаан. Бүртгэл байгаа эсэхийг хэлэхгүй.

# $secs: секунд
auth-wait = Хэт олон удаа оролдлоо. { $secs } секундийн дараа дахин оролдоно уу.
# $minutes: минут
auth-wait-minutes = Хэт олон удаа оролдлоо. { $minutes } минутын дараа дахин оролдоно уу.
auth-validation-error = Оруулсан мэдээллээ шалгана уу.
auth-invalid-origin = Энэ хүсэлт манай хуудаснаас ирээгүй тул хүлээж аваагүй.
auth-email-not-verified = И-мэйл хаягаа баталгаажуулаагүй байна. Шинэ захидал илгээлээ: доторх холбоосыг дарна уу.
auth-password-too-short = Нууц үг 8-аас доошгүй тэмдэгттэй байна.
auth-password-too-long = Нууц үг хамгийн ихдээ 128 тэмдэгттэй байна.
auth-invalid-password = Нууц үг буруу байна.
auth-credential-account-not-found = Та нууц үг тохируулаагүй байна. «Нууц үгээ мартсан уу?» гэдгээр шинээр тохируулна уу.
auth-invalid-token = Холбоос хүчингүй болсон байна. Шинээр авна уу.
auth-token-expired = Холбоосын хугацаа дууссан байна. Шинээр авна уу.
auth-invalid-phone-number = Утасны дугаар буруу байна.
auth-phone-number-exist = Энэ дугаарыг холбох боломжгүй байна.
auth-email-can-not-be-updated = Хаягийг солих боломжгүй байна.
auth-invalid-otp = Код буруу байна.
auth-otp-not-found = Код хүчингүй болсон байна. Шинэ код авна уу.
auth-otp-expired = Кодын хугацаа дууссан байна. Шинэ код авна уу.
auth-otp-has-expired = Кодын хугацаа дууссан байна. Шинэ код авна уу.
auth-too-many-attempts = Код олон удаа буруу орлоо. Шинэ код авна уу.
auth-too-many-attempts-request-new-code = Код олон удаа буруу орлоо. Шинэ код авна уу.
auth-invalid-code = Код буруу байна.
auth-invalid-backup-code = Нөөц код буруу эсвэл ашиглагдсан байна.
auth-invalid-two-factor-cookie = Хүлээх хугацаа дууслаа. Дахин нэвтэрнэ үү.
auth-totp-not-enabled = Хоёр шатлалт хамгаалалт идэвхгүй байна.
auth-two-factor-not-enabled = Хоёр шатлалт хамгаалалт идэвхгүй байна.
auth-backup-codes-not-enabled = Нөөц код алга байна.
auth-two-factor-already-enabled = Хоёр шатлалт хамгаалалт аль хэдийн идэвхтэй байна.
auth-session-not-fresh = Аюулгүй байдлын үүднээс дахин нэвтэрнэ үү.

## Бүртгүүлэх

sign-up-ask = Байгууллага тань бүртгэлгүй юу?
sign-up-link = Бүртгүүлэх
sign-up-title = Байгууллагаа бүртгүүлэх
sign-up-note = Талбай түрээслүүлдэг байгууллагад
sign-up-register-no = Байгууллагын регистр
sign-up-register-no-hint = 7 оронтой тоо
sign-up-company = Байгууллагын нэр
sign-up-director = Захирлын нэр
sign-up-email-hint = Энэ хаягаар баталгаажуулах захидал очно.
sign-up-do = Бүртгүүлэх
password-hint = 8-аас доошгүй тэмдэгт. Өөр газар хэрэглэдэггүй нууц үг сонгоорой.

letter-title = Захидлаа шалгана уу
# $email: хаяг
letter-note = { $email } хаяг руу баталгаажуулах захидал илгээлээ.
letter-open = Манайхаас ирсэн захидлыг нээнэ үү.
letter-press = Доторх холбоосыг дарж хаягаа баталгаажуулна уу.
letter-begin = Нэвтэрч ороод эхний барилгаа бүртгэнэ үү.
letter-spam = Захидал хэдэн минутын дотор ирэхгүй бол спам хавтсаа шалгаарай.
letter-again = Дахин илгээх
letter-sent-again = Захидлыг дахин илгээлээ.
letter-other = Өөр хаягаар бүртгүүлэх
verified-title = Хаяг баталгаажлаа
verified-note = Одоо нэвтэрч, ажлаа эхэлж болно.
verified-on = Үргэлжлүүлэх
unverified-title = Холбоос хүчингүй байна
unverified-note = Холбоосыг ашигласан эсвэл хугацаа нь дууссан байна. Нэвтрэхэд шинэ захидал илгээнэ.

## Мартсан нууц үг

forgotten-title = Нууц үг сэргээх
forgotten-note = И-мэйл эсвэл утасны дугаараа бичнэ үү. Бүртгэлтэй бол холбоос эсвэл код очно.
forgotten-to = И-мэйл эсвэл утас
forgotten-do = Илгээх
forgotten-neither = И-мэйл хаяг эсвэл 8 оронтой утасны дугаар бичнэ үү.
forgotten-sent-title = Захидлаа шалгана уу
forgotten-sent-note = Энэ хаяг бүртгэлтэй бол нууц үг сэргээх холбоос очно. Холбоос 1 цаг хүчинтэй.
forgotten-again = Шинэ холбоос авах
forgotten-old-link = Холбоосыг ашигласан эсвэл хугацаа нь дууссан байна.
# $phone: утасны дугаар
forgotten-phone-note = { $phone } дугаар бүртгэлтэй бол код очсон байгаа. Кодоо бичээд шинэ нууц үгээ оруулна уу.
password-new = Шинэ нууц үг
password-new-title = Шинэ нууц үг
password-new-note = Нууц үг солигдмогц бүх төхөөрөмжөөс гарна.
password-set = Нууц үг солих
password-is-new = Нууц үг солигдлоо. Шинэ нууц үгээрээ нэвтэрнэ үү.

## Урилга

thing-invitation = Урилга
invited-title = Урилга
# $owner: байгууллага, $role: эрх
invited-note = { $owner } таныг «{ $role }» эрхээр ажиллахыг урьж байна.
invited-owner = Байгууллага
invited-role = Эрх
invited-to = Хэнд
invited-until = Хүчинтэй хугацаа
invited-has-account = Та бүртгэлтэй тул эхлээд нэвтэрч, дараа нь урилгаа хүлээн авна уу.
invited-join = Урилгыг хүлээн авах
# $name: хүний нэр
invited-join-as = { $name } нэрээр хүлээн авах
invited-not-me = Өөр хүнээр нэвтрэх
invited-gone-title = Урилга хүчингүй байна
invited-gone-note = Урилгыг ашигласан, цуцалсан эсвэл хугацаа нь дууссан байна. Урьсан хүнээсээ дахин илгээхийг хүснэ үү.
