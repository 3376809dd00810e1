"""From the rows of a table to people: which column is what, and what is wrong with a row, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trenza.apps.admissions.api import MOST_WISHES
from trenza.apps.forms.api import Answer, AnswersNotValid, FormDefinition, Question, applying, check_answers
from trenza.apps.people.api import NewRow, Person, Said, perhaps_here, read_person
from trenza.apps.programmes.api import Region, Track
from trenza.portals.field.sheets import Cell, Row, Table, plain
from trenza.portals.office.cells import (
    Wrong,
    a_country,
    a_day,
    a_name,
    a_phone,
    a_sex,
    an_answer,
    an_email,
)
from trenza.portals.office.words import Words

MOST_PROBLEMS: Final = 10
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Column:
    """A column of ours: its title in the template, how else it may be called, and what it holds."""

    code: str
    title: Words
    names: tuple[str, ...]
    help: Words
    read: Callable[[Cell], str]
    required: bool = False


COLUMNS: Final = (
    Column(
        "given_name", gettext_lazy("Given name"), ("nombre", "nombres", "primer nombre", "given name", "first name"),
        gettext_lazy("Her name, as she writes it."), a_name, required=True,
    ),
    Column(
        "family_name", gettext_lazy("Family names"), ("apellidos", "apellido", "family name", "last name", "surname"),
        gettext_lazy("Both, if she has two."), a_name,
    ),
    Column(
        "email", gettext_lazy("E-mail address"), ("correo electronico", "correo", "email", "e mail", "mail"),
        gettext_lazy("With it she signs in. Each person has her own."), an_email, required=True,
    ),
    Column(
        "phone", gettext_lazy("Phone number"), ("telefono", "celular", "movil", "phone", "whatsapp"),
        gettext_lazy("Only digits, like 71234567, with +591 in front if you like."), a_phone,
    ),
    Column(
        "birth_date", gettext_lazy("Day of birth"), ("fecha de nacimiento", "nacimiento", "fecha nacimiento", "born"),
        gettext_lazy("Day, month and year, like 14/03/1991."), a_day,
    ),
    Column("sex", gettext_lazy("Sex"), ("sexo", "genero"), gettext_lazy("Mujer, hombre or otro; or empty."), a_sex),
    Column("country", gettext_lazy("Country"), ("pais",), gettext_lazy("Its name or its code, like BO."), a_country),
)  # fmt: skip
_READERS: Final = {column.code: column.read for column in COLUMNS}
WISHES: Final = (
    Column("wish_1", gettext_lazy("First wish"), ("primera opcion", "opcion 1", "wish 1"), "", str, required=True),
    Column("wish_2", gettext_lazy("Second wish"), ("segunda opcion", "opcion 2", "wish 2"), "", str),
    Column("wish_3", gettext_lazy("Third wish"), ("tercera opcion", "opcion 3", "wish 3"), "", str),
    Column("wish_4", gettext_lazy("Fourth wish"), ("cuarta opcion", "opcion 4", "wish 4"), "", str),
    Column("wish_5", gettext_lazy("Fifth wish"), ("quinta opcion", "opcion 5", "wish 5"), "", str),
)


def titles(questionnaire: FormDefinition | None, tracks: Sequence[Track] = ()) -> list[tuple[str, bool, str]]:
    """The columns of the template: title, whether it must be filled, and what it holds; `tracks` are those among which
    she wishes."""
    ours = [(str(column.title), column.required, str(column.help)) for column in COLUMNS]
    names = " / ".join(track.name for track in tracks)[:500]
    ours += [(str(column.title), column.required, names) for column in wish_columns(tracks)]
    return ours + [(question.label, question.required, _shape(question)) for question in asked(questionnaire)]


def wish_columns(tracks: Sequence[Track]) -> Sequence[Column]:
    """A column for each wish that she may have, where there are tracks to choose from."""
    return WISHES[: min(len(tracks), MOST_WISHES)]


def known_names(questionnaire: FormDefinition | None, tracks: Sequence[Track] = ()) -> dict[str, str | Question]:
    """What a column of each plain name is: the code of a column of ours, or a question."""
    found: dict[str, str | Question] = {}
    for column in (*COLUMNS, *wish_columns(tracks)):
        for name in (plain(str(column.title)), *column.names):
            found[name] = column.code
    for question in asked(questionnaire):
        for name in (plain(question.label), plain(question.code)):
            found.setdefault(name, question)
    return found


def asked(questionnaire: FormDefinition | None) -> list[Question]:
    """The questions that need columns of their own: those that fill her record are answered by ours, and
    her plan is no part of that."""
    questions = questionnaire.questions if questionnaire else ()
    return [each for each in questions if not each.fills or each.fills.startswith("plan_")]


def _shape(question: Question) -> str:
    match question.type:
        case "yes_no":
            return _("Sí or no.")
        case "choice" | "choices":
            return " / ".join(choice.label for choice in question.choices)[:500]
        case "date":
            return _("Day, month and year, like 14/03/1991.")
        case "whole_number":
            return _("A number.")
        case _:
            return question.help


def _said(details: Mapping[str, Any]) -> Said:
    born = details.get("birth_date")
    return Said(
        details.get("given_name", ""),
        details.get("family_name", ""),
        date.fromisoformat(born) if born else None,
        details.get("phone", ""),
    )


class Reader:
    """Reads the rows of one table for one viewer, into one call's questions and region, where there are any."""

    def __init__(
        self,
        table: Table,
        viewer: Person,
        questionnaire: FormDefinition | None,
        region: Region | None,
        tracks: Sequence[Track] = (),
    ) -> None:
        self.table, self.viewer, self.questionnaire, self.region = table, viewer, questionnaire, region
        self.wishes = {column.code: column for column in wish_columns(tracks)}
        self.tracks = {plain(name): track.code for track in tracks for name in (track.code, track.name)}
        names = known_names(questionnaire, tracks)
        self.columns: dict[int, str | Question] = {}
        # Columns that stand more than once: the others behind the first.
        self.again: dict[int, list[int]] = {}
        self.notes: list[str] = []
        for index, cell in enumerate(table.header.cells):
            title = cell.strip() if isinstance(cell, str) else ""
            what = names.get(plain(title))
            if what is not None and what in self.columns.values():
                first = next(place for place, known in self.columns.items() if known == what)
                self.again.setdefault(first, []).append(index)
                self.notes.append(
                    _("The column “%(name)s” stands twice; what stands in either was read.") % {"name": title[:60]}
                )
            elif what is not None:
                self.columns[index] = what
            elif title:
                self.notes.append(_("The column “%(name)s” is not used.") % {"name": title[:60]})

    def missing(self) -> list[str]:
        """Titles of columns that must be there and are not."""
        there = set(self.columns.values()) - set(asked(self.questionnaire))
        ours = (*COLUMNS, *self.wishes.values())
        return [str(column.title) for column in ours if column.required and column.code not in there]

    def rows(self) -> list[NewRow]:
        """Every row, with its problems in words. A query for every 500 addresses."""
        read = [self._row(row) for row in self.table.rows]
        addresses = [details["email"] for _number, details, _problems in read if details.get("email")]
        registered: set[str | None] = set()
        for start in range(0, len(addresses), _AT_ONCE):
            hers = read_person.which(self.viewer).filter(accounts__email__in=addresses[start : start + _AT_ONCE])
            registered.update(hers.values_list("accounts__email", flat=True))
        first: dict[str, int] = {}
        rows = []
        for number, details, problems in read:
            email = details.get("email", "")
            if email and first.setdefault(email, number) != number:
                problems.append(_("The same e-mail address stands in row %(number)s.") % {"number": first[email]})
            rows.append(NewRow(number, details, problems[:MOST_PROBLEMS], email in registered))
        self.notes += self._perhaps_here(rows)
        return rows

    def _perhaps_here(self, rows: Sequence[NewRow]) -> list[str]:
        """Who of a list may be here already under another address. It is said, and blocks nothing."""
        new = [row for row in rows if not row.problems and not row.registered]
        found = perhaps_here([_said(row.details) for row in new], among=read_person.which(self.viewer))
        notes = [
            _("Row %(number)s: perhaps %(name)s is here already. Look before you bring her in.")
            % {"number": new[place].number, "name": hers[0].name}
            for place, hers in sorted(found.items())
        ]
        left = len(notes) - MOST_PROBLEMS
        if left > 0:
            more = ngettext(
                "%(n)s more row may be of somebody who is here.", "%(n)s more rows may be of people who are here.", left
            )
            notes[MOST_PROBLEMS:] = [more % {"n": left}]
        return notes

    def _row(self, row: Row) -> tuple[int, dict[str, Any], list[str]]:
        details: dict[str, Any] = {}
        problems: list[str] = []
        answers: dict[str, Answer] = {}
        wishes: dict[str, str] = {}
        for first, what in self.columns.items():
            index, cell = self._cell(row, first, problems)
            try:
                if isinstance(what, Question):
                    answer = an_answer(what, cell)
                    if answer is not None:
                        answers[what.code] = answer
                elif value := self._value(what, cell):
                    (wishes if what in self.wishes else details)[what] = value
            except Wrong as wrong:
                problems.append(
                    _("Cell %(place)s: %(problem)s") % {"place": self.table.place(row.number, index), "problem": wrong}
                )
        problems = problems or self._empty(details | wishes)
        if self.wishes:
            details["wishes"] = [wishes[code] for code in sorted(wishes)]
        if "country" not in details and self.region:
            details["country"] = self.region.country
        if self.questionnaire:
            details["answers"] = answers | self._filled(details)
            if not problems:
                problems += self._unanswered(details["answers"])
        return row.number, details, problems

    def _value(self, column: str, cell: Cell) -> str:
        """What a cell of a column of ours says; of a wish, the code of the track. Raises Wrong."""
        if column not in self.wishes:
            return _READERS[column](cell)
        text = str(cell).strip() if cell is not None else ""
        if text and plain(text) not in self.tracks:
            raise Wrong(_("there is no track of this name to choose"))
        return self.tracks[plain(text)] if text else ""

    def _empty(self, said: Mapping[str, Any]) -> list[str]:
        """Columns that are needed and say nothing; and a wish that stands twice."""
        ours = (*COLUMNS, *self.wishes.values())
        empty = [column.title for column in ours if column.required and column.code not in said]
        problems = [_("“%(column)s” is empty.") % {"column": title} for title in empty]
        wishes = [said[code] for code in self.wishes if code in said]
        return problems + ([_("The same track is wished for twice.")] if len(set(wishes)) < len(wishes) else [])

    def _cell(self, row: Row, first: int, problems: list[str]) -> tuple[int, Cell]:
        """Which cell of a row a column is read from, and what it holds: of columns that stand twice, the first that is
        not empty. Where another says something else, that is a problem."""
        cells = [(index, row.cells[index]) for index in (first, *self.again.get(first, ())) if index < len(row.cells)]
        written = [(index, cell) for index, cell in cells if cell is not None and str(cell).strip()]
        if not written:
            return first, None
        index, cell = written[0]
        for other, differs in written[1:]:
            if str(differs).strip() != str(cell).strip():
                problems.append(
                    _("Cell %(place)s: the column stands twice, and says something else in cell %(other)s. Keep one.")
                    % {"place": self.table.place(row.number, index), "other": self.table.place(row.number, other)}
                )
        return index, cell

    def _filled(self, details: Mapping[str, Any]) -> dict[str, Answer]:
        """Answers to the questions that fill her record, from what her row says."""
        known = {**details, "region": self.region.code if self.region else ""}
        assert self.questionnaire is not None
        return {
            question.code: known[question.fills]
            for question in self.questionnaire.questions
            if question.fills and known.get(question.fills)
        }

    def _unanswered(self, answers: Mapping[str, Answer]) -> list[str]:
        assert self.questionnaire is not None
        missing = [each for each in applying(self.questionnaire, answers) if each.required and each.code not in answers]
        if missing:
            return [_("“%(column)s” is empty.") % {"column": each.label} for each in missing]
        try:
            check_answers(self.questionnaire, answers)
        except AnswersNotValid as error:
            return [
                _("The answer to “%(column)s” does not fit.") % {"column": each.label}
                for each in self.questionnaire.questions
                if each.code in error.questions
            ]
        return []
