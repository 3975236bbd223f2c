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
