"""OpenPES: an open platform for public employment services."""
