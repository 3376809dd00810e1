"""Workbooks and files as somebody uploads them."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

HEADER = ("Nombre", "Apellidos", "Correo electrónico", "Teléfono", "Fecha de nacimiento", "Sexo", "País")
ANA = ("Ana", "Choque", "ana@ejemplo.bo", "71234567", "14/03/1991", "mujer", "Bolivia")


def a_book(
    rows: Sequence[Sequence[Any]],
    *,
    header: Sequence[str] = HEADER,
    merged: str = "",
    hidden: Sequence[str] = (),
    gap: int = 0,
) -> bytes:
    """A workbook: `hidden` sheets first, then the visible one, with a header and the rows after `gap` empty ones."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name in hidden:
            book.add_worksheet(name).write_row(0, 0, [*header])
        sheet = book.add_worksheet("Personas")
        sheet.activate()
        sheet.set_first_sheet()
        for name in hidden:
            book.get_worksheet_by_name(name).hide()
        sheet.write_row(0, 0, header)
        for number, row in enumerate(rows, 1 + gap):
            sheet.write_row(number, 0, row)
        if merged:
            sheet.merge_range(merged, "Ana")
    return content.getvalue()


def packed(files: Mapping[str, bytes], base: bytes = b"") -> bytes:
    """A zip with these files beside those of `base`."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        if base:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for name in set(old.namelist()) - files.keys():
                    made.writestr(name, old.read(name))
        for name, inside in files.items():
            made.writestr(name, inside)
    return content.getvalue()


def upload(content: bytes, name: str = "personas.xlsx") -> SimpleUploadedFile:
    """The file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def lines(*rows: Sequence[str], separator: str = ",", header: Sequence[str] = HEADER) -> str:
    """The text of a CSV."""
    return "\r\n".join(separator.join(row) for row in (header, *rows)) + "\r\n"
