"""Certificates of courses elsewhere: verified by their signature, or decided by a person with a reason."""

import hashlib
import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.apps.credentials import elsewhere
from tests.apps.credentials.elsewhere import PDF, a_badge, a_coordinator, a_course, a_learner, another_learner
from tests.apps.credentials.openbadges import others
from tests.apps.programmes.examples import a_person
from tests.journal import journal
from trenza.apps.credentials import external_files, judging
from trenza.apps.credentials.actions import (
    add_external,
    confirm_external,
    end_trust,
    forget_external_files,
    refuse_external,
    trust_issuer,
)
from trenza.apps.credentials.actions.external import MOST_WAITING
from trenza.apps.credentials.errors import (
    DecidedAlready,
    FileRefused,
    GivenAlready,
    MetAlready,
    NoDidDocument,
    NoReason,
    NotOfHerTrack,
    TooManyFiles,
)
from trenza.apps.credentials.models import Credential, ExternalCredential, TrustedIssuer
from trenza.apps.credentials.openbadges import documents
from trenza.apps.credentials.openbadges.baking import bake
from trenza.apps.people.api import grant_role, merge_persons, register_person
from trenza.apps.programmes.api import EarnedFollowOn, Enrolment, ExternalCourse, RequirementMet
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import work_until_done
from trenza.core.privacy import erase_of, export_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_ROOT = tmp_path


def hand_in(enrolment: Enrolment, course: ExternalCourse, content: bytes = PDF, by: Any = None) -> ExternalCredential:
    return add_external(enrolment=enrolment, course=course, content=content, by=by or enrolment.person)


def kept_files(settings: Any) -> list[Path]:
    return [each for each in Path(settings.PRIVATE_ROOT).rglob("*") if each.is_file()]


def kinds() -> list[str]:
    return [entry[0].removeprefix("credentials.") for entry in journal() if entry[0].startswith("credentials.")]


def test_what_has_no_signature_waits_for_a_person(settings: Any):
    hers = a_learner()
    row = hand_in(hers, a_course(hers))

    assert (row.state, row.kind, row.finding["verdict"]) == ("waiting", "pdf", "")
    assert external_files.read(row.pk) == PDF
    [file] = kept_files(settings)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert kinds() == ["external_added.v1"]
    assert list(RequirementMet.objects.all()) == []


def test_what_a_person_confirms_completes_and_brings_her_certificate_and_what_follows_once():
    hers, by = a_learner(), a_coordinator()
    row = hand_in(hers, a_course(hers))

    confirm_external(external=row, reason="  Lo vi con\nella. ", by=by)
    work_until_done()

    met = RequirementMet.objects.get()
    assert (met.evidence, met.by, met.prior) == (row.pk, by, "")
    assert Credential.objects.get().person == hers.person
    assert EarnedFollowOn.objects.get().enrolment == hers
    row.refresh_from_db()
    assert (row.state, row.reason, row.decided_by) == ("confirmed", "Lo vi con ella.", by)
    with pytest.raises(DecidedAlready):
        confirm_external(external=row, reason="Otra vez.", by=by)
    with pytest.raises(DecidedAlready):
        refuse_external(external=row, reason="Otra vez.", by=by)
    assert RequirementMet.objects.count() == 1


def test_refused_one_meets_nothing_and_she_may_hand_in_another():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)
    row = refuse_external(external=hand_in(hers, course), reason="No se lee el nombre.", by=by)

    assert (row.state, list(RequirementMet.objects.all())) == ("refused", [])
    assert kinds() == ["external_added.v1", "external_refused.v1"]
    with pytest.raises(GivenAlready):
        hand_in(hers, course)
    assert hand_in(hers, course, PDF + b"\n").state == "waiting"


@pytest.mark.parametrize("reason", ["", "   ", "No.", "x" * 501])
def test_decision_needs_a_reason(reason: str):
    hers, by = a_learner(), a_coordinator()
    row = hand_in(hers, a_course(hers))

    for decide in (confirm_external, refuse_external):
        with pytest.raises(NoReason):
            decide(external=row, reason=reason, by=by)


