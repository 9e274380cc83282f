"""`bulletin serve`: the site as it will be, while it is written."""
