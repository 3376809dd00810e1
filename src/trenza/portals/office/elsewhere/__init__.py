"""Certificates and gradebooks of courses elsewhere."""
