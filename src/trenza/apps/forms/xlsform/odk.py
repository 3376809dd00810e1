"""What ODK's own reader says of a workbook."""

from typing import Any

from trenza.apps.forms.xlsform.reading import Sheets

_LOST = (TypeError, AttributeError, LookupError, ValueError, RecursionError)


def validated(rows: Sheets) -> list[str]:
    """What ODK's own reader says of it. It is given the rows that were read, never the file."""
    from pyxform.errors import PyXFormError  # slow to load
    from pyxform.xls2xform import convert

    book: dict[str, Any] = {"sheet_names": list(rows)}
    for name, sheet in rows.items():
        book[name] = [dict(cells) for _number, cells in sheet]
        book[f"{name}_header"] = [{column: None for cells in book[name] for column in cells}]
    try:
        found = convert(book, form_name="form").warnings
    except PyXFormError as error:
        found = [str(error)]
    except _LOST as error:  # it stumbles over some of what it should refuse
        found = [f"{type(error).__name__}: {error}"]
    return [" ".join(str(each).split())[:500] for each in found]
