"""Mutants follow the code: each changes what stands once in the module that it names."""

import pytest

from tools.mutants import MODULES, MUTANTS, REPOSITORY, Mutant, main, mutated


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_changes_what_stands_in_its_module(mutant: Mutant):
    source = (REPOSITORY / "src" / MODULES / mutant.module).read_text(encoding="utf-8")

    assert mutated(mutant, source) != source
    assert [(REPOSITORY / "tests" / "phone" / name).is_file() for name in mutant.files] == [True] * len(mutant.files)


def test_mutant_that_does_not_fit_says_so():
    with pytest.raises(ValueError, match="forget-early"):
        mutated(MUTANTS[0], "something else")


def test_mutant_of_no_name_is_answered_with_the_names(capsys):
    assert main(["nothing"]) == 2
    assert "forget-early" in capsys.readouterr().err
