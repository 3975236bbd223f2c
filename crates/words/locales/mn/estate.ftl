# Талбайн жагсаалт, нэг талбай.

rooms-search = Тоот
rooms-any-kind = Бүх зориулалт
rooms-occupancy = Түрээс
rooms-all = Бүх талбай
rooms-let = Түрээслэгчтэй
rooms-vacant = Сул
# $count: нийт тоо, $occupied: түрээслэгчтэй нь
rooms-count = { $count } талбайгаас { $occupied } нь түрээслэгчтэй
rooms-area-let = Түрээсэлсэн:
rooms-none = Ийм талбай алга
rooms-none-note = Шүүлтүүрээ өөрчлөх эсвэл талбайгаа Excel-ээс оруулна уу.
floor = Давхар
asking-price = Санал болгох үнэ
room-listed = Зар мэдээнд харуулах
