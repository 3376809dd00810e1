"""From a draft to a version: look at it, see what it does to people, join it with what others did, publish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from trenza.apps.admissions.api import Call
from trenza.apps.programmes.api import (
    Completion,
    DraftMoved,
    EditedMeanwhile,
    NotConfirmed,
    OtherProgramme,
    Programme,
    attached,
    change_definition,
    editable_definitions,
    rehearse_definition,
    taken_out,
)
from trenza.core.definition import (
    MAX_BYTES,
    DefinitionErrors,
    Problem,
    all_sections,
    examine_definition,
    merge,
    name_of_item,
)
from trenza.core.errors import DomainError
from trenza.portals.field.csp import FIELD_POLICY
from trenza.portals.office.access import viewer_of
from trenza.portals.office.definitions import places, saying, words
from trenza.portals.office.definitions.base import EditingPage, posted_number, who
from trenza.portals.office.definitions.editing import moved, problems_with_links
from trenza.portals.office.definitions.working import Working, refusals, unexplained, working_of
from trenza.portals.office.detail import found

# It is shown within a page of the office, and nowhere else.
FRAMED_POLICY = FIELD_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Retired:
    """Something with people in it that a version would retire: what to tick, and what happens to them."""

    id: str
    sentence: str


@dataclass(frozen=True)
class Outlook:
    """What would come of a version, as loading it shows: who completes, and new calls that nobody sees yet."""

    completing: int
    unpublished: Sequence[str]


class Preview(EditingPage):
    """What changes, what the public page becomes, what it does to people; and the button."""

    template_name = "office/definitions/preview.html"
    title = gettext_lazy("Look at it and publish")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        working = self.working
        problems = list(working.problems)
        outlook = None
        if not problems:
            try:
                outlook = look_ahead(working)
            except DomainError as error:
                problems = refusals(error, working.data) or [unexplained()]
        return super().get_context_data(
            told=saying.tell(working.base_data, working.data),
            problems=problems_with_links(self, problems),
            retired=retired(working) if not problems else [],
            outlook=outlook,
            facts=facts(outlook) if outlook else [],
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Publish what she saw."""
        working, here = self.working, request.get_full_path()
        if posted_number(request, "revision") != working.revision:
            messages.error(request, moved())
            return redirect(here)
        if working.problems or not working.has_changes():
            return redirect(here)
        confirmed = [_thing(each) for each in request.POST.getlist(CONFIRMED)[:500]]
        try:
            version = change_definition(
                programme=self.programme,
                definition=working.definition,
                base=working.base,
                by=self.viewer,
                confirmed=confirmed,
            )
        except EditedMeanwhile:
            messages.warning(request, _("Somebody published another version in between. Put hers and yours together."))
            return redirect(reverse("office_definition_merge", args=[self.programme.pk]))
        except NotConfirmed:
            messages.error(request, _("Tick what happens to people before you publish. Nothing was changed."))
            return redirect(here)
        except DomainError:
            messages.error(request, _("It was not published: look at what stands in red."))
            return redirect(here)
        messages.success(
            request, _("Version %(number)s is published: everybody sees it now.") % {"number": version.number}
        )
        return redirect(reverse("office_programme", args=[self.programme.pk]))


