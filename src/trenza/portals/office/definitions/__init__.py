"""Definitions in the office: read, edited in forms, previewed, published, and compared version by version."""
