# Талбайн жагсаалт, нэг талбай.

rooms-search = Тоот
rooms-any-kind = Бүх зориулалт
rooms-occupancy = Түрээс
rooms-let = Түрээслэгчтэй
rooms-vacant = Сул
rooms-all = Бүх талбай
# $count: нийт тоо, $occupied: түрээслэгчтэй нь
rooms-count = { $count } талбайгаас { $occupied } нь түрээслэгчтэй
rooms-area-let = Түрээсэлсэн:
rooms-none = Ийм талбай алга
rooms-none-note = Шүүлтүүрээ өөрчлөх эсвэл талбайгаа Excel-ээс оруулна уу.
floor = Давхар
asking-price = Санал болгох үнэ
room-listed = Зар мэдээнд харуулах
room-new = Талбай нэмэх
room-add = Нэмээд дараагийнх руу
# $unit: тоот
room-added = { $unit } тоотыг нэмлээ.
rooms-see = Жагсаалтыг харах
floor-unit = -р давхар
building-new = Барилга нэмэх
# $name: барилгын нэр
building-added = «{ $name }» барилгыг нэмлээ. Одоо талбайг нь бүртгэнэ үү.
building-district = Дүүрэг
building-floors = Давхрын тоо
building-floors-unit = давхар
building-year = Ашиглалтад орсон
building-year-unit = он
