"""What must agree within the sections of admissions, and with those that they name."""

from collections.abc import Iterable
from typing import Any

from trenza.apps.admissions.definition.sections import CallSection, ReserveSection
from trenza.apps.admissions.eligibility import AGE, BIRTH_DATE, EligibilityRule
from trenza.apps.forms.api import FormDefinition, Question
from trenza.apps.programmes.api import TRAINERS, BranchSection, check_contains
from trenza.core.definition import Definition, Key, Report, is_plausible, listed
from trenza.core.definition import say as _

_DATED, _RELATIVE = ("opens_at", "closes_at"), ("opens_day", "closes_day")


def check_calls(definition: Definition, report: Report) -> None:
    """Everything that a call names stands, its moments and seats make sense, its rules ask what its form asks."""
    for call in definition.of(CallSection):
        for field in ("edition", "track", "form"):
            report.refer(call, field, to=field)
        for field, section in (("tracks", "track"), ("regions", "region"), ("rules", "rule")):
            report.refer(call, field, to=section)
        _check_track(call, definition, report)
        for quota in call.quota:
            report.refer(quota, "region", to="region")
        for each in call.track_seats:
            report.refer(each, "track", to="track")
        _check_tracks(call, report)
        edition = definition.find("edition", call.edition)
        if edition is not None:
            _check_edition(call, edition, report)
            _check_moments(call, edition, report)
            _check_day(call, edition, ("age_on", "age_day"), report)
            _check_day(call, edition, ("change_until", "change_until_day"), report)
            _check_change_day(call, edition, report)
        _check_seats(call, edition, report)
        _check_rules(call, definition, report)
        _check_reserved(call, definition, report)
        check_contains(call, report)


def check_forms(definition: Definition, report: Report) -> None:
    """No question takes a name that rules give another meaning."""
    for form in definition.of(FormDefinition):
        for question in form.questions:
            if question.code == AGE or (question.code == BIRTH_DATE and question.type != "date"):
                report.problem(
                    question,
                    _('a question cannot be called "%(code)s": rules know it as something else', code=question.code),
                    field="code",
                    hint=_('age follows from a question of type date called "%(name)s"', name=BIRTH_DATE),
                )


def _check_edition(call: CallSection, edition: Any, report: Report) -> None:
    where = _('the edition "%(code)s"', code=call.edition)
    for field in ("track", "tracks"):
        report.one_of(call, field, edition.tracks, what="track", where=where)
    report.one_of(call, "regions", edition.regions, what="region", where=where)


def _check_track(call: CallSection, definition: Definition, report: Report) -> None:
    """Nobody signs up to be trained as a trainer: the team enrols her."""
    for branch in definition.of(BranchSection):
        for code in (call.track, *call.tracks):
            if branch.participants == TRAINERS and code in branch.tracks:
                report.problem(
                    call,
                    _('the track "%(code)s" is for trainers, whom the team enrols: no call leads there', code=code),
                    field="track" if call.track else "tracks",
                    hint=_("take the call out, or the track out of its branch"),
                )


def _check_tracks(call: CallSection, report: Report) -> None:
    """Tracks to choose from, and their seats, are named once each."""
    for number, code in enumerate(call.tracks):
        if code in call.tracks[:number]:
            twice = _('the track "%(code)s" is there already', code=code)
            report.problem(call, twice, field=("tracks", number), hint=_("name it once"))
    codes = [each.track for each in call.track_seats]
    for number, each in enumerate(call.track_seats):
        if each.track in codes[:number]:
            has = _('the track "%(code)s" has seats already', code=each.track)
            report.problem(each, has, field="track", hint=_("give one sum"))
        report.one_of(each, "track", call.tracks, what="track", where=_("the tracks of the call"))


