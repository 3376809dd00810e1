import pytest

from tests.core.definition.examples import GOOD, changed, line_of, problems, read
from trenza.apps.credentials.models import CredentialTemplate, Wording
from trenza.apps.programmes.api import load_definition
from trenza.core.definition import write_definition

SOURCE = (
    changed(
        (
            "[[region]]",
            '[[organisation]]\ncode = "academia"\nname = "Academia Norte"\nroles = ["endorser"]\n\n[[region]]',
        )
    )
    + """
[[credential]]
code = "certificado"
track = "basico"
title = "Primeros pasos"
text = "Aprendió lo básico."
hours = 40
endorsers = ["academia"]
skills = ["Cuidar sus claves"]
"""
)


_ONE = "it is given for a track, a workshop, a level or a role, and names %s of these; name one"
_NO_TRACK = (
    'no track leads there; for a level, give a track this level; for a role, make a branch for "trainers" or "mentors"'
)


def replaced(*replacements: tuple[str, str]) -> str:
    return changed(*replacements, source=SOURCE)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('track = "basico"', 'track = "bascio"', 'the track "bascio" is not in [[track]]; did you mean "basico"?'),
        ('["academia"]', '["acadmia"]',
         'the organisation "acadmia" is not in [[organisation]]; did you mean "academia"?'),
        ('["academia"]', '["casa"]', 'the organisation "casa" does not endorse; add "endorser" to the roles of "casa"'),
        ('["academia"]', '["academia", "academia"]', '"academia" endorses twice; name it once'),
        ('"Cuidar sus claves"', '"Café ☕"', "the letters ☕ are in no font of the certificate; write it without them"),
    ],
)  # fmt: skip
def test_credential_that_does_not_agree_is_told_with_its_line(old, new, said):
    head, tail = SOURCE.split("[[credential]]")
    source = head + "[[credential]]" + changed((old, new), source=tail)

    assert problems(source) == [f'{line_of(source, new)}: credential "certificado": {said}']


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", _ONE % 0),
        ('track = "basico"\nlevel = "basic"', _ONE % 2),
        ('track = "basico"\nmodule = "tres"', 'the module "tres" is not in the track "basico"; use dos or uno'),
        ('role = "mentor"', _NO_TRACK),
        ('level = "advanced"', _NO_TRACK),
        ('role = "trainer"\nmodule = "uno"', "it names a module and no track; name the track that has the module"),
        ('workshop = "taller"',
         'the workshop "taller" is not in [[workshop]]; there is none in [[workshop]] yet'),
    ],
)  # fmt: skip
def test_what_it_is_given_for_is_told_where_it_is_not_one_thing_that_stands(given, said):
    head, tail = SOURCE.split("[[credential]]")
    found = problems(head + "[[credential]]" + tail.replace('track = "basico"', given))

    assert len(found) == 1 or given.startswith("role")
    assert any(each.split(': credential "certificado": ')[1] == said for each in found), found


def test_programme_in_a_language_without_words_for_certificates_is_told():
    source = replaced(('languages = ["es"]', 'languages = ["quc"]'))

    said = (
        'credential "certificado": certificates are written in en, es, and the programme speaks none of these; '
        "add the words of its language to credentials/certificate/labels.py"
    )
    assert problems(source) == [f"{line_of(source, '[[credential]]')}: {said}"]


def test_credential_is_written_back():
    assert write_definition(read(write_definition(read(SOURCE)))) == write_definition(read(SOURCE))


@pytest.mark.django_db
def test_loading_makes_the_template_with_who_organises_and_who_endorses():
    load_definition(definition=read(SOURCE))
    load_definition(definition=read(SOURCE))

    template = CredentialTemplate.objects.get()
    assert template.track is not None
    assert (template.code, template.track.code, template.retired_at) == ("certificado", "basico", None)
    assert template.wording.organisations == [
        {"name": "La Casa", "roles": ["organiser"]},
        {"name": "Academia Norte", "roles": ["endorser"]},
    ]
    assert (template.wording.hours, template.wording.skills) == (40, ["Cuidar sus claves"])
    assert Wording.objects.count() == 1


@pytest.mark.django_db
def test_other_words_make_another_wording_and_leave_the_old_one_as_it_was():
    load_definition(definition=read(SOURCE))
    before = CredentialTemplate.objects.get().wording

    load_definition(definition=read(replaced(('name = "Academia Norte"', 'name = "Academia Sur"'))))

    after = CredentialTemplate.objects.get().wording
    assert before.those_who("endorser") == Wording.objects.get(pk=before.pk).those_who("endorser") == ["Academia Norte"]
    assert after.those_who("endorser") == ["Academia Sur"]
    load_definition(definition=read(SOURCE))
    assert CredentialTemplate.objects.get().wording == before


@pytest.mark.django_db
def test_credential_that_is_left_out_is_retired_and_comes_back():
    programme = load_definition(definition=read(SOURCE))
    load_definition(definition=read(GOOD))

    assert CredentialTemplate.objects.get().retired_at is not None
    note = 'The credential "certificado" is no longer in the definition: it was retired, those that were issued hold.'
    assert note in programme.versions.latest("number").notes

    load_definition(definition=read(SOURCE))
    assert CredentialTemplate.objects.get().retired_at is None
