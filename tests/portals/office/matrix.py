"""Who may open which page of the office, and on which rows: the table that test_matrix.py holds the pages against.

A new page needs a line in `CASES`, under the name of its address. Roles are said by letters: A administrator,
C coordinator, T trainer, M mentor, U auditor, E endorser. `within` are the scopes from which the row `here` may be
opened; from others it is not there. What is asked of `row` lies in the region `here`; nothing is changed: pages that
act are asked with GET where she may act (405), and with POST where the row is not hers (404).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.apps.admissions.examples import (
    a_draw_call,
    a_minor,
    a_person,
    a_programme,
    an_application,
    an_open_call,
    region_of,
)
from tests.apps.credentials.examples import a_template
from tests.apps.learning.examples import published
from tests.apps.places.examples import a_centre, a_hub, a_loan, a_thing, today
from tests.portals.office import scene
from tests.portals.office.definitions.scenes import FILE
from tests.portals.office.people import staff
from trenza.apps.accompaniment.api import make_inquiry
from trenza.apps.admissions.api import Appeal, Application, Award, AwardPart, Call, Fulfilment
from trenza.apps.credentials import external_files
from trenza.apps.credentials.api import (
    Credential,
    ExternalCredential,
    Gradebook,
    GradebookRow,
    IssuingRun,
    TrustedIssuer,
    Wording,
)
from trenza.apps.people.api import (
    Guardianship,
    Merge,
    NewImport,
    Person,
    RoleGrant,
    cards_of,
    devices_of,
    grant_role,
    keep_import,
    make_card,
    merge_persons,
    name_guardian,
    note_pair,
    register_device,
    save_view,
)
from trenza.apps.places.api import Member, add_members, give_voucher, import_vouchers, keep_centre, note_visits
from trenza.apps.programmes.api import (
    DefinitionVersion,
    Enrolment,
    ExternalCourse,
    Module,
    Organisation,
    meet_requirement,
)
from trenza.apps.sessions.api import open_session
from trenza.core import clock
from trenza.core.definition import parse_definition, write_definition
from trenza.core.ids import new_secret_code

ROLES = {"A": "administrator", "C": "coordinator", "T": "trainer", "M": "mentor", "U": "auditor", "E": "endorser"}
SCOPES = ("all", "organisation", "programme", "edition", "here", "there", "elsewhere", "centre")
"""`here` and `there` are regions of one programme, `elsewhere` is another programme; a centre in `here` holds nobody
of those who have names below."""
OPEN = 200
ALWAYS = frozenset(SCOPES)
NEVER: frozenset[str] = frozenset()
WHOLE = frozenset({"all", "organisation", "programme", "edition"})
PROGRAMME = WHOLE - {"edition"}
ROW = WHOLE | {"here"}
CALL = ROW | {"there"}
CENTRE = ROW - {"edition"} | {"centre"}
"""A region lies in the programme and not in an edition of it; so do the centres there."""
NAMES: Mapping[str, frozenset[str]] = {
    "Herelda": ROW,
    "Therelda": WHOLE | {"there"},
    "Otrelda": frozenset({"all", "elsewhere"}),
}
"""What people are called, and from which scopes they are seen. No name is part of another."""


@dataclass(frozen=True)
class Place:
    """Somebody in each state, in one region, all of one name."""

    application: Application
    award: Award
    enrolment: Enrolment
    credential: Credential
    external: ExternalCredential
    guardianship: Guardianship
    grant: RoleGrant
    appeal: Appeal
    fulfilment: Fulfilment


class World:
    """A programme in two regions, and another programme; somebody in each."""

    def __init__(self) -> None:
        self.numbers = iter(range(1, 1_000))
        self.call = scene.a_scene_call()
        self.organisation = Organisation.objects.create(
            programme=self.call.programme, code="casa", name="La Casa", roles=["organiser"]
        )
        self.course = published("uno").course
        # With something to mend, so that nobody rehearses a definition that this small world is not.
        source = write_definition(parse_definition(FILE.read_bytes())).replace('form = "beca"', 'form = "nada"')
        DefinitionVersion.objects.create(
            programme=self.call.programme, number=1, source=source, digest="", loaded_at=clock.now()
        )
        self.here = self.place(self.call, "el-alto", "Herelda")
        self.place(self.call, "oruro", "Therelda")
        self.other = an_open_call(a_programme("otro"), name="Otra convocatoria")
        self.place(self.other, "el-alto", "Otrelda")
        # La Casa endorses what it organises.
        Wording.objects.update(organisations=[{"name": "La Casa", "roles": ["organiser", "endorser"]}])
        self.centre = a_centre(region="el-alto", organisation="casa")
        thing = a_thing(self.centre)
        self.free_thing = a_thing(self.centre, "T-2")
        self.loan = a_loan(thing, self.person("Ximena"))
        add_members(centre=self.centre, persons=[self.person("Ursula")], by=None)
        self.member = Member.objects.get()
        self.hub = a_hub(self.centre)
        self.visit = note_visits(centre=self.centre, count=2, day=today(), purpose="wifi", by=None)
        self.inquiry = make_inquiry(
            edition=self.call.edition, category="other", text="…", centre=self.centre.pk, by=staff("trainer")
        )
        self.session = open_session(
            edition=self.call.edition, kind="class", starts_at=clock.now(), minutes=60, time_zone="America/La_Paz",
            title="Clase", track=self.call.track, centre=self.centre.pk, by=None,
        )  # fmt: skip
        self.scopes: dict[str, tuple[str, Any]] = {
            "all": ("all", None),
            "organisation": ("organisation", self.organisation.pk),
            "programme": ("programme", self.call.programme_id),
            "edition": ("edition", self.call.edition_id),
            "here": ("region", region_of(self.call).pk),
            "there": ("region", region_of(self.call, "oruro").pk),
            "elsewhere": ("programme", self.other.programme_id),
            "centre": ("centre", self.centre.pk),
        }

    def person(self, name: str) -> Person:
        return a_person(next(self.numbers), given_name=name)

    def place(self, call: Call, region: str, name: str) -> Place:
        n, there = next(self.numbers), region_of(call, region)
        awarded = an_application(call, n, region, person=self.person(name), state="awarded")
        award = Award.objects.create(
            application=awarded,
            call=call,
            person=awarded.person,
            region=there,
            track=call.tracks_offered[0],
            awarded_at=clock.now(),
        )
        AwardPart.objects.create(award=award, code="datos", kind="data_voucher", name="Un bono de datos")
        enrolment = scene.an_enrolment(call, next(self.numbers), region, given_name=name)
        for module in call.tracks_offered[0].modules.filter(requirement_kind="course"):
            meet_requirement(enrolment=enrolment, module=module)
        template = call.programme.credential_templates.first() or a_template(call.programme)
        credential = Credential.objects.create(
            enrolment=enrolment, person=enrolment.person, template=template, wording=template.wording,
            code=new_secret_code(), name=name, issued_at=clock.now(), issued_on=clock.today("UTC"),
        )  # fmt: skip
        minor = a_minor(next(self.numbers))
        Person.objects.filter(pk=minor.pk).update(given_name=name)
        an_application(call, n, region, person=minor, state="waiting_guardian")
        submitted = an_application(call, n, region, person=self.person(name))
        return Place(
            application=submitted,
            award=award,
            enrolment=enrolment,
            credential=credential,
            external=an_external(enrolment),
            guardianship=name_guardian(person=minor, name="Madre", relation="mother", email="m@ejemplo.bo", by=minor),
            grant=grant_role(person=submitted.person, role="mentor", scope_kind="region", scope=there.pk, by=None),
            appeal=Appeal.objects.create(application=submitted, text="Miren otra vez.", made_at=clock.now()),
            fulfilment=Fulfilment.objects.create(
                application=submitted, rule="correo", how="team", reason="Sí.", made_at=clock.now()
            ),
        )


def an_external(enrolment: Enrolment) -> ExternalCredential:
    """A certificate of a course elsewhere, for a module that nothing else is about, which waits."""
    module, _ = Module.objects.get_or_create(
        track=enrolment.track, code="afuera", defaults={
            "name": "Afuera", "position": 9, "requirement_kind": "confirmed", "confirmed_by": "coordinator",
        },
    )  # fmt: skip
    course, _ = ExternalCourse.objects.get_or_create(
        module=module, code="x", defaults={"name": "Get Connected", "provider": "Academia"}
    )
    row = ExternalCredential.objects.create(
        enrolment=enrolment, person=enrolment.person, course=course, added_by=enrolment.person, added_at=clock.now(),
        kind="pdf", size=5, digest=enrolment.pk.hex,
    )  # fmt: skip
    external_files.keep(row.pk, b"%PDF-")
    return row


Row = Callable[[World, Person], Mapping[str, Any]]


@dataclass(frozen=True)
class Case:
    """A page: the roles that open it, the scopes from which `row` is there, whether it only acts, whether it lists
    everybody whom the viewer sees (`but_from` these scopes: nobody). `instead` says the scopes of single roles."""

    roles: str
    within: frozenset[str] = ALWAYS
    row: Row = lambda world, viewer: {}
    acts: bool = False
    lists: bool = False
    but_from: frozenset[str] = NEVER
    instead: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def status(self, role: str, scope: str) -> int:
        """What it answers; OPEN is any page or way on."""
        if role not in self.roles:
            return 403
        if scope not in self.instead.get(role, self.within):
            return 404
        return 405 if self.acts else OPEN


def _programme(**more: Any) -> Row:
    return lambda world, viewer: {"pk": world.call.programme_id, **more}


def _pk(lead: Callable[[World], Any]) -> Row:
    return lambda world, viewer: {"pk": lead(world).pk}


def _own_import(world: World, viewer: Person) -> Mapping[str, Any]:
    return {"pk": keep_import(new=NewImport(file_name="a.xlsx", rows=[]), by=viewer).pk}


def _own_view(world: World, viewer: Person) -> Mapping[str, Any]:
    number = viewer.saved_views.count() if hasattr(viewer, "saved_views") else next(world.numbers)
    return {"pk": save_view(list="persons", query="", name=f"Vista {number}", shared=False, by=viewer).pk}


def _module(confirmed_by: str) -> Row:
    return lambda world, viewer: {"pk": world.call.tracks_offered[0].modules.get(confirmed_by=confirmed_by).pk}


def _enrolment_and_module(world: World, viewer: Person) -> Mapping[str, Any]:
    return {
        "pk": world.here.enrolment.pk,
        "module": world.call.tracks_offered[0].modules.get(confirmed_by="trainer").pk,
    }


def _learner(**more: Any) -> Row:
    return lambda world, viewer: {"pk": world.here.enrolment.person_id, **more}


def _card(world: World, viewer: Person) -> Mapping[str, Any]:
    person = world.here.enrolment.person
    card = cards_of(person).first() or make_card(person=person, by=staff("administrator")).card
    return {"pk": person.pk, "card": card.pk}


def _device(world: World, viewer: Person) -> Mapping[str, Any]:
    person = world.here.enrolment.person
    device = devices_of(person).first()
    return {"pk": person.pk, "device": device.pk if device else register_device(person=person, by=person).profile}


def _phone(world: World, viewer: Person) -> Mapping[str, Any]:
    return {"device": _device(world, viewer)["device"]}


def _at_centre(**rows: str) -> Row:
    """The centre, and what is its own, by the name of the attribute of the world."""
    return lambda world, viewer: {
        "pk": world.centre.pk, **{name: getattr(world, attribute).pk for name, attribute in rows.items()}
    }  # fmt: skip


def _own_voucher(world: World, viewer: Person) -> Mapping[str, Any]:
    """One that she gave herself, where she may; anybody's otherwise."""
    import_vouchers(centre=world.centre, lines=[new_secret_code()], minutes=60, by=None)
    by = viewer if keep_centre.allows(viewer, world.centre) else None
    return {"pk": world.centre.pk, "voucher": give_voucher(centre=world.centre, by=by).pk}