def _check_moments(call: CallSection, edition: Any, report: Report) -> None:
    wanted, other = (_RELATIVE, _DATED) if edition.demonstration else (_DATED, _RELATIVE)
    for field, instead in zip(other, wanted, strict=True):
        if getattr(call, field) is not None:
            message = (
                _('"%(key)s" belongs to a call with dates', key=Key(field))
                if edition.demonstration
                else _('"%(key)s" belongs to a call of a demonstration', key=Key(field))
            )
            report.problem(call, message, field=field, hint=_('write "%(instead)s"', instead=Key(instead)))
    for field in wanted:
        if getattr(call, field) is None:
            report.problem(call, _('"%(key)s" is missing', key=Key(field)), field=field, hint=_("write it"))
    for opens, closes in (_DATED, _RELATIVE):
        first, last = getattr(call, opens), getattr(call, closes)
        if first is not None and last is not None and last < first:
            hint = _("correct %(start)s or %(end)s", start=Key(opens), end=Key(closes))
            report.problem(call, _("it closes before it opens"), field=closes, hint=hint)
    for field in _DATED:
        moment = getattr(call, field)
        if moment is not None and not is_plausible(moment):
            implausible = _('"%(key)s" is no plausible day', key=Key(field))
            report.problem(call, implausible, field=field, hint=_("correct the year"))
    ends = (
        (call.closes_at and edition.ends_on and call.closes_at.date() > edition.ends_on)
        or (call.closes_day is not None and edition.ends_day is not None and call.closes_day > edition.ends_day)
    )  # fmt: skip
    if ends:
        report.problem(
            call,
            _("it closes after its edition has ended"),
            field="closes_day" if edition.demonstration else "closes_at",
            hint=_("let it close earlier, or the edition end later"),
        )


def _check_day(call: CallSection, edition: Any, fields: tuple[str, str], report: Report) -> None:
    """A day that is a date, or counted where the edition is a demonstration."""
    dated, counted = fields
    kept, taken = (counted, dated) if edition.demonstration else (dated, counted)
    if getattr(call, taken) is not None:
        message = (
            _('"%(key)s" belongs to a call with dates', key=Key(taken))
            if edition.demonstration
            else _('"%(key)s" belongs to a call of a demonstration', key=Key(taken))
        )
        report.problem(call, message, field=taken, hint=_('write "%(instead)s"', instead=Key(kept)))
    day = getattr(call, dated)
    if day is not None and not is_plausible(day):
        implausible = _('"%(key)s" is no plausible day', key=Key(dated))
        report.problem(call, implausible, field=dated, hint=_("correct the year"))


def _check_change_day(call: CallSection, edition: Any, report: Report) -> None:
    """She changes after the call has opened, and while its edition runs."""
    day, counted = call.change_until, call.change_until_day
    early = (day is not None and call.opens_at is not None and day < call.opens_at.date()) or (
        counted is not None and call.opens_day is not None and counted < call.opens_day
    )
    late = (day is not None and edition.ends_on is not None and day > edition.ends_on) or (
        counted is not None and edition.ends_day is not None and counted > edition.ends_day
    )
    if early or late:
        report.problem(
            call,
            _("nobody has a track to change then: it is before the call opens, or after its edition has ended"),
            field="change_until_day" if edition.demonstration else "change_until",
            hint=_("choose a day while the edition runs"),
        )


def _check_seats(call: CallSection, edition: Any, report: Report) -> None:
    codes = [quota.region for quota in call.quota]
    regions = call.regions or (edition.regions if edition else ())
    for number, quota in enumerate(call.quota):
        if quota.region in codes[:number]:
            has = _('the region "%(code)s" has seats already', code=quota.region)
            report.problem(quota, has, field="region", hint=_("give one sum"))
        if regions:
            report.one_of(quota, "region", regions, what="region", where=_("the regions of the call"))
    total = sum(quota.seats for quota in call.quota)
    if call.seats is not None and total > call.seats:
        report.problem(
            call,
            _("the seats of its regions add up to %(total)s, and it has %(seats)s", total=total, seats=call.seats),
            field="seats",
            hint=_("give it %(total)s seats, or the regions fewer", total=total),
        )
    elif call.seats is not None and call.held_back and total + call.held_back > call.seats:
        both = total + call.held_back
        report.problem(
            call,
            _(
                "the seats of its regions and those kept for launches add up to %(total)s, and it has %(seats)s",
                total=both,
                seats=call.seats,
            ),
            field="held_back",
            hint=_("give it %(total)s seats, or the regions fewer", total=both),
        )
    _check_seats_of_tracks(call, report)


