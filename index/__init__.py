"""Keeps and finds: the catalog is the truth, the full-text index is derived from it."""