def test_nobody_decides_her_own_nor_beyond_her_scope():
    programme_learner = a_learner(region="sur")
    course = a_course(programme_learner)
    row = hand_in(programme_learner, course)
    regions = programme_learner.edition.programme.regions
    here, elsewhere_ = (a_coordinator("region", regions.get(code=code).pk) for code in ("sur", "norte"))
    own = another_learner(programme_learner, "Eva", region="sur")
    grant_role(person=own.person, role="coordinator", scope_kind="all", scope=None, by=None)
    hers = hand_in(own, course)

    for external, by in [(row, elsewhere_), (row, a_person("Nadie")), (row, row.person), (hers, own.person)]:
        with pytest.raises(NotAllowed):
            confirm_external(external=external, reason="Porque sí.", by=by)
    assert confirm_external(external=hers, reason="Lo vi.", by=here).decided_by == here


def test_who_accompanies_hands_in_for_her_and_a_stranger_does_not():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)

    assert hand_in(hers, course, by=by).added_by == by
    with pytest.raises(NotAllowed):
        hand_in(hers, course, PDF + b" ", by=a_person("Otra"))


def test_signature_of_a_trusted_issuer_is_enough():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)
    elsewhere.trusted(hers, by)

    row = hand_in(hers, course, a_badge())
    work_until_done()

    assert (row.state, row.decided_by) == ("verified", None)
    assert RequirementMet.objects.get().evidence == row.pk
    assert Credential.objects.count() == 1
    assert kinds()[:3] == ["issuer_trusted.v1", "external_added.v1", "external_verified.v1"]
    with pytest.raises(MetAlready):
        hand_in(hers, course, PDF)


def test_badge_in_a_picture_is_judged_as_well():
    hers, by = a_learner(), a_coordinator()
    elsewhere.trusted(hers, by)

    row = hand_in(hers, a_course(hers), bake(elsewhere.a_photo("PNG"), a_badge()))

    assert (row.state, row.kind) == ("verified", "png")


def salted(value: str, salt: str = "sal") -> documents.Identity:
    return documents.Identity("emailAddress", f"sha256${hashlib.sha256((value + salt).encode()).hexdigest()}", salt)


def test_her_address_may_stand_as_a_salted_hash():
    hers, by = another_learner(a_learner(), "Eva", "eva@ejemplo.bo"), a_coordinator()
    course = a_course(hers)
    elsewhere.trusted(hers, by)

    assert hand_in(hers, course, a_badge(identity=salted("otra@ejemplo.bo"))).state == "waiting"
    assert hand_in(hers, course, a_badge(identity=salted("eva@ejemplo.bo"))).state == "verified"


def changed(**more: Any) -> bytes:
    return json.dumps(json.loads(a_badge()) | more).encode()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (a_badge("Eva Mamani"), ("valid", False, True)),
        (a_badge(course="Pan y pasteles"), ("valid", True, False)),
        (changed(name="Otra cosa"), ("altered", True, True)),
        (a_badge(valid_until=elsewhere.PAST), ("expired", True, True)),
        (a_badge(status=[documents.StatusAt("https://academia.example/s/", 3, "revocation")]), ("valid", True, True)),
        (changed(issuer={"id": "did:web:otra.example", "type": ["Profile"]}), ("altered", True, True)),
        (
            b'{"type": "Assertion", "recipient": {}, "badge": "https://a.example/b"}',
            ("unreadable", False, False),
        ),
        (b'{"recipient": "eva@ejemplo.bo", "badge": {"name": "Pan"}}', ("unreadable", False, False)),
    ],
    ids=["another", "course", "altered", "expired", "list not at hand", "issuer", "version 2", "version 1"],
)
def test_anything_less_waits(content: bytes, found: tuple[str, bool, bool]):
    hers, by = a_learner(), a_coordinator()
    elsewhere.trusted(hers, by)

    row = hand_in(hers, a_course(hers), content)

    assert row.state == "waiting"
    assert (row.finding["verdict"], row.finding["is_hers"], row.finding["is_course"]) == found


def test_trust_ends_and_holds_in_one_programme_alone():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)
    issuer = elsewhere.trusted(hers, by)

    assert judging.judge(a_badge(), hers, course).is_enough
    end_trust(issuer=issuer, by=by)
    assert judging.judge(a_badge(), hers, course).verdict == "unknown_issuer"
    elsewhere.trusted(hers, by)
    elsewhere.trusted(hers, by)
    assert TrustedIssuer.objects.filter(ended_at=None).count() == 1


