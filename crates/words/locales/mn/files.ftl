# Файл: зураг, төлөвлөгөө, гарын үсэгтэй гэрээ.

## Файлыг хүлээж авахгүй шалтгаан: field-file-…, conflict-file-…

field-file-unknown = Энэ төрлийн файл хүлээж авахгүй. JPEG, PNG, WebP, HEIC зураг эсвэл PDF илгээнэ үү.
field-file-heic = Ийм төрлийн HEIC зургийг уншиж чадахгүй. Утасныхаа тохиргоонд JPEG (Most Compatible) сонгож дахин авах, эсвэл зургаа JPEG болгож илгээнэ үү.
field-file-not-taken = Энд зөвхөн JPEG, PNG, WebP, HEIC зураг оруулна.
field-file-wrong-size = Файл бүтэн ирсэнгүй: хэмжээ нь мэдэгдсэнтэй таарахгүй байна. Дахин илгээнэ үү.
field-file-damaged = Файл дутуу эсвэл эвдэрсэн байна. Нээгдэж байгаа эсэхийг шалгаад дахин илгээнэ үү.
field-file-too-many-pixels = Зураг хэт том байна: 50 сая цэгээс ихгүй байх ёстой.
field-file-runs = PDF дотор програм, хавсралт эсвэл идэвхтэй маягт байна. Хэвлэж, дахин PDF болгоод илгээнэ үү.
field-file-locked = PDF нууц үгээр түгжигдсэн байна. Түгжээг нь тайлаад илгээнэ үү.
field-file-too-large = Файл 20 МБ-аас том байна.
field-file-order-not-whole = Дараалалд бүх зураг нэг нэг удаа орсон байх ёстой. Хуудсыг дахин ачаална уу.
conflict-file-not-uploaded = Файл хараахан ирээгүй байна. Илгээж дуусаад баталгаажуулна уу.
# $most: хэдэн ширхэг
conflict-files-full = Энд { $most }-аас олон файл оруулах боломжгүй. Хэрэггүйг нь устгаад дахин оролдоно уу.

## Хуудас

files-photos = Зураг
# $count, $most: хэдээс хэд
files-count = { $most }-аас { $count }
files-none = Зураг алга
files-papers-none = Файл алга
files-add-photo = Зураг нэмэх
files-replace = Шинээр солих
files-add = Файл оруулах
files-choose = Файл сонгох
files-hint-picture = JPEG, PNG, WebP эсвэл HEIC, 20 МБ хүртэл. Зураг авсан газрын мэдээллийг хасч хадгална.
files-hint-paper = PDF эсвэл сканнердсан зураг, 20 МБ хүртэл.
files-send = Илгээх
files-added = Файлыг хадгаллаа.
files-removed = Файлыг устгалаа.
files-none-sent = Эхлээд файлаа сонгоно уу.
files-remove = Устгах
files-earlier = Урагшлуулах
files-later = Хойшлуулах
# $position: хэддэх
files-photo-alt = { $position }-р зураг
files-signed-contract = Гарын үсэгтэй гэрээ
files-tenant-papers = Үнэмлэх, бичиг баримт
files-tenant-papers-note = Зөвхөн танай ажилтнууд харна. Холбоос 10 минутын дараа хүчингүй болно.
files-floor-plan = Давхрын төлөвлөгөө
files-cover = Барилгын зураг
files-logo = Лого
files-seal = Тамга
files-marks = Лого, тамга
files-marks-note = Гэрээ, акт, тооцооны хуудсанд хэвлэгдэнэ. Цаана нь ил харагддаг PNG хамгийн тохиромжтой.
files-size-kb = { $size } КБ
files-size-mb = { $size } МБ
thing-file = файл
