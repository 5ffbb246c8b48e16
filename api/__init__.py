"""Every door in: HTTP, command line and review page."""
