"""The pages of the public site and of self-service."""
