"""The server: the store's events, claims and reports over HTTP, and the pages that show them."""
