"""The team: who holds which role where; giving a role and withdrawing it, each said in words before it is done."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from trenza.apps.people.api import (
    EVERYTHING,
    ROLES,
    Permission,
    Person,
    Reach,
    RoleGrant,
    Scope,
    account_for,
    appoint,
    grantable,
    read_person,
    readable_grants,
    withdraw_role,
    withdrawable_grants,
)
from trenza.apps.places.api import centres_within
from trenza.apps.programmes.api import Edition, Organisation, Programme, Region
from trenza.portals.field.context import demonstration_everywhere
from trenza.portals.office.access import may, viewer_of
from trenza.portals.office.detail import Detail, carry_out
from trenza.portals.office.naming import people_named, places
from trenza.portals.office.searching import words_of
from trenza.portals.office.words import Words

AT_ONCE = 50
NO_SCOPE = "all"


class OfficePage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the team's that is about no row."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, *self.above(), {"url": "", "label": self.get_page_title()}]

    def above(self) -> list[dict[str, Any]]:
        """The pages that this one lies under."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("demonstration", demonstration_everywhere())
        return context


class TeamPage(OfficePage):
    """Who holds which role where, within the viewer's scope."""

    template_name = "office/team.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return _("Team")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        viewer = viewer_of(self.request)
        words = self.request.GET.get("q", "")[:100]
        grants = readable_grants.which(viewer).filter(withdrawn_at=None).select_related("person", "granted_by")
        for word in words_of(words):
            grants = grants.filter(person__search_text__contains=word)
        page = Paginator(grants.order_by("person__given_name", "person__family_name", "pk"), AT_ONCE).get_page(
            self.request.GET.get("p")
        )
        rows = list(page)
        where = places(scope_of(grant) for grant in rows)
        hers = set(
            withdrawable_grants.which(viewer).filter(pk__in=[grant.pk for grant in rows]).values_list("pk", flat=True)
        )
        return super().get_context_data(
            page=page,
            words=words,
            rows=[
                (ROLES[grant.role].name, where.get(scope_of(grant), ""), grant, grant.pk in hers)
                for grant in rows
                if grant.role in ROLES
            ],
            may_grant=may(self.request, Permission.ROLE_GRANT),
            demonstration=demonstration_everywhere() or any(grant.person.synthetic for grant in rows),
            **kwargs,
        )


class RoleForm(forms.Form):
    """Who, which role, where: only roles and places that the viewer may give, together."""

    email = forms.EmailField(
        label=gettext_lazy("Her e-mail address"),
        max_length=254,
        help_text=gettext_lazy("The one with which she signs in, or will sign in."),
    )
    given_name = forms.CharField(label=gettext_lazy("Her name"), max_length=120)
    family_name = forms.CharField(
        label=gettext_lazy("Her family name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Used only if she has no account yet. Whoever has one keeps the name that she gave."),
    )
    role = forms.ChoiceField(label=gettext_lazy("What she will be"), widget=forms.RadioSelect)
    place = forms.ChoiceField(label=gettext_lazy("Where"))

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reaches = grantable(viewer)
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, role.name) for code, role in ROLES.items() if code in self.reaches
        ]
        self.fields["place"].choices = list(offered(self.reaches))  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if {"role", "place"} <= given.keys() and not self.reaches[given["role"]].covers(self.scope):
            self.add_error("place", _("You cannot give this role there. Choose another place, or another role."))
        return given

    @property
    def scope(self) -> Scope:
        """The place that was chosen."""
        kind, _colon, key = self.cleaned_data["place"].partition(":")
        return Scope(kind, UUID(key)) if key else EVERYTHING

    def roles(self) -> Iterator[tuple[Any, Any]]:
        """Each choice of a role with the sentence that says what it permits."""
        for choice in self["role"]:
            yield choice, ROLES[choice.data["value"]].sentence


