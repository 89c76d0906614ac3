"""The city's connection to PostgreSQL, as the framework loads it (`ENGINE`)."""
