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
