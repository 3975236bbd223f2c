# Lines of an invoice and how each was made.