def offered(reaches: Any) -> Iterator[tuple[str, Any]]:
    """The places where she may give some role: all, by programme, and centres. Five queries."""
    together = Reach()
    for reach in reaches.values():
        together = together.together(reach)
    if together.everything:
        yield NO_SCOPE, _("All of Trenza")
    groups: dict[str, list[tuple[str, str]]] = {}
    for programme in _all_or_some(Programme.objects.order_by("code"), "programme", together):
        label = _("The whole programme %(name)s") % {"name": programme.name}
        groups.setdefault(programme.name, []).append((f"programme:{programme.pk}", label))
    parts: tuple[tuple[str, Any, Words], ...] = (
        ("organisation", Organisation, gettext_lazy("What %(name)s does")),
        ("region", Region, gettext_lazy("The region %(name)s")),
        ("edition", Edition, gettext_lazy("The edition %(name)s")),
    )
    for kind, model, words in parts:
        rows = model.objects.filter(retired_at=None).select_related("programme").order_by("programme", "position")
        for row in _all_or_some(rows, kind, together):
            groups.setdefault(row.programme.name, []).append((f"{kind}:{row.pk}", str(words) % {"name": row.name}))
    yield from sorted(groups.items())
    open_ones = centres_within(together).filter(closed_at=None).order_by("name", "code")
    if centres := [(f"centre:{row.pk}", row.name) for row in open_ones]:
        yield _("Centres"), centres


def _all_or_some(rows: QuerySet[Any], kind: str, reach: Reach) -> QuerySet[Any]:
    return rows if reach.everything else rows.filter(pk__in=reach.ids(kind))


class NewRolePage(OfficePage):
    """Give a role: a form, then what it means in words, then it is done."""

    template_name = "office/role_new.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return _("Give a role")

    def above(self) -> list[dict[str, Any]]:
        return [{"url": reverse("office_team"), "label": _("Team")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "form" not in kwargs:
            viewer = viewer_of(self.request)
            kwargs["form"] = RoleForm(viewer, initial=about(self.request.GET.get("persona", ""), viewer))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Say what it means; with `confirm`, do it."""
        viewer = viewer_of(request)
        form = RoleForm(viewer, request.POST)
        if not form.is_valid() or "change" in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        given, scope = form.cleaned_data, form.scope
        role, place = ROLES[given["role"]], places([scope]).get(scope, "")
        if "confirm" not in request.POST:
            said = {"name": called(given["email"], viewer), "role": role.name, "place": place}
            return self.render_to_response(
                self.get_context_data(form=form, said=_("%(name)s will be %(role)s %(place)s.") % said, role=role)
            )

        def act() -> str:
            grant = appoint(
                email=given["email"], given_name=given["given_name"], family_name=given["family_name"],
                role=given["role"], scope_kind=scope.kind, scope=scope.id, by=viewer,
            )  # fmt: skip
            return _("%(name)s is %(role)s %(place)s. Tell her that she signs in with %(email)s.") % {
                "name": grant.person.name, "role": role.name, "place": place, "email": given["email"],
            }  # fmt: skip

        return carry_out(request, act, back=reverse("office_team"))


def about(key: str, viewer: Person) -> dict[str, str]:
    """What the form begins with when she comes from a person's page; nothing for whom she may not read."""
    try:
        person = read_person.which(viewer).filter(pk=UUID(key)).first()
    except ValueError:
        return {}
    account = person.accounts.filter(is_active=True, email__isnull=False).first() if person else None
    if person is None or account is None:
        return {}
    return {"email": account.email or "", "given_name": person.given_name, "family_name": person.family_name}


def called(email: str, viewer: Person) -> str:
    """Her name, if the viewer sees her already; else the address: whether it is registered is not said."""
    account = account_for(email)
    named = people_named({account.person_id}, viewer) if account else {}
    return next(iter(named.values()), email)


class WithdrawRolePage(Detail):
    """Ask before a role is withdrawn."""

    rule = withdrawable_grants
    related = ("person",)
    template_name = "office/role_withdraw.html"
    header_icon = "user"

    def get_page_title(self) -> str:
        return _("Withdraw a role")

    def list_crumb(self) -> dict[str, Any]:
        return {"url": reverse("office_team"), "label": _("Team")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(said=self.said(), own=self.object.person_id == self.viewer.pk, **kwargs)

    def said(self) -> dict[str, Any]:
        """Who is what, and where, in words."""
        grant: RoleGrant = self.object
        scope = scope_of(grant)
        role = ROLES[grant.role].name if grant.role in ROLES else grant.role
        return {"name": grant.person.name, "role": role, "place": places([scope]).get(scope, "")}

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Withdraw it."""
        said = self.said()

        def act() -> str:
            withdraw_role(grant=self.object, by=self.viewer)
            return _("%(name)s is no longer %(role)s %(place)s.") % said

        return carry_out(request, act, back=reverse("office_team"))


def scope_of(grant: RoleGrant) -> Scope:
    """The scope of a grant."""
    return Scope(grant.scope_kind, grant.scope)
