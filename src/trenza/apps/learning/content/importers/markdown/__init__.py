"""Folders of plain Markdown: a file is a page, and the numbers in the names of files are their order."""

from trenza.apps.learning.content.importers.markdown.folder import NAME, convert, is_project

__all__ = ["NAME", "convert", "is_project"]
