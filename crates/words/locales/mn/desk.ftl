# Нягтлангийн ширээ: сарын тайлан, жагсаалтын харагдац, найдваргүй авлагын хасалт.

desk-reports-title = { $month }: тайлан
desk-reports-note = Сар дууссаны дараа тайлан бүрийг татаж хадгална уу. Файлд тухайн үеийн бүрэн жагсаалт орно.
desk-reports-not-over = Сар дуусаагүй байна. Одоо татсан файл нь ноорог тул хадгалсанд тооцохгүй.
desk-report = Тайлан
desk-report-rows = Мөрийн тоо
desk-report-take = Файл
desk-report-saved = Хадгалсан
desk-report-unsaved = Хадгалаагүй
desk-report-charges = Сарын төлбөрийн нэгтгэл
desk-report-collections = Орлогын тайлан
desk-report-receivables = Авлагын насжилт, сарын эцсээр
desk-report-penalties = Алдангийн тайлан, сарын эцсээр

desk-view = Багана ба харагдац
desk-view-columns = Багана
desk-view-show = Эдгээр баганыг харуулах
desk-view-name = Харагдацын нэр
desk-view-share = Бусад ажилтантай хуваалцах
desk-view-keep = Харагдац болгож хадгалах
desk-view-change = Энэ харагдацыг өөрчлөх
desk-view-remove = Энэ харагдацыг устгах
desk-view-kept = «{ $name }» харагдацыг хадгаллаа.
desk-view-removed = Харагдацыг устгалаа.
desk-penalty = Алданги
desk-sending = Илгээлт
desk-reminded = Сүүлийн сануулга
desk-picked = Сонгосон:
desk-pick-page = Энэ хуудсыг бүгдийг

conflict-view-name-taken = Ийм нэртэй харагдац танд бий.
conflict-views-too-many = Танд { $most } харагдац байна. Эхлээд нэгийг устгана уу.
thing-list-view = Харагдац
audit-thing-list-view = Жагсаалтын харагдац

desk-remind-by-days = Хэтэрсэн хоногоор
desk-remind-stage = { $stage } дэх сануулга

## Хасалтын үгс

write-off-status-asked = Хүссэн
write-off-status-booked = Хассан
write-off-status-refused = Татгалзсан
write-off-status-reversed = Буцаасан
conflict-write-off-asked = { $code } нэхэмжлэхийг хасах хүсэлт аль хэдийн бий. Эхлээд түүнийг шийднэ үү.
conflict-write-off-above-open = Төлөх үлдэгдлээс ихийг хасах боломжгүй: { $open } ₮.
conflict-correction-of-written-off = { $code } нэхэмжлэхээс найдваргүй авлагаар хассан, эсвэл хасах хүсэлттэй байна. Эхлээд түүнийг шийдээд дараа нь залруулна уу.
thing-write-off = Найдваргүй авлагын хасалт
audit-thing-write-off = Найдваргүй авлагын хасалт
line-billed-before = Өмнө нэхэмжилсэн: { $name }

desk-write-off = Найдваргүй авлагаар хасах
desk-write-off-note = Төлөгдөх найдваргүй үлдэгдлийг хасна. Орлого, НӨАТ-ын дүн өөрчлөгдөхгүй. Захирал шийдвэрлэх бөгөөд сар хаагдах хүртэл буцааж болно.
desk-write-off-amount = Дүн. Хоосон үлдээвэл төлөх үлдэгдлийг бүхэлд нь хасна.
desk-write-off-asked = { $amount } ₮ хасах хүсэлтийг бүртгэлээ. Захирал шийдвэрлэнэ.
desk-write-off-booked = { $amount } ₮-ийг найдваргүй авлагаар хаслаа.
desk-write-off-refused = Хасах хүсэлтээс татгалзлаа.
desk-write-off-reversed = Хасалтыг буцаалаа: { $amount } ₮ дахин авлагад орлоо.
desk-write-offs = Найдваргүй авлага
desk-write-offs-note = Хассан авлага, хүсэлт, шийдвэр
desk-write-offs-none = Хасалт алга
desk-write-offs-none-note = Төлөгдөх найдваргүй нэхэмжлэхийн хуудаснаас хүсэлт гаргана.
desk-write-off-accept = Хасах
desk-write-off-refuse = Татгалзах
desk-write-off-reverse = Буцаах
desk-write-off-asked-by = Хүссэн
desk-write-off-decided-by = Шийдсэн
desk-write-off-answer = Шийдвэрийн шалтгаан
desk-all = Бүгд

desk-set-off = Барьцаанаас өр төлөх
desk-set-off-note = Гэрээний хамгийн эртний төлбөрөөс эхэлж төлнө. Энэ төлөлтийг буцаавал барьцаа буцаж нэмэгдэнэ.
desk-set-off-amount = Хоосон үлдээвэл өр, барьцаа хоёрын аль багаар нь тооцно.
desk-set-off-do = Тооцох
desk-set-off-done = Барьцаанаас { $amount } ₮-ийг гэрээний төлбөрт тооцлоо.

desk-terms = Алдангийн нөхцөл
desk-terms-none = Гэрээнд алдангийн заалт байхгүй тул алданги тооцохгүй.
desk-terms-rate = Өдрийн хувь
desk-terms-no-rate = Заалтгүй
desk-terms-rate-hint = 0.5 хувиас хэтрэхгүй. Хоосон үлдээвэл алданги тооцохгүй.
desk-terms-grace = Хүлээх хоног
desk-terms-grace-hint = Төлөх өдрөөс хойш энэ хугацаанд алданги тооцохгүй. Дээд тал нь 100 хоног.
desk-terms-from = Хоног тоолж эхлэх
desk-terms-clause = Гэрээний заалт
desk-terms-clause-hint = Талуудын гарын үсэг зурсан заалтын дугаар, эсвэл бичвэр.
desk-terms-change = Нөхцөл өөрчлөх
desk-terms-law = Иргэний хуулийн 232: алдангийг бичгээр тохирсон байх бөгөөд өдөрт үлдэгдлийн 0.5 хувь, нийтдээ үүргийн үнийн дүнгийн 50 хувиас хэтрэхгүй. Өмнө нэхэмжилсэн алданги хэвээр үлдэнэ.
desk-terms-kept = Алдангийн нөхцөлийг хадгаллаа.
desk-counts-from-due = төлөх өдрөөс
desk-counts-from-grace = хүлээх хугацаа дууссанаас

audit-verb-ask = хүсэлт гаргасан
audit-verb-book = бүртгэсэн
audit-action-receipt-return = Баримт: буцаасан
audit-action-receipt-return-fail = Баримт: татварын алба буцаалтыг хүлээж аваагүй
audit-field-penalty-clause = Алдангийн заалт
