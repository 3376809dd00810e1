"""Endorsing: what organisations are asked for; for who speaks for one, the words that are signed, once, here or by a
file that was signed elsewhere."""

import json
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from trenza.apps.credentials.api import (
    Asked,
    KeyNotReadable,
    Unreadable,
    accept_endorsement,
    asked_endorsement,
    asked_endorsements,
    did_of,
    endorse,
    endorsing_organisations,
    followed_programmes,
    read_document,
    refuse_endorsement,
    signing_key,
    unsigned_endorsement,
)
from trenza.apps.programmes.api import Organisation
from trenza.core import clock
from trenza.portals.office.access import viewer_of
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.issuing.templates import words_of
from trenza.portals.office.roles import OfficePage
from trenza.portals.office.words import ENDORSEMENTS

MOST_BYTES = 65_536


class EndorsementsPage(OfficePage):
    """For who organises: which endorsements are there, and which are missing."""

    template_name = "office/issuing/endorsements.html"
    header_icon = "pick"

    def get_page_title(self) -> str:
        return _("Endorsements")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_templates"), "label": _("Issuing certificates")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programmes = followed_programmes.which(viewer_of(self.request))
        endorsing = Organisation.objects.current().filter(programme__in=programmes).select_related("programme")
        rows = [(each, ENDORSEMENTS[each.state]) for each in asked_endorsements(list(endorsing))]
        return super().get_context_data(rows=rows, missing=sum(not each.given for each, _state in rows), **kwargs)


class EndorsingPage(OfficePage):
    """For who speaks for an organisation: what it is asked to endorse."""

    template_name = "office/issuing/endorsing.html"
    header_icon = "pick"

    def get_page_title(self) -> str:
        return _("To endorse")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        theirs = list(endorsing_organisations.which(viewer_of(self.request)).select_related("programme"))
        rows = [(each, ENDORSEMENTS[each.state]) for each in asked_endorsements(theirs)]
        return super().get_context_data(rows=rows, organisations=theirs, **kwargs)


class AskedPage(Detail):
    """One endorsement: the words that will be signed, all of them."""

    rule = endorsing_organisations
    related = ("programme",)
    template_name = "office/issuing/asked.html"
    header_icon = "pick"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.asked = _asked(self.object, kwargs["wording"], kwargs["edition"])

    def get_page_title(self) -> str:
        return str(self.asked.wording.title)

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_endorsing"), "label": _("To endorse")}

    def is_synthetic(self) -> bool:
        return bool(self.asked.edition.demonstration)

    @property
    def here(self) -> str:
        """Its own address."""
        return _address("office_endorse", self.asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked
        return super().get_context_data(
            **{
                "asked": asked,
                "state": ENDORSEMENTS[asked.state],
                "words": [(label, words) for label, words in words_of(asked.wording) if words],
                "signs_here": _signs_here(self.object),
                "did": did_of(self.object),
                "document": _written(asked),
                "upload": UploadForm(),
                "refuse": RefuseForm(),
                "addresses": {
                    name: _address(f"office_endorse_{name}", asked) for name in ("document", "file", "refuse")
                },
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Sign, with the key that is here."""

        def act() -> str:
            asked = self.asked
            endorse(
                template=asked.template,
                wording=asked.wording,
                edition=asked.edition,
                organisation=self.object,
                by=self.viewer,
            )
            return _("Signed: %(organisation)s endorses “%(title)s”.") % {
                "organisation": self.object.name,
                "title": asked.wording.title,
            }

        return carry_out(request, act, back=self.here)


class UploadForm(forms.Form):
    """The document, signed elsewhere."""

    file = forms.FileField(
        label=gettext_lazy("The signed file"),
        max_length=200,
        help_text=gettext_lazy("A file .json, as it was downloaded here and signed with the organisation’s key."),
        widget=forms.FileInput({"accept": ".json,.jsonld,application/json,application/ld+json"}),
    )

    def clean_file(self) -> dict[str, Any]:
        """What it says."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 64 KB: it is not the one from here."))
        try:
            return read_document(file.read(MOST_BYTES + 1))
        except Unreadable as error:
            raise forms.ValidationError(
                _("This is no JSON that we can read. Upload the document that you downloaded here, with its signature.")
            ) from error


class UploadPage(AskedPage):
    """Take in the file that was signed elsewhere."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.here)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Judge it, and keep it if it is what was asked for."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(upload=form))

        def act() -> str:
            asked = self.asked
            accept_endorsement(
                template=asked.template, wording=asked.wording, edition=asked.edition, organisation=self.object,
                document=form.cleaned_data["file"], by=self.viewer,
            )  # fmt: skip
            return _("The signature is that of %(organisation)s, and it endorses “%(title)s”.") % {
                "organisation": self.object.name,
                "title": asked.wording.title,
            }

        return carry_out(request, act, back=self.here)


class RefuseForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=gettext_lazy("Why not? Who organises reads it"), min_length=4, max_length=500, strip=True,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class RefusePage(AskedPage):
    """Say that the organisation does not endorse these words."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.here)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it, with the reason."""
        form = RefuseForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(refuse=form))

        def act() -> str:
            refuse_endorsement(
                template=self.asked.template, wording=self.asked.wording, edition=self.asked.edition,
                organisation=self.object, reason=form.cleaned_data["reason"], by=self.viewer,
            )  # fmt: skip
            return _("Noted. Who organises reads why. You may still endorse it later.")

        return carry_out(request, act, back=self.here)


@require_GET
def download(request: HttpRequest, pk: UUID, wording: UUID, edition: UUID) -> HttpResponse:
    """The document to sign elsewhere, without a proof; it may be brought back for 90 days."""
    organisation = found(endorsing_organisations, viewer_of(request), pk, "programme")
    asked = _asked(organisation, wording, edition)
    answer = HttpResponse(_written(asked), content_type="application/ld+json")
    answer["Content-Disposition"] = f'attachment; filename="aval-{asked.template.code}-{asked.edition.code}.json"'
    return answer


def _asked(organisation: Organisation, wording: UUID, edition: UUID) -> Asked:
    asked = asked_endorsement(organisation, wording, edition)
    if asked is None:
        raise Http404
    return asked


def _written(asked: Asked) -> str:
    stated = unsigned_endorsement(asked.wording, asked.edition, asked.organisation, clock.now())
    return json.dumps(stated, ensure_ascii=False, indent=2)


def _signs_here(organisation: Organisation) -> bool:
    """Whether a key of it is here; one that cannot be read is, and the button says what is wrong."""
    try:
        return signing_key(organisation) is not None
    except KeyNotReadable:
        return True


def _address(name: str, asked: Asked) -> str:
    return reverse(name, args=[asked.organisation.pk, asked.wording.pk, asked.edition.pk])
