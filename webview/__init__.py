"""The same answers in a browser."""
