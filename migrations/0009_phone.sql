-- Telephones that people sign in with: one spelling, so that unique means unique. Codes are not here: they live in Redis
-- for five minutes, and in the outbox sealed.

alter table users add constraint users_phone_form check (phone_number ~ '^\+976[0-9]{8}$');
