"""A path to readiness: small tasks that she does, or help to open an account of e-mail that she confirms by a code."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from trenza.apps.admissions.api import (
    Application,
    Graded,
    NotFulfillable,
    Readiness,
    ReadinessSection,
    Task,
    WrongState,
    complete_readiness,
    content_of,
    grade,
    path_of,
    right_of,
)
from trenza.apps.people.api import (
    ask_for_email_code,
    count_code_request,
    count_code_try,
    email_to_confirm,
    is_email_code,
)
from trenza.core.access import signed_in
from trenza.portals.field.errors import too_many
from trenza.portals.field.origin import connection_of
from trenza.portals.public.views.own import own_application, to_application

_NEEDS_HELP: Final = Application.State.NEEDS_HELP


@dataclass(frozen=True)
class Shown:
    """A task as the page shows it, with what came of it."""

    task: Task
    graded: Graded

    @property
    def written(self) -> str:
        return "".join(self.graded.given)


class EmailForm(forms.Form):
    """Her address, once she has one."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We send a code there. We do not keep the address."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy(
                "That is not a whole e-mail address. It has an @ in the middle, like rosa@example.org."
            ),
        },
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    """The code that came."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("Six digits, without letters."),
        max_length=20,
        error_messages={"required": gettext_lazy("Write the code that came to you.")},
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "size": 10}),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, programme: str, call: str, step: str) -> HttpResponse:
    """One part of the path. Done already, or not needed any more, her application says how it stands."""
    found, path = _found(request, programme, call, step)
    if path is None:
        return to_application(found.call)
    return _tasks(request, found, path) if path.kind == Readiness.Kind.TASKS else _email(request, found, path)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, programme: str, call: str, step: str) -> HttpResponse:
    """She types the code that came to her address."""
    found, path = _found(request, programme, call, step)
    if path is None or path.kind != Readiness.Kind.EMAIL:
        return to_application(found.call)
    email = email_to_confirm(request)
    if not email:
        return HttpResponseRedirect(reverse("readiness", args=[programme, call, step]))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not count_code_try(address=email, connection=connection_of(request)):
            return too_many(request)
        if is_email_code(request, form.cleaned_data["code"]):
            return _done(request, found, path, [])
        if not email_to_confirm(request):
            return HttpResponseRedirect(reverse("readiness", args=[programme, call, step]))
        form.add_error("code", _("That is not the code. Look at the newest message, and write its six digits."))
    return _page(request, "public/readiness_code.html", found, path, form=form, email=email)


def _tasks(request: HttpRequest, found: Application, path: Readiness) -> HttpResponse:
    content = content_of(path)
    given = {each.code: request.POST.getlist(each.code)[:10] for each in content.task}
    graded = grade(content.task, given if request.method == "POST" else {})
    right = right_of(graded)
    if request.method == "POST" and right >= (content.enough or 0):
        return _done(request, found, path, _shown(content, graded))
    return _page(
        request,
        "public/readiness_tasks.html",
        found,
        path,
        tasks=_shown(content, graded),
        right=right,
        enough=content.enough,
        tried=request.method == "POST",
        missing=[each for each in graded if each.right is None],
    )


def _email(request: HttpRequest, found: Application, path: Readiness) -> HttpResponse:
    if settings.IS_HUB:
        raise Http404  # a hub sends no codes
    form = EmailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]
        if not count_code_request(address=address, connection=connection_of(request)):
            return too_many(request)
        ask_for_email_code(request, address)
        return HttpResponseRedirect(
            reverse("readiness_code", args=[found.call.programme.code, found.call.code, path.code])
        )
    return _page(request, "public/readiness_email.html", found, path, form=form)


def _done(request: HttpRequest, found: Application, path: Readiness, tasks: list[Shown]) -> HttpResponse:
    """Keep it, and say what comes next; where it was judged otherwise meanwhile, her application says so."""
    try:
        done = complete_readiness(application=found, readiness=path, by=found.person)
    except (WrongState, NotFulfillable):
        return to_application(found.call)
    following = next((each for each in path_of(done) if not each.done), None)
    ready = done.state != _NEEDS_HELP
    return _page(request, "public/readiness_done.html", found, path, tasks=tasks, following=following, ready=ready)


def _found(request: HttpRequest, programme: str, call: str, code: str) -> tuple[Application, Readiness | None]:
    """Her application and the path, if it is one that she still needs; no such path is not there."""
    found = own_application(request, programme, call)
    path = Readiness.objects.filter(programme=found.call.programme_id, code=code).first()
    if path is None or not found.outcomes.filter(rule=path.rule).exists():
        raise Http404
    needed = found.state == _NEEDS_HELP and found.outcomes.filter(rule=path.rule, met=False).exists()
    return found, path if needed else None


def _shown(content: ReadinessSection, graded: list[Graded]) -> list[Shown]:
    return [Shown(task, each) for task, each in zip(content.task, graded, strict=True)]


def _page(request: HttpRequest, template: str, found: Application, path: Readiness, **more: Any) -> HttpResponse:
    context = {
        "call": found.call,
        "path": path,
        "content": content_of(path),
        "demonstration": found.call.edition.demonstration,
        **more,
    }
    return render(request, template, context)
