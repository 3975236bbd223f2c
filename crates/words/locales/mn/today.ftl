# «Өнөөдөр» хуудас: үзүүлэлт, тайлбар, эхлэх алхам.

today-billed = Энэ сард нэхэмжилсэн
today-billed-means = Энэ сарын хүчинтэй нэхэмжлэлийн нийт дүн, НӨАТ орсон. Ноорог, хүчингүй болсныг тооцоогүй.
today-collected = Энэ сард орсон
today-collected-means = Энэ сарын эхнээс орсон бүх төлөлт, аль сарынх нь нэхэмжлэлд байсан ч. Буцаасан төлөлтийг хассан.
today-receivable = Нийт авлага
today-receivable-means = Илгээсэн бүх нэхэмжлэлийн төлөгдөөгүй үлдэгдэл, хугацаа нь болоогүйг оруулаад.
today-overdue = Хугацаа хэтэрсэн
today-overdue-means = Төлөх хугацаа нь өнөөдрөөс өмнө дууссан нэхэмжлэлийн төлөгдөөгүй үлдэгдэл.
today-occupancy = Дүүргэлт
today-occupancy-means = Өнөөдөр түрээслэгдсэн талбайн тоо ба нийт талбай; хувийг тоогоор, дараа нь м²-ээр бодов.
today-ending = Дуусах гэрээ
today-ending-means = Өнөөдрөөс хойш ийм хоногийн дотор дуусах хүчинтэй гэрээний тоо.
# $days: хоног
today-within = { $days } хоногт
today-laid-aside = Гацсан ажил
today-laid-aside-means = Олон удаа оролдоод бүтээгүй тул хойш тавьсан мессеж, баримт, QPay-ийн хүсэлт.
today-look = Шалгах хэрэгтэй
today-all-well = Бүгд хэвийн
# $count: тоо
today-invoices = { $count } нэхэмжлэл
today-payments = { $count } төлөлт
# $percent: нэхэмжилсэн дүнд эзлэх хувь
today-of-billed = нэхэмжилснээс { $percent }
# $change: «+3%»
today-trend = { $change } өмнөх сараас
today-chart = Нэхэмжилсэн ба төлсөн, 12 сар
today-ways = Юу хийх вэ?

begin-title = Тавтай морилно уу
begin-note = Эхний нэхэмжлэл хүртэл хэдхэн алхам байна.
begin-company = Байгууллагын мэдээлэл
begin-company-note = Нэхэмжлэл дээр гарах утас, хаяг
begin-building = Барилга
begin-building-note = Нэр, хаяг, давхар
begin-room = Талбай
begin-room-note = Дугаар, м², үнэ
begin-contract = Гэрээ
begin-contract-note = Түрээслэгч, хугацаа, төлбөр
begin-payments = Төлбөр хүлээн авах
begin-payments-note = QPay-ийн эрхээ холбох
begin-bill = Эхний нэхэмжлэл
begin-bill-note = Сарыг бодоод илгээх
begin-import = Excel-ээсээ шууд оруулах
begin-import-note = Талбай, түрээслэгч, гэрээ, эхний үлдэгдлээ одоо ашиглаж байгаа Excel файлаасаа нэг дор оруулж болно. Эхлээд шалгаад, алдааг мөр бүрээр нь харуулна.
begin-import-do = Excel-ээс оруулах
