"""The draw as a pure function: the rule, the order, the places, and the file by which anybody repeats it.

Nothing here reads the database, the clock or chance. docs/draw.md says it in words, for an auditor.
"""
