"""What a trainer fills in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trenza.portals.trainer.reading import MOST_BYTES, MOST_FILES


class SeveralFiles(forms.ClearableFileInput):
    """An input for more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; the value is their list."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Sequence["UploadedFile[Any]"]:
        """Raises ValidationError for none, too many, or one that is too large."""
        one_by_one = super().clean
        files = [one_by_one(each, initial) for each in data or [None]]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                gettext("Choose %(most)s files at most; take the rest in afterwards.") % {"most": MOST_FILES}
            )
        if any(each.size > MOST_BYTES for each in files):
            raise forms.ValidationError(gettext("One of them is too large. A photo of a code needs no more than 8 MB."))
        return files


class TakeInForm(forms.Form):
    """Files of sealed records, or photos of their codes."""

    uploads = FilesField(
        label=_("Files, or photos of the codes"),
        help_text=_("Several at once, if you like."),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file or a photo.")},
        widget=SeveralFiles(attrs={"accept": ".trz,image/*", "data-part": "files"}),
    )
