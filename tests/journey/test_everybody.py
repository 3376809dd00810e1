"""What holds for whoever looks in: a stranger who reads English, the numbers that tell of nobody, a whole journal."""

import pytest

from tests.shared import shared_data

PROGRAMMES = ["iyf-conectadas", "mujeres-online", "tigo-conectadas"]


def test_a_visitor_switches_to_english_and_stays_there(visit):
    with visit() as visitor:
        visitor.open("/")
        visitor.press("English")
        assert visitor.title == "Learn to use the internet for what you want to do"
        visitor.follow("See it and start")
        visitor.follow("Sign me up")
        assert visitor.title == "Who are you?"


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_public_results_show_no_number_of_less_than_ten_people(visit, programme):
    with visit() as stranger:
        stranger.open(f"/programas/{programme}/")
        stranger.follow("Lo que ha logrado el programa")
        cells = stranger.page.locator("td.n").all_text_contents()

    shown = [int(cell.replace(" ", "").replace(" ", "")) for cell in cells if cell != "no se muestra"]
    assert "no se muestra" in cells
    assert [number for number in shown if 0 < number < 10] == []


def test_real_course_is_offered_where_its_folder_is(visit):
    shared_data()
    with visit() as stranger:
        stranger.open("/cursos/hola-mundo-es/")
        assert stranger.page.locator("ol.list > li").count() == 8


def test_the_journal_is_whole_after_it_all(demo):
    assert demo.check_journal().startswith("The journal is whole")
