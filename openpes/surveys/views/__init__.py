"""Pages of labour surveys."""
