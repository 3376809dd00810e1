"""`trenza form`: questionnaires that others wrote."""

import sys
from pathlib import Path
from typing import Any

import click
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from trenza.apps.forms import api as forms
from trenza.core import definition as definitions
from trenza.portals.field import sheets

_LOST = (TypeError, AttributeError, LookupError, ValueError, RecursionError)
SHEETS = ("survey", "choices", "settings")


@click.group()
def form() -> None:
    """Questionnaires: bring in those that were written elsewhere."""


@form.command("from-xlsform")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", default="", help="The code of the form; its form_id if left out.")
@click.option("--words", default="es", help="Which of its languages is taken: label::Español (es).")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", help="The language of what is said.")
def from_xlsform(file: Path, code: str, words: str, language: str) -> None:
    """Write the XLSForm FILE (.xlsx) as [[form]] of a programme.toml to standard output; what it cannot hold is told by
    row on standard error."""
    with translation.override(language):
        try:
            size = file.stat().st_size
            content = file.read_bytes() if size <= sheets.MOST_BYTES else b""
            upload = SimpleUploadedFile(file.name, content)
            upload.size = size
            rows = sheets.rows_of(sheets.read_sheets(upload, SHEETS))
            made, told = forms.form_of(rows, code=code, language=words)
        except (sheets.SheetRefused, forms.Untaken) as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        for warning in validated(rows):
            click.echo(f"pyxform: {warning}", err=True)
        for each in told:
            click.echo(f"{each.sheet}:{each.row}: {each.text}", err=True)
        data = {"format": 1, "form": (made.model_dump(exclude_defaults=True),)}
        click.echo(definitions.write_data(data).removeprefix("format = 1\n").strip())


def validated(rows: forms.Sheets) -> list[str]:
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