@require_GET
@xframe_options_sameorigin
def frame(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The programme's public page as a visitor would see it if her draft were published; nothing is kept of it."""
    viewer = viewer_of(request)
    working = working_of(found(editable_definitions, viewer, pk), viewer)
    if working.problems:
        return HttpResponse(_("There is something to mend before the page can be shown."), content_type="text/plain")
    visitor = _visitor(request, working.programme)
    try:
        page = rehearse_definition(working.definition, lambda programme: _public_page(visitor, programme))
    except DomainError:
        return HttpResponse(_("There is something to mend before the page can be shown."), content_type="text/plain")
    # Its links and buttons lead out of the frame: they rest.
    response = HttpResponse(page.replace(b"<body>", b"<body inert>", 1))
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


class Merge(EditingPage):
    """Somebody published while she was editing: what the other changed, what both did, and hers on top."""

    template_name = "office/definitions/merge.html"
    title = gettext_lazy("Put both together")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        working = self.working
        latest = examine_definition(working.latest.source.encode())[0].data
        _merged, conflicts = merge(working.base_data, working.data, latest)
        models = {section.key: section.model for section in all_sections()}
        before = working.base_data
        return super().get_context_data(
            theirs=saying.tell(before, latest),
            mine=saying.tell(before, working.data),
            conflicts=[
                {
                    "id": each.id,
                    "title": saying.thing(each.key, each.name, each.mine or each.theirs or {}),
                    "mine": saying.tell_item(
                        each.key, models[each.key], _before(before, each.key, each.name), each.mine
                    ),
                    "theirs": saying.tell_item(
                        each.key, models[each.key], _before(before, each.key, each.name), each.theirs
                    ),
                }
                for each in conflicts
            ],
            who=who(working.latest),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        working = self.working
        if posted_number(request, "latest") != working.latest.number:
            messages.warning(request, _("Yet another version was published. Look again."))
            return redirect(request.get_full_path())
        latest = examine_definition(working.latest.source.encode())[0].data
        choices = {
            name.removeprefix("choice:"): request.POST.get(name, "") for name in request.POST if name[:7] == "choice:"
        }
        merged, conflicts = merge(working.base_data, working.data, latest, choices)
        if any(choices.get(each.id) not in ("mine", "theirs") for each in conflicts):
            messages.error(request, _("Choose for each item whose words hold."))
            return redirect(request.get_full_path())
        try:
            working.save(merged, revision=posted_number(request, "revision"), base=working.latest)
        except DraftMoved:
            messages.error(request, moved())
            return redirect(request.get_full_path())
        messages.success(request, _("Your draft now holds what both of you did. Look at it and publish."))
        return redirect(reverse("office_definition_preview", args=[self.programme.pk]))


class Upload(EditingPage):
    """A programme.toml that was edited elsewhere becomes her draft, if nothing is wrong with it."""

    template_name = "office/definitions/upload.html"
    title = gettext_lazy("Upload a programme.toml")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        file = request.FILES.get("file")
        if file is None:
            return self.render_to_response(self.get_context_data(wrong=[_("Choose a file first.")]))
        if self.working.draft is not None and not request.POST.get("replace"):
            return self.render_to_response(self.get_context_data(wrong=[_("Tick that your draft may be replaced.")]))
        try:
            definition, problems = examine_definition(file.read(MAX_BYTES + 1))
        except DefinitionErrors as error:
            return self.refuse(error.problems)
        if problems:
            return self.refuse(problems)
        if definition.code != self.programme.code:
            return self.refuse_words(OtherProgramme(definition.code))
        try:
            self.working.save(definition.data, revision=posted_number(request, "revision"), base=self.working.latest)
        except DraftMoved:
            return self.render_to_response(self.get_context_data(wrong=[moved()]))
        return redirect(reverse("office_definition_preview", args=[self.programme.pk]))

    def refuse(self, problems: Sequence[Problem]) -> HttpResponse:
        """Every problem with its line."""
        name = words.names_everywhere()
        wrong = [
            _("Line %(line)s: %(problem)s") % {"line": problem.line, "problem": problem.in_words(name)}
            for problem in problems
        ]
        return self.render_to_response(self.get_context_data(wrong=wrong))

    def refuse_words(self, error: OtherProgramme) -> HttpResponse:
        """It is another programme's."""
        said = _("This is the definition of “%(code)s”, another programme.") % {"code": error.code}
        return self.render_to_response(self.get_context_data(wrong=[said]))


def look_ahead(working: Working) -> Outlook:
    """Load her draft to see what comes of it, and take it back.

    Raises:
        DomainError: what a section's loader refuses.
    """
    before = Completion.objects.filter(enrolment__edition__programme=working.programme).count()

    known = {each.get("code") for each in places.tables(working.base_data.get("call"))}

    def show(programme: Programme) -> Outlook:
        calls = Call.objects.filter(programme=programme, published_at=None, retired_at=None).exclude(code__in=known)
        after = Completion.objects.filter(enrolment__edition__programme=programme).count()
        return Outlook(after - before, list(calls.values_list("name", flat=True)))

    return rehearse_definition(working.definition, show)


def facts(outlook: Outlook) -> list[str]:
    """What loading does besides, in sentences."""
    found = []
    if n := outlook.completing:
        said = ngettext(
            "%(n)s person has done all that this version asks: she completes her track.",
            "%(n)s people have done all that this version asks: they complete their track.",
            n,
        )
        found.append(said % {"n": n})
    for name in outlook.unpublished:
        found.append(
            _("The call “%(call)s” is not published yet: nobody sees it until you publish it in Calls.")
            % {"call": name}
        )
    return found


def retired(working: Working) -> list[Retired]:
    """What her draft takes out although people are in it, each with what happens to them."""
    latest = examine_definition(working.latest.source.encode())[0].data
    things = taken_out(latest, working.data)
    counts = attached(working.programme, things)
    return [
        Retired(f"{section}/{code}", sentence_of_retirement(latest, section, code, counts[section, code]))
        for section, code in things
        if (section, code) in counts
    ]


def sentence_of_retirement(data: Mapping[str, Any], section: str, code: str, counts: Mapping[str, int]) -> str:
    """What happens to whom."""
    item = next(
        (
            each
            for outer in places.tables(data.get("track"))
            for each in places.tables(outer.get("module"))
            if f"{outer.get('code')}/{each.get('code')}" == code
        )
        if section == "module"
        else (each for each in places.tables(data.get(section)) if each.get("code") == code),
        {},
    )
    parts = [counted(what, n) for what, n in counts.items()]
    listed = (
        parts[0] if len(parts) == 1 else _("%(some)s and %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]}
    )
    return _(
        "%(thing)s has %(people)s: it is retired, nobody loses what is hers, and nobody new can choose it. "
        "With the same code it can be brought back."
    ) % {"thing": saying.thing(section, code.rpartition("/")[2], item), "people": listed}


def counted(what: str, n: int) -> str:
    """How many are attached, in words."""
    match what:
        case "enrolments":
            return ngettext("%(n)s enrolment", "%(n)s enrolments", n) % {"n": n}
        case "applications":
            return ngettext("%(n)s application", "%(n)s applications", n) % {"n": n}
        case "credentials":
            return ngettext("%(n)s certificate", "%(n)s certificates", n) % {"n": n}
        case "sign_ups":
            return ngettext("%(n)s person signed up", "%(n)s people signed up", n) % {"n": n}
        case "met":
            return ngettext("%(n)s person who has met it", "%(n)s people who have met it", n) % {"n": n}
    return f"{n} {what}"


def _thing(posted: str) -> tuple[str, str]:
    section, _slash, code = posted[:200].partition("/")
    return section, code


def _before(data: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any] | None:
    model = next(section for section in all_sections() if section.key == key)
    if not model.many:
        table: Mapping[str, Any] = data.get(key, {})
        return table
    return next((each for each in places.tables(data.get(key)) if name_of_item(model.model, each) == name), None)


def _visitor(request: HttpRequest, programme: Programme) -> HttpRequest:
    """The request of a stranger for the public page."""
    visitor = HttpRequest()
    visitor.method = "GET"
    visitor.path = visitor.path_info = reverse("programme", args=[programme.code])
    visitor.META = {name: request.META[name] for name in ("SERVER_NAME", "SERVER_PORT") if name in request.META}
    visitor.META["HTTP_HOST"] = request.get_host()
    visitor.user = AnonymousUser()
    visitor.LANGUAGE_CODE = request.LANGUAGE_CODE
    return visitor


def _public_page(visitor: HttpRequest, programme: Programme) -> bytes:
    """Whatever answers at the public address: portals do not know each other."""
    match = resolve(visitor.path_info)
    response = match.func(visitor, *match.args, **match.kwargs)
    return bytes(response.content)
