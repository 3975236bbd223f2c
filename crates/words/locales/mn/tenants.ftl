# Түрээслэгчийн жагсаалт, нэг түрээслэгч.

menu-tenants = Түрээслэгч
tenant-new = Шинэ түрээслэгч
tenants-all = Бүх түрээслэгч
tenant-about = Ерөнхий мэдээлэл
tenant-open = Төлөх үлдэгдэл
tenant-tin = ТТД
tenant-director = Захирал
tenant-second-phone = Нэмэлт утас
tenant-no-contracts = Гэрээ байхгүй байна.

conflict-similar-tenant = Ийм түрээслэгч бүртгэлтэй байж магадгүй: { $names }. Тэднийг шалгаад, өөр түрээслэгч мөн бол шалтгаанаа бичиж бүртгэнэ үү.
tenants-similar = Ижил төстэй түрээслэгч бүртгэлтэй байна
tenants-similar-note = Доорх түрээслэгч мөн бол түүнийг нээгээрэй. Өөр түрээслэгч бол шалтгаанаа бичээд бүртгэнэ үү.
tenants-same-note = Энэ регистрийн дугаартай түрээслэгч бүртгэлтэй байгаа тул дахин бүртгэхгүй.
tenant-anyway-because = Яагаад тусад нь бүртгэж байна вэ?
tenant-anyway-hint = Жишээ нь: ижил нэртэй өөр хүн
tenant-alike-register-no = регистр
tenant-alike-tin = ТТД
tenant-alike-phone = утас
tenant-alike-name = нэр
# $by: юугаараа ижил
tenant-alike = Ижил: { $by }
# $name: түрээслэгчийн нэр
tenant-added = «{ $name }» түрээслэгчийг бүртгэлээ.
tenant-add = Бүртгэх
tenant-account = Тооцоо
tenant-more-contracts = Бүх гэрээг харах
