"""Within Kolibri's own Python: `kolibri_side.py people|work COUNT` or `sync URL`. It prints JSON, last of all.

It uses Kolibri's models and commands from outside and holds nothing of theirs.
"""

import json
import sys
import time
from contextlib import suppress
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

LESSONS = 4
OF_ONE = 52
"""What a learner leaves: of each lesson a visit, a summary and a try, and forty answers in all."""


def people(count: int) -> None:
    """Learners of the facility that the command `provisiondevice` made."""
    auth = import_module("kolibri.core.auth.models")
    facility = auth.Facility.objects.get()
    for number in range(count):
        learner = auth.FacilityUser(username=f"ana{number}", full_name=f"Nombre {number}", facility=facility)
        learner.set_unusable_password()
        learner.save()


def work(count: int) -> None:
    """So many records of learning, saved through the models as its own pages save them."""
    auth, logger = import_module("kolibri.core.auth.models"), import_module("kolibri.core.logger.models")
    transaction = import_module("django.db").transaction
    now = import_module("django.utils.timezone").now()
    learners = list(auth.FacilityUser.objects.filter(username__startswith="ana").order_by("id"))
    if len(learners) * OF_ONE != count:
        raise SystemExit(f"{len(learners)} learners leave {len(learners) * OF_ONE} records, not {count}")
    contents = [uuid4().hex for _ in range(LESSONS)]
    channel = uuid4().hex
    with transaction.atomic():
        for learner in learners:
            for place, content in enumerate(contents):
                start = now - timedelta(days=7 - place)
                done = {"user": learner, "start_timestamp": start, "end_timestamp": start + timedelta(minutes=9)}
                about = {"content_id": content, "channel_id": channel, "kind": "exercise", "progress": 1}
                visit = logger.ContentSessionLog(**done, **about, time_spent=540)
                visit.save()
                summary = logger.ContentSummaryLog(**done, **about, time_spent=540)
                summary.save()
                criterion = {"type": "m_of_n", "m": 5, "n": 7}
                tried = logger.MasteryLog(
                    **done, summarylog=summary, mastery_level=1, mastery_criterion=criterion, complete=True
                )
                tried.save()
                for number in range(OF_ONE // LESSONS - 3):
                    logger.AttemptLog(
                        **done, item=f"q{number}", masterylog=tried, sessionlog=visit, complete=True,
                        correct=1, answer={"choices": [number % 3]}, time_spent=20,
                    ).save()  # fmt: skip


def sync(url: str) -> None:
    """One visit to the other instance, as its command does it."""
    facility = import_module("kolibri.core.auth.models").Facility.objects.first()
    options = {"facility": facility.id} if facility else {}
    with suppress(SystemExit):
        import_module("django.core.management").call_command(
            "sync", baseurl=url, username="office", password="office-4827", noninteractive=True, **options
        )


def main(verb: str, value: str) -> None:
    """Do it, and print the seconds that it took without starting up."""
    import_module("kolibri.utils.main").initialize()
    start = time.perf_counter()
    if verb == "sync":
        sync(value)
    else:
        {"people": people, "work": work}[verb](int(value))
    logger = import_module("kolibri.core.logger.models")
    kinds = (logger.ContentSessionLog, logger.ContentSummaryLog, logger.MasteryLog, logger.AttemptLog)
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "records": sum(kind.objects.count() for kind in kinds)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
