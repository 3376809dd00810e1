"""What came from elsewhere in the demonstration: two certificates that wait, one that counts, and a gradebook of which
two rows match nobody."""

from importlib import import_module
from typing import Any, Final

from trenza.apps.people.api import account_for
from trenza.apps.programmes.api import Edition, Enrolment
from trenza.core.journal import work_until_done

_PAPER: Final = b"%PDF-1.4\n% a certificate of nobody, for a demonstration\n%%EOF\n"
_ROWS: Final = (("Nadia Sinregistro", "nadia@otra.example", 88), ("Brenda Otrocorreo", "brenda@otra.example", 74))


def ensure(programme: str, *, coordinator: str) -> None:
    """Once: for women of the demonstration edition who lack the module that a course elsewhere meets."""
    credentials: Any = import_module("trenza.apps.credentials.api")  # a hub has this command, and no credentials
    edition = Edition.objects.filter(programme__code=programme, demonstration=True).first()
    account = account_for(coordinator)
    if edition is None or account is None:
        return
    if credentials.ExternalCredential.objects.filter(enrolment__edition=edition).exists():
        return
    by = account.person
    running = Enrolment.objects.filter(edition=edition, state=Enrolment.State.ACTIVE, person__synthetic=True)
    lacking = [
        (each, credentials.courses_elsewhere(each).last()) for each in running.order_by("enrolled_at", "pk")[:20]
    ]
    chosen = [(enrolment, course) for enrolment, course in lacking if course is not None][:3]
    for number, (enrolment, course) in enumerate(chosen):
        content = _PAPER + str(number).encode()
        row = credentials.add_external(enrolment=enrolment, course=course, content=content, by=enrolment.person)
        if number == 0:
            credentials.confirm_external(external=row, reason="La vi con ella, en el centro.", by=by)
    if chosen:
        course = chosen[0][1]
        grades = [
            credentials.NewGrade(number, name, email, score) for number, (name, email, score) in enumerate(_ROWS, 2)
        ]
        new = credentials.NewGradebook(edition=edition, course=course, file_name="notas.csv", rows=grades)
        credentials.confirm_gradebook(gradebook=credentials.keep_gradebook(new=new, by=by), by=by)
    work_until_done()
