"""Pure rules of the counter, one file a noun."""
