"""Trainers in training in the demonstration: one with her certificate, one in the middle, and the one who signs in."""

from datetime import timedelta
from typing import Final

from trenza.apps.learning.api import Asked, ExamSubmitted, Lesson, LessonCompleted, QuestionAnswered, published_courses
from trenza.apps.people.api import register_person
from trenza.apps.programmes import api as programmes
from trenza.apps.programmes.api import Edition, Enrolment, Module, Track
from trenza.core import clock
from trenza.core.ids import new_id
from trenza.core.journal import Incoming, incoming, ingest, work_until_done
from trenza.core.models import Device

TRAINERS: Final = (("Lidia", "Condori Flores", 20, True), ("Inés", "Rojas Vargas", 9, False))
"""Given name, family name, days since she began, whether she has finished; who has not is in the middle."""


def ensure(programme: str, *, trainer: str) -> None:
    """Once: enrol them in the trainers' track of the demonstration edition, and let them learn."""
    edition = Edition.objects.filter(programme__code=programme, demonstration=True).first()
    if edition is None:
        return
    track = edition.tracks.filter(pk__in=Track.objects.of_trainers().values("pk")).first()
    if track is None or Enrolment.objects.filter(edition=edition, track=track).exists():
        return
    regions = list(edition.regions.order_by("position"))
    for number, (given, family, days, finished) in enumerate(TRAINERS):
        email = f"formadora.en.formacion.{number}@demo.example"
        start = clock.now() - timedelta(days=days)
        with clock.travel(start):
            register_person(given_name=given, family_name=family, email=email, sex="female", synthetic=True)
            enrolment = programmes.enrol_trainer(
                email=email, given_name=given, family_name=family, edition=edition, track=track,
                region=regions[number] if number < len(regions) else None, by=None,
            )  # fmt: skip
        learn(enrolment, finished=finished)
    programmes.enrol_trainer(
        email=trainer, given_name="Formadora", family_name="de Demostración", edition=edition, track=track, by=None
    )
    work_until_done()


def learn(enrolment: Enrolment, *, finished: bool, confirmed: bool = True) -> None:
    """Lesson after lesson, all answers right; half of them, or all and what somebody confirms."""
    versions = {version.course.code: version for version in published_courses()}
    for module in enrolment.track.modules.filter(retired_at=None).order_by("position"):
        if module.requirement_kind == Module.Kind.CONFIRMED:
            if finished and confirmed:
                programmes.meet_requirement(enrolment=enrolment, module=module)
            continue
        version = versions.get(module.course)
        lessons = list(version.lessons.filter(test="")) if version else []
        _send(enrolment, lessons if finished else lessons[: len(lessons) // 2])
        work_until_done()


def _send(enrolment: Enrolment, lessons: list[Lesson]) -> None:
    device = new_id()
    entries: list[Incoming] = []
    for day, lesson in enumerate(lessons):
        for event in _acts(lesson):
            entries.append(
                incoming(
                    event,
                    device=device,
                    sequence=len(entries) + 1,
                    happened_at=enrolment.enrolled_at + timedelta(days=day, minutes=len(entries)),
                    person=enrolment.person_id,
                    by=enrolment.person_id,
                    edition=enrolment.edition_id,
                )
            )
    ingest(entries, device_kind=Device.Kind.SIMULATED)


def _acts(lesson: Lesson) -> list[LessonCompleted | QuestionAnswered | ExamSubmitted]:
    right = [Asked(each).right for each in lesson.questions]
    if lesson.exam:
        return [ExamSubmitted(lesson=lesson.id, answers=right)]
    answered = [
        QuestionAnswered(lesson=lesson.id, question=each["code"], choices=chosen)
        for each, chosen in zip(lesson.questions, right, strict=True)
    ]
    return [*answered, LessonCompleted(lesson=lesson.id)]
