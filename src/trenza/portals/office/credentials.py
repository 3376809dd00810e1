"""Certificates: the list, one certificate, and taking it back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import zones_of
from trenza.apps.credentials.api import (
    Credential,
    grouped,
    readable_credentials,
    revocable_credentials,
    revoke_credential,
    verification_url,
)
from trenza.apps.people.api import read_person
from trenza.portals.office.choices import days_filter, edition_filter, region_filter, track_filter, words_filter
from trenza.portals.office.columns import DateColumn, DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out
from trenza.portals.office.listing import Listing
from trenza.portals.office.timeline import history_of
from trenza.portals.office.words import CREDENTIAL_STATES, REVOCATIONS

RELATED = ("person", "wording", "enrolment__edition__programme", "enrolment__track", "enrolment__region")


class CredentialFilters(WagtailFilterSet):
    state = words_filter(gettext_lazy("State"), CREDENTIAL_STATES, method="in_state")
    edition = edition_filter("enrolment__edition")
    track = track_filter("enrolment__track")
    region = region_filter("enrolment__region")
    issued_at = days_filter(gettext_lazy("Issued"))

    class Meta:
        model = Credential
        fields: list[str] = []

    def in_state(self, credentials: QuerySet[Credential], name: str, value: str) -> QuerySet[Credential]:
        """Whether it still holds."""
        return credentials.filter(Credential.being(value))


def state_of(credential: Credential) -> str:
    """A key of CREDENTIAL_STATES."""
    return credential.state.value


class Credentials(Listing):
    """What was issued to whom, as it was on that day. The code that opens its public page is in no list."""

    code = "credentials"
    rule = readable_credentials
    related = RELATED
    shared = ("wording", "enrolment__edition__programme", "enrolment__track", "enrolment__region")
    nothing = gettext_lazy("No certificate has been issued in your scope yet. They come with a completed track.")
    filterset_class = CredentialFilters
    index_url_name = "office_credentials"
    index_results_url_name = "office_credentials_results"
    header_icon = "success"
    default_ordering = "-issued_at"
    export_filename = "certificados"
    columns = [
        LinkColumn("name", label=gettext_lazy("Name"), url_name="office_credential", sort_key="name"),
        Column("wording", label=gettext_lazy("Certificate"), accessor="wording.title"),
        Column("programme", label=gettext_lazy("Programme"), accessor="enrolment.edition.programme.name"),
        Column("track", label=gettext_lazy("Track"), accessor="enrolment.track.name"),
        Column("region", label=gettext_lazy("Region"), accessor="enrolment.region.name"),
        WordsColumn("state", label=gettext_lazy("State"), accessor=state_of, words=CREDENTIAL_STATES),
        DateColumn("issued_on", label=gettext_lazy("Issued"), sort_key="issued_at"),
    ]
    export_only = (
        DayColumn("revoked_at", label=gettext_lazy("Taken back"), zone=lambda row: getattr(row, "zone", None)),
        WordsColumn("revoked_reason", label=gettext_lazy("Reason"), words=REVOCATIONS),
    )

    def get_page_title(self) -> str:
        return _("Certificates")

    def prepare(self, rows: Sequence[Any]) -> None:
        """Days are told where the edition runs. One query."""
        zones = zones_of(row.enrolment.edition_id for row in rows)
        for row in rows:
            row.zone = zones.get(row.enrolment.edition_id)


class RevokeForm(forms.Form):
    """Why it no longer holds."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=list(REVOCATIONS.items()), widget=forms.RadioSelect
    )


class CredentialPage(Detail):
    """One certificate: what it says, its public page, and what has happened to it."""

    rule = readable_credentials
    related = (*RELATED, "revoked_by")
    template_name = "office/credential.html"
    header_icon = "success"

    def get_page_title(self) -> str:
        return _("%(title)s: %(name)s") % {"title": self.object.wording.title, "name": self.object.name}

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_credentials"), "label": _("Certificates")}

    def is_synthetic(self) -> bool:
        return bool(self.object.demonstration)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        credential: Credential = self.object
        return super().get_context_data(
            **{
                "state": CREDENTIAL_STATES[state_of(credential)],
                "reason": REVOCATIONS.get(credential.revoked_reason, ""),
                "revoked": DayColumn("revoked_at", zone=lambda row: self.zone).get_value(credential),
                "code": grouped(credential.code),
                "public_url": verification_url(credential.code),
                "reads_her": read_person.allows(self.viewer, credential.person),
                "may_revoke": credential.is_valid and revocable_credentials.allows(self.viewer, credential),
                "form": RevokeForm(),
                "timeline": history_of({credential.pk}, person=credential.person, viewer=self.viewer),
                **kwargs,
            }
        )

    @property
    def zone(self) -> Any:
        """Where the edition runs, or None."""
        edition = self.object.enrolment.edition_id
        return zones_of([edition]).get(edition)


class RevokePage(CredentialPage):
    """Take a certificate back: asked for with its reason, and it cannot be undone."""

    rule = revocable_credentials
    template_name = "office/revoke.html"

    def get_page_title(self) -> str:
        return _("Take back the certificate")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_credential", args=[self.object.pk]), "label": self.object.wording.title}

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Take it back, for the reason that she chose."""
        form = RevokeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            reason = Credential.RevocationReason(form.cleaned_data["reason"])
            revoke_credential(credential=self.object, reason=reason, by=self.viewer)
            return _("The certificate no longer holds, and its page says so.")

        return carry_out(request, act, back=reverse("office_credential", args=[pk]))