def test_id_of_the_achievement_decides_where_the_definition_gives_it():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers, achievement="https://academia.example/a/2")
    elsewhere.trusted(hers, by)

    assert not judging.judge(a_badge(), hers, course).is_enough
    course.achievement = "https://academia.example/a/1"
    assert judging.judge(a_badge(course="Otro título"), hers, course).is_enough


@pytest.mark.parametrize(
    ("document", "why"),
    [
        (b"", "unreadable"),
        (b"[]", "unreadable"),
        (elsewhere.did_document(id="no did"), "unreadable"),
        (elsewhere.did_document(id="did:web:otra.example"), "unreadable"),
        (elsewhere.did_document(assertionMethod=[]), "unreadable"),
        (elsewhere.did_document(assertionMethod=[["x"], 3, {"id": []}]), "unreadable"),
        (elsewhere.did_document(verificationMethod={"a": 1}), "unreadable"),
    ],
)
def test_what_is_no_did_document_is_not_trusted(document: bytes, why: str):
    hers, by = a_learner(), a_coordinator()

    with pytest.raises(NoDidDocument) as refused:
        trust_issuer(programme=hers.edition.programme, name="Academia", document=document, by=by)
    assert refused.value.why == why


def test_our_own_address_is_never_trusted_as_an_outside_issuer(settings: Any):
    settings.PUBLIC_URL = "https://academia.example"
    hers, by = a_learner(), a_coordinator()

    with pytest.raises(NoDidDocument) as refused:
        elsewhere.trusted(hers, by)
    assert refused.value.why == "ours"


def test_who_may_not_change_the_definition_trusts_nobody():
    hers = a_learner(region="sur")
    region = hers.edition.programme.regions.get(code="sur")

    for by in (a_coordinator("region", region.pk), a_person("Nadie"), hers.person):
        with pytest.raises(NotAllowed):
            elsewhere.trusted(hers, by)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-" + b"x" * (5 * 1024 * 1024), "large"),
        (b"<html><script>alert(1)</script>", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"MZ\x90\0", "kind"),
        (b"\x89PNG\r\n\x1a\nno picture", "kind"),
        (b"\xff\xd8\xffno picture", "kind"),
        (a_badge()[:-40], "badge"),
        (b'{"a": 1}', "badge"),
        (b'{"a": 1', "badge"),
        (b'{"a":' * 90 + b"1" + b"}" * 90, "badge"),
        (b'{"type": ["VerifiableCredential"], "a": "\xff"}', "badge"),
        (b'{"type": {"VerifiableCredential": 1}}', "badge"),
        (b'{"type": "EnvelopedVerifiableCredential", "id": "data:,"}', "badge"),
    ],
)
def test_file_of_another_kind_is_refused_and_nothing_is_kept(content: bytes, why: str, settings: Any):
    hers = a_learner()

    with pytest.raises(FileRefused) as refused:
        hand_in(hers, a_course(hers), content)
    assert refused.value.why == why
    assert (kept_files(settings), list(ExternalCredential.objects.all())) == ([], [])


def test_photo_of_too_many_pixels_is_refused():
    with pytest.raises(FileRefused):
        external_files.harmless(elsewhere.a_photo("PNG", size=(9_000, 9_000)), ExternalCredential.Kind.PNG)


def test_photo_loses_what_the_phone_noted_in_it():
    hers = a_learner()
    photo = elsewhere.a_photo()
    assert b"Fabricante secreto" in photo

    row = hand_in(hers, a_course(hers), photo)

    kept = external_files.read(row.pk) or b""
    assert (row.kind, kept[:3], b"Fabricante secreto" in kept) == ("jpeg", b"\xff\xd8\xff", False)
    assert row.size == len(kept)


def test_badge_in_a_picture_stays_as_it_came():
    hers = a_learner()
    picture = elsewhere.a_photo("PNG")

    assert external_files.read(hand_in(hers, a_course(hers), picture).pk) == picture


def test_only_so_many_wait(settings: Any):
    hers = a_learner()
    course = a_course(hers)
    for number in range(MOST_WAITING):
        hand_in(hers, course, PDF + bytes([65 + number]))

    with pytest.raises(TooManyFiles):
        hand_in(hers, course, PDF + b"one more")
    assert len(kept_files(settings)) == MOST_WAITING