def _pair(world: World, viewer: Person) -> Mapping[str, Any]:
    """Two who lie in `here`; one of them in one region more would hide it from there."""
    pair = note_pair(one=world.here.enrolment.person, other=world.here.award.person, found="nightly", score=0.97)
    return {"pk": pair.pk}


def _pair_and_kept(world: World, viewer: Person) -> Mapping[str, Any]:
    return {**_pair(world, viewer), "kept": world.here.award.person_id}


def _merge(world: World, viewer: Person) -> Mapping[str, Any]:
    standing = Merge.objects.first()
    if standing is None:
        twice = world.person("Doble")
        standing = merge_persons(absorbed=twice, kept=world.here.enrolment.person, reason="twice", by=None)
    return {"pk": standing.pk}


def _fulfilment(world: World, viewer: Person) -> Mapping[str, Any]:
    return {"pk": world.here.application.pk, "fulfilment": world.here.fulfilment.pk}


def _issuer(world: World, viewer: Person) -> Mapping[str, Any]:
    row = TrustedIssuer.objects.filter(ended_at=None).first() or TrustedIssuer.objects.create(
        programme=world.call.programme, did="did:web:academia.example", name="Academia", keys={}, added_by=viewer,
        added_at=clock.now(),
    )  # fmt: skip
    return {"pk": world.call.programme_id, "issuer": row.pk}


