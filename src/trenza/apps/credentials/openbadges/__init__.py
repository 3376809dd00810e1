"""Open Badges 3.0: written, signed, read and judged. Pure code: it knows no model, request, Django or network."""
