"""From XLSForm, the spreadsheets in which organisations write questionnaires already (xlsform.org), to a form of ours.

It touches no disk, network or database: rows go in, a form and what could not be carried over come out.
"""

from trenza.apps.forms.xlsform.reading import Cells, SheetRow, Sheets, Told, Untaken, form_of

__all__ = ["Cells", "SheetRow", "Sheets", "Told", "Untaken", "form_of"]
