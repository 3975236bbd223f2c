-- A bill's lines are found by their bill, and by nothing else. The key of owner and id, which nothing referred to, cost
-- every line an entry and led plans astray: for a table whose rows are all of one open transaction it looked as good as
-- the index by bill, and was walked from end to end for each bill that posts.
alter table invoice_items drop constraint invoice_items_of_owner;
