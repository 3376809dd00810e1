"""Whom a programme trusts outside: a list, one more out of its DID document, and the end of trust."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from trenza.apps.credentials.api import NoDidDocument, TrustedIssuer, end_trust, trust_issuer, trusted_issuers
from trenza.apps.programmes.api import editable_definitions
from trenza.core.errors import NotAllowed
from trenza.portals.office.access import viewer_of
from trenza.portals.office.definitions.base import DefinitionPage
from trenza.portals.office.detail import carry_out, found
from trenza.portals.office.elsewhere.words import DIDS_REFUSED

MOST_BYTES = 256 * 1024


class IssuerForm(forms.Form):
    """What it is called, and its DID document."""

    name = forms.CharField(label=gettext_lazy("Name of the issuer"), max_length=120)
    document = forms.FileField(
        label=gettext_lazy("Its DID document (did.json)"),
        max_length=200,
        help_text=gettext_lazy(
            "Take it from the issuer's own page, or from somebody whom you know there. Trenza fetches nothing."
        ),
        widget=forms.FileInput({"accept": ".json"}),
    )

    def clean_document(self) -> bytes:
        """Its bytes, as many as any has."""
        given = self.cleaned_data["document"]
        if given.size > MOST_BYTES:
            raise forms.ValidationError(str(DIDS_REFUSED["unreadable"]))
        content: bytes = given.read()
        return content


class IssuersPage(DefinitionPage):
    """Those whom the programme trusts, and a form for one more."""

    rule = editable_definitions
    template_name = "office/elsewhere/issuers.html"
    title = gettext_lazy("Issuers that are trusted")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = trusted_issuers.which(self.viewer).filter(programme=self.programme).select_related("added_by")
        return super().get_context_data(
            **{
                "issuers": rows.filter(ended_at=None),
                "ended": rows.exclude(ended_at=None).order_by("-ended_at"),
                "form": IssuerForm(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Trust one more."""
        form = IssuerForm(request.POST, request.FILES)
        if form.is_valid():
            given = form.cleaned_data
            try:
                row: TrustedIssuer = trust_issuer(
                    programme=self.programme, name=given["name"], document=given["document"], by=self.viewer
                )
            except NotAllowed as error:
                raise Http404 from error
            except NoDidDocument as refused:
                form.add_error("name" if refused.why == "name" else "document", str(DIDS_REFUSED[refused.why]))
            else:
                messages.success(request, _("What %(name)s signs is believed from now on.") % {"name": row.name})
                return redirect("office_issuers", pk=pk)
        return self.render_to_response(self.get_context_data(form=form))


@require_POST
def end(request: HttpRequest, pk: UUID, issuer: UUID) -> HttpResponse:
    """Trust it no longer."""
    viewer = viewer_of(request)
    row = found(trusted_issuers, viewer, issuer)
    if row.programme_id != pk:
        raise Http404

    def act() -> str:
        end_trust(issuer=row, by=viewer)
        return _("What %(name)s signs is no longer believed.") % {"name": row.name}

    return carry_out(request, act, back=reverse("office_issuers", args=[pk]))
