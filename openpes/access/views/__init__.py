"""Pages of one's own account and long work, and of the accounts and roles of staff."""
