# Сарын нэхэмжлэл бодох хуудас.

month-note = Гэрээ бүрээр юу өөрчлөгдөхийг шалгаад сараа бодно.
month-kinds = Өөрчлөлтөөр
month-what = Юу болох
month-why = Шалтгаан
month-previous = Өмнөх сар
month-amount = Энэ сар
month-difference = Зөрүү
month-issue-on = Нэхэмжлэх огноо
month-to-bill = Бодох нэхэмжлэл
# $count: тоо
month-bills = { $count } нэхэмжлэл
month-sms = { $count } түрээслэгчид SMS очно.
month-quiet = SMS илгээхгүй, зөвхөн бодох
month-stopped = Нийт дүн өмнөх сараас зөвшөөрсөн хэмжээнээс их зөрж байна
month-stopped-note = Доорх зөрүү, шалтгааныг шалгаад зөв бол тэмдэглээд бодно уу. Хязгаарыг байгууллагын тохиргоонд тогтоосон.
month-accept = Зөрүүг шалгасан, зөв
month-run = Сарыг бодох
month-nothing-to-bill = Бодох нэхэмжлэл үлдээгүй.
# $count: тоо
month-billed = Энэ сард { $count } нэхэмжлэл бодсон байна
month-see-bills = Нэхэмжлэлүүдийг харах
month-has-bill = нэхэмжлэл
# $count: тоо, $first, $last: нэхэмжлэлийн дугаар, $total: дүн
month-made = { $count } нэхэмжлэл бодлоо: { $first } – { $last }, нийт { $total } ₮.
# $existing: өмнө бодсон тоо, $parked: түр үлдээсэн тоо
month-nothing-new = Шинэ нэхэмжлэл гарсангүй: { $existing } нь өмнө бодогдсон, { $parked } нь түр үлдсэн.
month-empty = Ийм гэрээ алга
month-empty-note = Энэ сард нэхэмжлэх гэрээ байхгүй эсвэл өөр шүүлтүүр сонгоно уу.

preview-kind-new = Шинэ
preview-kind-changed = Өөрчлөгдсөн
preview-kind-ended = Дууссан
preview-kind-same = Хэвээр
preview-kind-parked = Түр үлдээсэн
