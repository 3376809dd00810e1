import pytest

from trenza.core.journal import Code, Decision, kind


@pytest.mark.parametrize("annotation", [str, str | None, list[str], dict[str, int], bytes, object])
def test_kind_refuses_fields_that_could_hold_a_persons_words(annotation):
    with pytest.raises(TypeError, match="personal"):
        kind("toys.refused.v1")(type("Refused", (Decision,), {"__annotations__": {"words": annotation}}))


@pytest.mark.parametrize("name", ["toys", "toys.seen", "toys.Seen.v1", "toys.seen.v0", "toys.seen.v1.v2"])
def test_kind_names_are_app_past_tense_version(name):
    with pytest.raises(ValueError, match="past_tense"):
        kind(name)(type("Misnamed", (Decision,), {"__annotations__": {"code": Code}}))