def _pair_elsewhere(world: World, viewer: Person) -> Mapping[str, Any]:
    return {"pair": f"{world.call.edition_id.hex}-{world.here.external.course_id.hex}"}


def _own_gradebook(world: World, viewer: Person) -> Mapping[str, Any]:
    made = Gradebook.objects.create(
        by=viewer, edition=world.call.edition, course=world.here.external.course, uploaded_at=clock.now()
    )
    return {"pk": made.pk}


def _own_grade_row(world: World, viewer: Person) -> Mapping[str, Any]:
    book = Gradebook.objects.create(
        by=viewer, edition=world.call.edition, course=world.here.external.course, uploaded_at=clock.now(),
        confirmed_at=clock.now(),
    )  # fmt: skip
    row = GradebookRow.objects.create(gradebook=book, number=2, state="unmatched", details={"name": "relda"})
    return {"pk": row.pk}


_external = _pk(lambda world: world.here.external)
_appeal = _pk(lambda world: world.here.appeal)
_application = _pk(lambda world: world.here.application)
_award = _pk(lambda world: world.here.award)
_call = _pk(lambda world: world.call)
_credential = _pk(lambda world: world.here.credential)
_guardianship = _pk(lambda world: world.here.guardianship)


_template = _pk(lambda world: world.here.credential.template)
SPEAKS = {"E": frozenset({"organisation"})}


