"""`trenza form`: questionnaires that others wrote."""

import sys
from pathlib import Path

import click
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from trenza.apps.forms import api as forms
from trenza.core import definition as definitions
from trenza.portals.field import sheets


@click.group()
def form() -> None:
    """Questionnaires: bring in those that were written elsewhere."""


@form.command("from-xlsform")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--code", default="", help="The code of the form; its form_id if left out.")
@click.option("--words", default="es", help="Which of its languages is taken: label::Español (es).")
@click.option("--language", type=click.Choice(["en", "es"]), default="en", help="The language of what is said.")
def from_xlsform(file: Path, code: str, words: str, language: str) -> None:
    """Write the XLSForm FILE (.xlsx or .xls) as [[form]] of a programme.toml to standard output; what it cannot hold is
    told by row on standard error."""
    with translation.override(language):
        try:
            size = file.stat().st_size
            content = file.read_bytes() if size <= sheets.MOST_BYTES else b""
            upload = SimpleUploadedFile(file.name, content)
            upload.size = size
            tables = sheets.read_sheets(upload, forms.SHEETS)
            rows = sheets.rows_of(tables)
            made, told = forms.form_of(rows, code=code, language=words, unread=sheets.not_read(tables))
        except (sheets.SheetRefused, forms.Untaken) as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        for warning in forms.validated(rows):
            click.echo(f"pyxform: {warning}", err=True)
        for each in told:
            click.echo(f"{each.sheet}:{each.row}: {each.text}", err=True)
        data = {"format": 1, "form": (made.model_dump(exclude_defaults=True),)}
        click.echo(definitions.write_data(data).removeprefix("format = 1\n").strip())
