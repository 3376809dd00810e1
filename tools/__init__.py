"""What developers of Trenza run: `python -m tools.NAME`. Nothing of it is installed with the package."""
