"""The pages of centres: what is theirs, and what is done there."""
