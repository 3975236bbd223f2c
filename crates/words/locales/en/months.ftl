# The page that runs a month.
