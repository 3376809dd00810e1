"""Certificates: how many a second are signed, how heavy a full status list is, and how long it takes to issue many."""

import os
import random
import time
from collections import Counter
from datetime import date
from multiprocessing import get_context
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.figure import Measured, figure
from trenza.apps.credentials.api import (
    Credential,
    CredentialTemplate,
    IssuingRun,
    create_key,
    published_status,
    start_issuing,
)
from trenza.apps.credentials.models import SignedCredential, StatusList
from trenza.apps.credentials.openbadges import documents, proofs, status_lists
from trenza.apps.credentials.openbadges.keys import SigningKey
from trenza.apps.credentials.openbadges.prepared import Prepared
from trenza.apps.people.api import Person, grant_role, register_person
from trenza.apps.programmes.api import Completion, Edition, Enrolment, Organisation, load_definition
from trenza.core import clock
from trenza.core.definition import read_definition
from trenza.core.ids import new_id
from trenza.core.journal import work_until_done

ALL: Final = 158_881
"""The women of Conectadas in Tigo's countries: the largest programme that this was written for."""
PART: Final = int(os.environ.get("BENCH_CREDENTIALS", "5000"))
"""BENCH_CREDENTIALS=158881 issues all of them."""
SIGNATURES: Final = 2_000
AT_ONCE: Final = 5_000


@figure("signatures_per_s")
def signatures() -> Measured:
    """Signatures a second: OpenBadgeCredentials of one wording, each with its own name, address and place in two status
    lists, from words to a document with its proof. Two processes, one for each core; no database."""
    with get_context("fork").Pool(2) as pool:
        pool.map(_sign, [10, 10])  # the processes are there, and have read the contexts
        start = time.perf_counter()
        pool.map(_sign, [SIGNATURES, SIGNATURES], chunksize=1)
        seconds = time.perf_counter() - start
    return Measured(2 * SIGNATURES / seconds, "signatures/s", peer="eddsa-rdfc-2022, two processes")


def _sign(count: int) -> None:
    key = SigningKey("did:web:trenza.example:emisores:tigo:tigo#uno", Ed25519PrivateKey.generate())
    digest, now = Prepared().digest, clock.now()
    for n in range(count):
        proofs.sign(_stated(n, now), key, at=now, digest=digest)


def _stated(n: int, now: Any) -> dict[str, Any]:
    alignments = [
        documents.Alignment(f"Navegar {each}", f"https://data.europa.eu/snb/dcf/{each}", f"1.{each}", "DigComp 2.2")
        for each in range(4)
    ]
    achievement = documents.Achievement(
        "urn:uuid:0190a5d2-5f0e-7f3a-90a5-4df3a0a85df3", "Conectadas", "Aprendió a usar internet.", "Terminó.", "es",
        ["Usar internet con seguridad", "Cuidar sus claves"], alignments,
    )  # fmt: skip
    return documents.achievement_credential(
        id=f"https://trenza.example/certificado/{n:026d}/",
        issuer=documents.Profile("did:web:trenza.example:emisores:tigo:tigo", "Millicom (Tigo)"),
        achievement=achievement, identity=documents.Identity("name", f"Juana Quispe {n}"), valid_from=now,
        status=[documents.StatusAt(f"https://trenza.example/estado/1/{each}/", n, each)
                for each in ("revocation", "suspension")],
    )  # fmt: skip


@figure("status_list_1m_kb")
def status_list() -> Measured:
    """Kilobytes of a signed status list with 1,048,576 places, as it goes over the line, when half of them are revoked
    at random: no list of ours is heavier. Beside it, one in a hundred."""
    call_command("migrate", verbosity=0)
    programme = _programme()
    issuer = Organisation.objects.select_related("programme").get(programme=programme, code="tigo")
    chance = random.Random(7)
    heaviest, usual = (
        len(status_lists.encode({n for n in range(status_lists.ENTRIES) if chance.random() < part}))
        for part in (0.5, 0.01)
    )
    empty = published_status(StatusList.objects.create(organisation=issuer, number=1), "revocation")
    assert empty is not None
    around = len(empty) - len(status_lists.encode(set()))
    return Measured(
        (heaviest + around) / 1_000, "KB", peer=f"one in a hundred revoked: {(usual + around) / 1_000:.0f} KB"
    )


@figure("credentials_158881_min")
def issued() -> Measured:
    """Minutes to issue and sign the certificates of 158,881 women who have completed, each with a place in the status
    list and an entry in the journal: one worker, SQLite, every portion durable. A part is measured (BENCH_CREDENTIALS
    says how many) and carried on to all; each costs the same."""
    call_command("migrate", verbosity=0)
    programme = _programme()
    by = register_person(given_name="Ximena", family_name="Rojas", email="x@trenza.example", by=None)
    grant_role(person=by, role="coordinator", by=None)
    work_until_done()  # what follows from loading: who completes later is issued hers by a run
    _completions(PART)
    statements: Counter[str] = Counter()

    def counted(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements["all"] += 1
        return execute(sql, params, many, context)

    start = time.perf_counter()
    with connection.execute_wrapper(counted):
        start_issuing(programme=programme, kind=IssuingRun.Kind.MISSING, by=by)
        work_until_done()
    seconds = time.perf_counter() - start
    run = IssuingRun.objects.get()
    assert (run.state, run.done, run.failed) == ("done", PART, 0), run.state
    assert Credential.objects.count() == SignedCredential.objects.exclude(document=b"").count() == PART
    each = f"{statements['all'] / PART:.2f} statements for each, {PART / seconds:.0f} a second"
    return Measured(seconds / PART * ALL / 60, "min", peer=f"{PART} measured: {each}")


def _programme() -> Any:
    """Conectadas with one certificate, and its organiser's key."""
    load_definition(definition=read_definition(settings.PROGRAMMES / "tigo-conectadas"), today=date(2026, 8, 1))
    organiser = Organisation.objects.select_related("programme").get(code="tigo")
    create_key(organisation=organiser)
    return organiser.programme


def _completions(count: int) -> None:
    """So many women who have completed the track of the first certificate."""
    template = CredentialTemplate.objects.select_related("track").order_by("position")[0]
    edition = Edition.objects.filter(tracks=template.track).order_by("starts_on")[0]
    region, now = edition.regions.order_by("position").first(), clock.now()
    for first in range(0, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        people = Person.objects.bulk_create(
            Person(id=new_id(), given_name="Juana", family_name=f"Quispe {n}", registered_at=now, synthetic=True)
            for n in numbers
        )
        enrolments = Enrolment.objects.bulk_create(
            Enrolment(
                id=new_id(), person=person, edition=edition, track=template.track, region=region, enrolled_at=now,
                state=Enrolment.State.COMPLETED,
            )
            for person in people
        )  # fmt: skip
        Completion.objects.bulk_create(Completion(id=new_id(), enrolment=each, completed_at=now) for each in enrolments)
