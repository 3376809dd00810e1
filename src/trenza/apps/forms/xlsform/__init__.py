"""From XLSForm, the spreadsheets in which organisations write questionnaires already (xlsform.org), to a form of ours.

It touches no disk, network or database: rows go in, a form and what could not be carried over come out.
"""

from trenza.apps.forms.xlsform.odk import validated
from trenza.apps.forms.xlsform.reading import SHEETS, Cells, SheetRow, Sheets, Told, Untaken, form_of
from trenza.apps.forms.xlsform.replacing import in_place_of

__all__ = [
    "SHEETS", "Cells", "SheetRow", "Sheets", "Told", "Untaken", "form_of", "in_place_of", "validated",
]  # fmt: skip