def test_course_of_another_track_and_one_that_was_retired_meet_nothing():
    hers = a_learner()
    course = a_course(hers)
    elsewhere_ = hers.edition.programme.tracks.create(code="otro", name="Otro", summary="…")
    module = elsewhere_.modules.create(code="m", name="M", requirement_kind="course", course="m")
    other = ExternalCourse.objects.create(module=module, code="x", name="X", provider="Y")
    course.retired_at = clock.now()
    course.save()

    for each in (course, other):
        with pytest.raises(NotOfHerTrack):
            hand_in(hers, each)


def test_nothing_is_fetched_while_judging(monkeypatch: pytest.MonkeyPatch):
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)
    elsewhere.trusted(hers, by)
    content = a_badge(status=[documents.StatusAt("https://academia.example/s/", 3, "revocation")])

    def connect(*_: Any) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", connect)
    assert judging.judge(content, hers, course).verdict == "valid"


def test_file_goes_some_time_after_the_decision(settings: Any, monkeypatch: pytest.MonkeyPatch):
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)
    decided = refuse_external(external=hand_in(hers, course), reason="No se lee.", by=by)
    waits = hand_in(hers, course, PDF + b"otro")

    assert forget_external_files() == 0
    later = clock.now() + timedelta(days=91)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert (forget_external_files(), forget_external_files()) == (1, 0)

    decided.refresh_from_db()
    assert (decided.has_file, external_files.read(decided.pk), len(kept_files(settings))) == (False, None, 1)
    assert external_files.read(waits.pk) is not None


def test_she_takes_it_with_her_and_it_is_erased_with_her(settings: Any):
    hers, by = a_learner(), a_coordinator()
    row = hand_in(hers, a_course(hers), a_badge())
    refuse_external(external=row, reason="No se lee.", by=by)

    [exported] = export_of(hers.person_id)["credentials"]["from_elsewhere"]
    assert (exported["course"], exported["state"], exported["reason"]) == ("Get Connected", "refused", "No se lee.")

    erase_of(hers.person_id)

    row.refresh_from_db()
    assert (row.state, row.reason, row.finding, row.digest, row.has_file) == ("refused", "", {}, "", False)
    assert kept_files(settings) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_are_one_decision():
    hers, by = a_learner(), a_coordinator()
    row = hand_in(hers, a_course(hers))
    outcomes: list[str] = []

    def decide(act: Any) -> None:
        try:
            outcomes.append(act(external=row, reason="Lo miré bien.", by=by).state)
        except DecidedAlready:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[act]) for act in (confirm_external, refuse_external)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count("late") == 1


def test_merged_records_keep_their_certificates_and_the_standing_enrolment_is_met():
    hers = a_learner()
    row = hand_in(hers, a_course(hers))
    other = register_person(given_name="Rosa", family_name="Quispe", country="BO")
    merge_persons(absorbed=hers.person, kept=other, reason="twice", by=None)

    row.refresh_from_db()
    assert row.person == other
    confirm_external(external=row, reason="La vi yo.", by=a_coordinator())
    assert RequirementMet.objects.get().enrolment.person == other


def test_a_badge_is_verified_as_the_document_in_it_is():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers)
    elsewhere.trusted(hers, by)

    assert judging.judge(bake(elsewhere.a_photo("PNG"), a_badge()), hers, course).is_enough
    assert judging.judge(bake(elsewhere.a_photo("PNG"), changed(name="Otra cosa")), hers, course).verdict == "altered"
    assert judging.judge(elsewhere.a_photo("PNG"), hers, course) == judging.Finding()


def test_an_issuer_who_signs_tokens_with_rsa_is_trusted_by_its_document():
    hers, by = a_learner(), a_coordinator()
    course = a_course(hers, achievement="https://academia.example/logros/1")
    document = json.dumps(others.did_document()).encode()
    trust_issuer(programme=hers.edition.programme, name="Otra academia", document=document, by=by)

    finding = judging.judge(others.token(others.RSA, kid=f"{others.DID}#rsa").encode(), hers, course)

    assert (finding.verdict, finding.issuer) == ("valid", others.DID)
    assert judging.judge(others.token(others.RSA).encode(), hers, course).verdict == "altered"
