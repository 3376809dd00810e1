"""Issuing certificates in the office: their words, issuing to many, who endorses them, and the keys that sign."""