def _run(world: World, viewer: Person) -> Mapping[str, Any]:
    now, programme = clock.now(), world.call.programme
    values = {"kind": "missing", "total": 1, "started_at": now, "moved_at": now}
    return {"pk": IssuingRun.objects.get_or_create(programme=programme, defaults=values)[0].pk}


def _asked(world: World, viewer: Person) -> Mapping[str, Any]:
    """What La Casa is asked to endorse."""
    template = world.here.credential.template
    return {"pk": world.organisation.pk, "wording": template.wording_id, "edition": world.call.edition_id}


def _drawn_call(world: World, viewer: Person) -> Mapping[str, Any]:
    """A call of the same programme whose places are drawn."""
    found = Call.objects.filter(code="sorteo").first()
    return {"pk": (found or a_draw_call(code="sorteo")).pk}


CASES: Mapping[str, Case] = {
    "wagtailadmin_home": Case("ACTUE"),
    "wagtailadmin_account": Case("ACTUE"),
    "office_calls": Case("ACU"),
    "office_calls_results": Case("ACU"),
    "office_call": Case("ACU", CALL, _call),
    "office_publish": Case("AC", WHOLE, _call, acts=True),
    "office_award_in_order": Case("AC", WHOLE, _call),
    "office_call_seats": Case("ACU", CALL, _call),
    "office_seats_change": Case("AC", WHOLE, _call),
    "office_seats_move": Case("AC", WHOLE, _call),
    "office_draw": Case("ACU", CALL, _drawn_call),
    "office_draw_freeze": Case("AC", WHOLE, _drawn_call),
    "office_draw_seed": Case("AC", WHOLE, _drawn_call),
    "office_draw_hold": Case("AC", WHOLE, _drawn_call),
    "office_applications": Case("ACU", lists=True),
    "office_applications_results": Case("ACU", lists=True),
    "office_application": Case("ACU", ROW, _application),
    "office_award": Case("AC", ROW, _application, acts=True),
    "office_go_on": Case("AC", ROW, _application, acts=True),
    "office_override": Case("AC", ROW, _application, acts=True),
    "office_undo": Case("AC", ROW, _fulfilment, acts=True),
    "office_appeals": Case("AC", lists=True),
    "office_appeals_results": Case("AC", lists=True),
    "office_appeal": Case("AC", ROW, _appeal),
    "office_awards": Case("ACU", lists=True),
    "office_awards_results": Case("ACU", lists=True),
    "office_award_page": Case("ACU", ROW, _award),
    "office_award_told": Case("AC", ROW, _award),
    "office_award_withdraw": Case("AC", ROW, _award),
    "office_award_track": Case("AC", ROW, _award),
    "office_parts": Case("ACU", lists=True),
    "office_parts_results": Case("ACU", lists=True),
    "office_enrolments": Case("ACTU", lists=True),
    "office_enrolments_results": Case("ACTU", lists=True),
    "office_enrolment": Case("ACTU", ROW, _pk(lambda world: world.here.enrolment)),
    "office_confirm": Case("ACT", ROW, _enrolment_and_module, acts=True),
    "office_recognise": Case("ACT", ROW, _enrolment_and_module, instead={"T": NEVER}),
    "office_to_confirm": Case("ACT", NEVER, _module("trainer"), instead={"T": ALWAYS}),
    "office_credentials": Case("ACU", lists=True),
    "office_credentials_results": Case("ACU", lists=True),
    "office_credential": Case("ACU", ROW, _credential),
    "office_revoke": Case("A", ROW, _credential),
    "office_externals": Case("ACU", lists=True),
    "office_externals_results": Case("ACU", lists=True),
    "office_external": Case("ACU", ROW, _external),
    "office_external_file": Case("ACU", ROW, _external),
    "office_external_decide": Case("ACT", ROW, _external, instead={"T": NEVER}),
    "office_external_add": Case("ACT", ROW, _pk(lambda world: world.here.enrolment)),
    "office_issuers": Case("AC", PROGRAMME, _programme()),
    "office_issuer_end": Case("AC", PROGRAMME, _issuer, acts=True),
    "office_netacad": Case("AC"),
    "office_netacad_enrol": Case("AC", CALL, _pair_elsewhere),
    "office_netacad_csv": Case("AC", CALL, _pair_elsewhere),
    "office_gradebook": Case("AC", CALL, _own_gradebook),
    "office_gradebook_apply": Case("AC", CALL, _own_gradebook, acts=True),
    "office_gradebook_discard": Case("AC", CALL, _own_gradebook, acts=True),
    "office_grade_row": Case("AC", CALL, _own_grade_row),
    "office_grade_row_link": Case("AC", CALL, _own_grade_row, acts=True),
    "office_suspend": Case("A", ROW, _credential),
    "office_lift": Case("A", ROW, _credential, acts=True),
    "office_reissue": Case("AC", ROW, _credential),
    "office_templates": Case("ACU"),
    "office_template": Case("ACU", PROGRAMME, _template),
    "office_template_issue": Case("AC", PROGRAMME, _template, acts=True),
    "office_runs": Case("ACU"),
    "office_run_new": Case("AC"),
    "office_run": Case("ACU", PROGRAMME, _run),
    "office_run_stop": Case("AC", PROGRAMME, _run, acts=True),
    "office_run_resume": Case("AC", PROGRAMME, _run, acts=True),
    "office_endorsements": Case("ACU"),
    "office_keys": Case("A"),
    "office_endorsing": Case("AE"),
    # Who administers speaks for no organisation.
    "office_endorse": Case("AE", NEVER, _asked, instead=SPEAKS),
    "office_endorse_document": Case("AE", NEVER, _asked, instead=SPEAKS),
    "office_endorse_file": Case("AE", NEVER, _asked, instead=SPEAKS),
    "office_endorse_refuse": Case("AE", NEVER, _asked, instead=SPEAKS),
    "office_persons": Case("ACU", lists=True),
    "office_persons_results": Case("ACU", lists=True),
    "office_person": Case("ACU", ROW, _pk(lambda world: world.here.application.person)),
    "office_import_new": Case("AC"),
    "office_import_template": Case("AC"),
    "office_import": Case("AC", row=_own_import),
    "office_import_confirm": Case("AC", row=_own_import, acts=True),
    "office_import_discard": Case("AC", row=_own_import, acts=True),
    "office_import_refused": Case("AC", row=_own_import),
    "office_duplicates": Case("AC"),
    "office_duplicates_results": Case("AC"),
    "office_duplicate": Case("AC", ROW, _pair),
    "office_duplicate_apart": Case("AC", ROW, _pair, acts=True),
    "office_merge": Case("AC", ROW, _pair_and_kept),
    "office_merge_undo": Case("AC", ROW, _merge),
    "office_other_record": Case("AC", ROW, _learner()),
    "office_entry": Case("ACT", ROW, _learner()),
    "office_entry_card": Case("ACT", ROW, _learner(), acts=True),
    "office_entry_pin": Case("ACT", ROW, _learner(), acts=True),
    "office_entry_card_end": Case("ACT", ROW, _card, acts=True),
    "office_entry_device_end": Case("ACT", ROW, _device, acts=True),
    "office_uncounted": Case("ACT"),
    "office_uncounted_decide": Case("ACT", ROW, _phone, acts=True),
    "office_guardians": Case("AC", lists=True),
    "office_guardians_results": Case("AC", lists=True),
    "office_guardian": Case("ACU", ROW, _guardianship),
    "office_guardian_refuse": Case("AC", ROW, _guardianship, acts=True),
    "office_guardian_withdraw": Case("AC", ROW, _guardianship, acts=True),
    # A region lies in the programme and not in an edition of it; so do the roles in it.
    "office_team": Case("ACU", lists=True, but_from=frozenset({"edition"})),
    "office_role_new": Case("AC"),
    "office_training": Case("ACU"),
    "office_training_new": Case("AC"),
    "office_role_withdraw": Case("AC", ROW - {"edition"}, _pk(lambda world: world.here.grant)),
    "office_courses": Case("ACTUE"),
    "office_courses_results": Case("ACTUE"),
    "office_course": Case("ACTUE", row=_pk(lambda world: world.course)),
    "office_programmes": Case("ACU"),
    "office_programme": Case("ACU", CALL, _programme()),
    "office_definition_versions": Case("ACU", CALL, _programme()),
    "office_definition_download": Case("ACU", CALL, _programme(number=1)),
    "office_definition": Case("AC", PROGRAMME, _programme()),
    "office_definition_list": Case("AC", PROGRAMME, _programme(place="track")),
    "office_definition_item": Case("AC", PROGRAMME, _programme(place="track/0")),
    "office_definition_region": Case("AC", PROGRAMME, _programme()),
    "office_definition_upload": Case("AC", PROGRAMME, _programme()),
    "office_definition_xlsform": Case("AC", PROGRAMME, _programme()),
    "office_definition_preview": Case("AC", PROGRAMME, _programme()),
    "office_definition_frame": Case("AC", PROGRAMME, _programme()),
    "office_definition_merge": Case("AC", PROGRAMME, _programme()),
    "office_definition_discard": Case("AC", PROGRAMME, _programme()),
    "office_centres": Case("ACTU"),
    "office_centres_results": Case("ACTU"),
    "office_centre_new": Case("ACT"),
    "office_centre": Case("ACTU", CENTRE, _at_centre()),
    "office_centre_change": Case("ACT", CENTRE, _at_centre()),
    "office_centre_hours": Case("ACT", CENTRE, _at_centre()),
    "office_centre_close": Case("ACT", CENTRE, _at_centre(), acts=True),
    "office_centre_reopen": Case("ACT", CENTRE, _at_centre(), acts=True),
    "office_equipment_new": Case("ACT", CENTRE, _at_centre()),
    "office_equipment_lend": Case("ACT", CENTRE, _at_centre(thing="free_thing")),
    "office_equipment_retire": Case("ACT", CENTRE, _at_centre(thing="free_thing")),
    "office_loan_return": Case("ACT", CENTRE, _at_centre(loan="loan")),
    "office_centre_members": Case("ACT", CENTRE, _at_centre()),
    "office_member_end": Case("ACT", CENTRE, _at_centre(member="member"), acts=True),
    "office_centre_hub": Case("AC", CENTRE, _at_centre()),
    "office_hub_bring": Case("AC", CENTRE, _at_centre(), acts=True),
    "office_hub_take": Case("AC", CENTRE, _at_centre(hub="hub"), acts=True),
    "office_hub_revoke": Case("AC", CENTRE, _at_centre(hub="hub"), acts=True),
    "office_hub_decide": Case("AC", CENTRE, _at_centre(hub="hub"), acts=True),
    "office_vouchers_import": Case("ACT", CENTRE, _at_centre()),
    "office_voucher_give": Case("ACT", CENTRE, _at_centre()),
    "office_voucher": Case("ACT", CENTRE, _own_voucher),
    "office_visits": Case("ACT", CENTRE, _at_centre()),
    "office_visit_back": Case("ACT", CENTRE, _at_centre(visit="visit"), acts=True),
    "office_inquiries": Case("ACU"),
    "office_inquiries_results": Case("ACU"),
    "office_inquiry": Case("ACU", CENTRE | {"edition"}, _pk(lambda world: world.inquiry)),
    "office_sessions": Case("ACTU"),
    "office_sessions_results": Case("ACTU"),
    # A session lies in its edition and in its centre, and in no region.
    "office_session": Case("ACTU", ROW | {"centre"}, _pk(lambda world: world.session)),
    "office_hours": Case("ACU"),
    "office_hours_results": Case("ACU"),
    "office_view_save": Case("ACTUE", acts=True),
    "office_view": Case("ACTUE", row=_own_view),
    "office_view_remove": Case("ACTUE", row=_own_view, acts=True),
}
EXPORTED = (
    "office_applications", "office_appeals", "office_awards", "office_enrolments", "office_credentials",
    "office_persons", "office_guardians", "office_parts", "office_externals",
)  # fmt: skip
