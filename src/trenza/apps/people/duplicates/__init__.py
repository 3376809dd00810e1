"""Who may be one person: how alike two are (`likeness.py`), and the search through all of them (`search.py`)."""
