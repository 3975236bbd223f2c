-- HEIC, as telephones take their pictures, may be announced; what is kept of it is a JPEG.
alter table files drop constraint files_content_type_known;
alter table files add constraint files_content_type_known
    check (content_type in ('image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'));
