## Тойрч унших

walk-title = Тойрч унших
walk-note = Утсаараа тоолуур бүрийг дараалан уншина. Сүлжээгүй газар бичсэн заалт утсанд хадгалагдаж, сүлжээ ороход илгээгдэнэ.
# $number: давхрын дугаар
walk-floor = { $number }-р давхар
walk-common = Нийтийн тоолуур
walk-whole = Барилга бүхэлдээ
walk-other-building = Өөр барилга сонгох
walk-elsewhere = Өөр давхар сонгох
walk-none-note = Энд унших тоолуур бүртгэгдээгүй байна.
walk-places = Тоолуурууд
walk-read = уншсан
walk-steps = Алхах
walk-back = Өмнөх
walk-on = Дараах
walk-save = Хадгалаад дараагийнх
# $current: заалт
walk-saved = { $current } заалтыг хадгаллаа.
walk-photo = Тоолуурын зураг авах
walk-photo-kept = Авсан зургийг харах
# $why: шалтгаан
walk-photo-refused = Заалтыг хадгаллаа, зургийг авсангүй. { $why }
walk-below = Өмнөх заалтаас бага байна. Дахин шалгаад, зөв бол учрыг нь сонгоод хадгална уу.
walk-odd = Ердийн хэрэглээнээс хоёр дахин их эсвэл бага байна. Дахин шалгаад, зөв бол тайлбар бичээд хадгална уу.
walk-waiting = Сүлжээ ороход илгээнэ. Утсанд хадгалсан заалт:
walk-signed-out = Нэвтрэлт дууссан байна. Заалт утсанд хэвээр байгаа, нэвтэрмэгц илгээгдэнэ.
walk-sign-in = Нэвтрэх

meters-photo = Зураг
meters-photo-add = Зураг нэмэх
files-reading-photo = Тоолуурын зураг
# $current: одоо байгаа заалт; $version: хувилбар
conflict-reading-changed = Энэ хооронд өөр хүн { $current } гэж уншсан байна. Таныхыг авах бол дахин хадгална уу.

## Тооцоо

meters-utilities = Тооцоо
# $month: сар; $count: гарах нэхэмжлэх; $billed: гарсан нэхэмжлэх
meters-utilities-so-far = { $month }: { $count } нэхэмжлэх гарна, { $billed } нь гарсан.
meters-line = Юуны төлбөр
meters-how = Хэрхэн бодсон
meters-parked = Нэхэмжлэх гарахгүй гэрээ
meters-parked-because = Шалтгаан
meters-no-bills = Гарах нэхэмжлэх алга
meters-no-bills-note = Заалт, тариф бүрдэхэд энд гэрээ бүрийн ашиглалтын төлбөр задаргаатайгаа харагдана.
meters-charged-by = Аль тоолуураар
meters-charged-none = Тоолуураар тооцохгүй
meters-charged-hint = Зөвхөн тоолуураар тооцох мөрөнд. Энэ үнэ тарифын оронд хэрэглэгдэнэ.
export-utilities = Ашиглалтын төлбөрийн тооцоо
audit-thing-utility = Ашиглалтын тооцоо

## Импорт буцаах

import-kind-readings = Тоолуурын заалт
import-undo-note-readings = Энэ файлаас орсон заалт, шинээр бүртгэгдсэн тоолуур хасагдана. Сар түгжигдсэн, эсвэл заалтаар нь нэхэмжлэх гарсан бол буцаахгүй.
# $code: нэхэмжлэхийн дугаар
conflict-import-billed = Эдгээр заалтаар ашиглалтын нэхэмжлэх ({ $code }) гарсан тул буцаах боломжгүй.
import-thing-reading = Заалт
import-thing-meter = Тоолуур
import-thing-property = Барилга
import-thing-floor = Давхар
import-thing-room = Талбай
import-thing-tenant = Түрээслэгч
import-thing-contract = Гэрээ
import-thing-invoice = Нэхэмжлэх
import-thing-payment = Төлбөр
