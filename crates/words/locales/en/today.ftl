# The first page: figures and what they mean.
