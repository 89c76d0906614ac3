"""Starting and serving a city."""
