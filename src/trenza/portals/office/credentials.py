"""Certificates: the list, one certificate, and taking it back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from trenza.apps.admissions.api import zones_of
from trenza.apps.credentials.api import (
    Credential,
    HoldsNoMore,
    correct_name,
    grouped,
    lift_suspension,
    readable_credentials,
    reissuable_credentials,
    revocable_credentials,
    revoke_credential,
    suspend_credential,
    verification_url,
)
from trenza.apps.people.api import read_person
from trenza.core.errors import DomainError, NotAllowed
from trenza.portals.office.access import viewer_of
from trenza.portals.office.choices import days_filter, edition_filter, region_filter, track_filter, words_filter
from trenza.portals.office.columns import DateColumn, DayColumn, LinkColumn, WordsColumn
from trenza.portals.office.detail import Detail, carry_out, found
from trenza.portals.office.listing import Listing
from trenza.portals.office.timeline import history_of
from trenza.portals.office.words import CREDENTIAL_STATES, REISSUES, REVOCATIONS, SUSPENSIONS, refusal

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

    def in_state(self, credentials: Any, name: str, value: str) -> QuerySet[Credential]:
        """Whether it still holds."""
        being: QuerySet[Credential] = credentials.filter(Credential.being(value))
        return being


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
    related = (*RELATED, "revoked_by", "suspended_by", "supersedes__wording")
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
                "may_reissue": credential.is_valid and reissuable_credentials.allows(self.viewer, credential),
                "why_suspended": SUSPENSIONS.get(credential.suspended_reason, ""),
                "why_superseded": REISSUES.get(credential.superseded_reason, ""),
                **self.others(),
                "form": RevokeForm(),
                "timeline": history_of({credential.pk}, person=credential.person, viewer=self.viewer),
                **kwargs,
            }
        )

    def others(self) -> dict[str, Any]:
        """The one in whose place it stands, and the one that stands in its place."""
        credential: Credential = self.object
        before = credential.supersedes
        after = Credential.objects.select_related("wording").filter(supersedes=credential).first()
        near = [each.pk for each in (before, after) if each]
        read = set(readable_credentials.which(self.viewer).filter(pk__in=near).values_list("pk", flat=True))
        return {
            "before": before,
            "before_read": before is not None and before.pk in read,
            "why_before": REISSUES.get(before.superseded_reason, "") if before else "",
            "after": after,
            "after_read": after is not None and after.pk in read,
        }

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


class SuspendForm(forms.Form):
    """Why nobody should rely on it now."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=list(SUSPENSIONS.items()), widget=forms.RadioSelect
    )


class SuspendPage(RevokePage):
    """Suspend a certificate while somebody looks at it."""

    template_name = "office/suspend.html"

    def get_page_title(self) -> str:
        return _("Suspend the certificate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": SuspendForm(), **kwargs})

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Suspend it, for the reason that she chose."""
        form = SuspendForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))

        def act() -> str:
            reason = Credential.SuspensionReason(form.cleaned_data["reason"])
            suspend_credential(credential=self.object, reason=reason, by=self.viewer)
            return _("The certificate is suspended, and its page says so.")

        return carry_out(request, act, back=reverse("office_credential", args=[pk]))


@require_POST
def lift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift the suspension."""
    viewer = viewer_of(request)
    credential = found(revocable_credentials, viewer, pk)

    def act() -> str:
        lift_suspension(credential=credential, by=viewer)
        return _("The certificate holds again, and its page says so.")

    return carry_out(request, act, back=reverse("office_credential", args=[pk]))


class NameForm(forms.Form):
    """The name as it should be."""

    name = forms.CharField(label=gettext_lazy("Her name, as it should stand there"), max_length=250, strip=True)


class ReissuePage(CredentialPage):
    """Correct the name that her certificates bear: others stand in their place."""

    rule = reissuable_credentials
    template_name = "office/reissue.html"

    def get_page_title(self) -> str:
        return _("Correct the name")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_credential", args=[self.object.pk]), "label": self.object.wording.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": NameForm(initial={"name": self.object.name}), **kwargs})

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Issue it with the name that she wrote, and show the new one."""
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        name = form.cleaned_data["name"]
        if name == self.object.name:
            form.add_error("name", _("It bears this name already."))
            return self.render_to_response(self.get_context_data(form=form))
        try:
            if not self.object.is_valid:
                raise HoldsNoMore
            correct_name(person=self.object.person, name=name, by=self.viewer)
        except NotAllowed as error:
            raise Http404 from error
        except DomainError as error:
            form.add_error("name", str(refusal(error)))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(
            request,
            _("Issued with the new name, like all her others that you look after. The pages of the old ones say so."),
        )
        return redirect("office_credential", pk=Credential.objects.get(supersedes=self.object).pk)
