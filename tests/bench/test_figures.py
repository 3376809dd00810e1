"""Every figure has a target, and every target a measure."""

import tomllib

import pytest

from bench.__main__ import TARGETS, _compare
from bench.figure import Measured
from bench.one import find


def test_targets_name_the_figures_that_can_be_measured():
    names = [each["name"] for each in tomllib.loads(TARGETS.read_text())["figure"]]

    assert len(names) == len(set(names))
    assert all(callable(find(name)) for name in names)


def test_measured_is_a_ratio_to_its_limit():
    assert (Measured(3.0, "s", 4.0).ratio, Measured(3.0, "s").ratio) == (0.75, None)


@pytest.mark.parametrize(
    ("result", "target", "reached"),
    [
        ({"unit": "ratio", "value": 900.0, "ratio": 0.3}, {"at_least": 0.3}, True),
        ({"unit": "ratio", "value": 900.0, "ratio": 0.29}, {"at_least": 0.3}, False),
        ({"unit": "s", "value": 10.0, "ratio": 0.1}, {"at_most": 10}, True),
        ({"unit": "s", "value": 10.1, "ratio": 0.1}, {"at_most": 10}, False),
    ],
)
def test_compare_takes_the_ratio_or_the_value(result, target, reached):
    assert _compare({"name": "some", **result}, target) is reached
