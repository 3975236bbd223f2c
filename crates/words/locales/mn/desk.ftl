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