def _check_seats_of_tracks(call: CallSection, report: Report) -> None:
    of_tracks = sum(each.seats for each in call.track_seats)
    if call.seats is None or not of_tracks:
        return
    if of_tracks > call.seats:
        report.problem(
            call,
            _("the seats of its tracks add up to %(total)s, and it has %(seats)s", total=of_tracks, seats=call.seats),
            field="seats",
            hint=_("give it %(total)s seats, or the tracks fewer", total=of_tracks),
        )
    elif call.held_back and of_tracks + call.held_back > call.seats:
        both = of_tracks + call.held_back
        report.problem(
            call,
            _(
                "the seats of its tracks and those kept for launches add up to %(total)s, and it has %(seats)s",
                total=both,
                seats=call.seats,
            ),
            field="held_back",
            hint=_("give it %(total)s seats, or the tracks fewer", total=both),
        )


def _check_rules(call: CallSection, definition: Definition, report: Report) -> None:
    form = definition.find("form", call.form) if call.form else None
    for number, code in enumerate(call.rules):
        rule: EligibilityRule | None = definition.find("rule", code)
        if rule is None or rule.question in (AGE, BIRTH_DATE):
            continue
        if call.form is None:
            report.problem(
                call,
                _(
                    'the rule "%(code)s" is about the question "%(question)s", and an open call asks none',
                    code=code,
                    question=rule.question,
                ),
                field=("rules", number),
                hint=_("an open call can have rules about age only"),
            )
        elif isinstance(form, FormDefinition):
            question = form.question(rule.question)
            if question is None:
                codes = [each.code for each in form.questions]
                where = _('the form "%(code)s"', code=call.form)
                report.one_of(rule, "question", [AGE, *codes], what="question", where=where)
            else:
                _check_test(rule, question, report)


def _check_reserved(call: CallSection, definition: Definition, report: Report) -> None:
    """Each group is named once, and follows from an answer that the form can have."""
    form = definition.find("form", call.form) if call.form else None
    codes = [each.code for each in call.reserve]
    for number, each in enumerate(call.reserve):
        if each.code in codes[:number]:
            has = _('the group "%(code)s" has seats already', code=each.code)
            report.problem(each, has, field="code", hint=_("give one sum"))
        if isinstance(form, FormDefinition):
            question = form.question(each.question)
            if question is None:
                asked = [one.code for one in form.questions]
                where = _('the form "%(code)s"', code=call.form)
                report.one_of(each, "question", asked, what="question", where=where)
            else:
                _check_answers(each, question, report)


def _check_answers(reserve: ReserveSection, question: Question, report: Report) -> None:
    for value in reserve.one_of:
        if not _can_be(value, question):
            shown = f'"{value}"' if isinstance(value, str) else str(value).lower()
            no_answer = _("no answer is %(value)s", value=shown)
            report.problem(reserve, no_answer, field="one_of", hint=_possible(question))


def _check_test(rule: EligibilityRule, question: Question, report: Report) -> None:
    """The test can be met by an answer of this type."""
    ranged = rule.at_least is not None or rule.at_most is not None
    if ranged and question.type != "whole_number":
        report.problem(
            rule,
            _(
                'at_least and at_most need a number, and "%(code)s" is of type %(type)s',
                code=question.code,
                type=question.type,
            ),
            field="at_least" if rule.at_least is not None else "at_most",
            hint=_("use equals or one_of"),
        )
    wanted = [("equals", rule.equals)] if rule.equals is not None else [("one_of", each) for each in rule.one_of or ()]
    for field, value in wanted:
        if not _can_be(value, question):
            shown = f'"{value}"' if isinstance(value, str) else str(value).lower()
            report.problem(rule, _("no answer is %(value)s", value=shown), field=field, hint=_possible(question))


def _can_be(value: bool | int | str, question: Question) -> bool:
    match question.type:
        case "yes_no":
            return isinstance(value, bool)
        case "whole_number":
            return isinstance(value, int) and not isinstance(value, bool)
        case "choice" | "choices":
            return value in _codes(question)
        case "region":
            return isinstance(value, str)
    return False


def _possible(question: Question) -> str:
    match question.type:
        case "yes_no":
            return _("use true or false")
        case "whole_number":
            return _("use a number")
        case "choice" | "choices":
            return _("use %(codes)s", codes=listed(_codes(question)))
    return _("rules test numbers, yes or no, and choices")


def _codes(question: Question) -> list[str]:
    codes: Iterable[str] = (choice.code for choice in question.choices)
    return list(codes)
