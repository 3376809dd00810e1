"""A programme is data: how programme.toml is read, checked, loaded and written back.

The file is composed of *sections*, top-level keys, each owned by one app. An app registers its sections in
`AppConfig.ready()`; nothing else is needed for its part to be checked, loaded and written back:

    # trenza/apps/admissions/definition.py
    class QuotaSection(Item):
        region: Code
        seats: int = Field(gt=0)

    class CallSection(Item):
        code: Code
        edition: Code
        region: tuple[Code, ...] = ()           # arrays are tuples
        seats: int | None = Field(default=None, gt=0)
        quota: tuple[QuotaSection, ...] = ()    # [[call.quota]]

    def check_calls(definition: Definition, report: Report) -> None:
        for call in definition.of(CallSection):
            report.refer(call, "edition", to="edition")     # dangling: told with its line and a close name
            for quota in call.quota:
                report.refer(quota, "region", to="region")
            if call.seats is not None and sum(quota.seats for quota in call.quota) > call.seats:
                report.problem(call, "the quotas add up to more than its seats", field="quota", hint="give fewer")

    def load_calls(definition: Definition, programme: Any, today: date) -> list[str]:
        ...                                     # make and change rows; retire, never delete; say what was retired

    def register() -> None:
        register_section(Section("call", CallSection, position=210, check=check_calls, load=load_calls))

- Models say what one section holds. They are validated strictly ("3" is no number), unknown keys are errors; derive
  them from `Item`. Errors of a validator are `raise refuse("what is wrong", hint="what to do")`. The order of the
  fields is the order in which the file is written back.
- `check` sees only items that are valid by themselves, and every section whether or not others have errors, so it must
  not assume that a thing named elsewhere exists: `definition.find("edition", code)` may be None. It asks no database.
  `report.refer` knows the codes of broken items too and does not call them dangling. Codes given twice are found
  without it.
- `load` runs within the action that loads the definition, after the sections of lower `position`, also where its
  section is absent. It must be repeatable. `today` is the day that relative days (`opens_day = -20`) count from.
- Positions: programmes 10 to 80, forms 100, admissions 200 to 290, credentials 300, impact 400 to 490.
- An app that owns no section but has something to check (that a folder exists) uses `register_checker`.

Reading never raises anything but `DefinitionErrors`, whatever the bytes. The format is docs/programme-format.md.
"""

from trenza.core.definition.definition import Definition
from trenza.core.definition.items import (
    Code,
    Country,
    Days,
    Item,
    Language,
    Line,
    RegionCode,
    Text,
    Zone,
    refuse,
)
from trenza.core.definition.problems import DefinitionErrors, Problem, render_problems
from trenza.core.definition.reading import check_directory, parse_definition, read_definition
from trenza.core.definition.report import Report
from trenza.core.definition.sections import Section, all_sections, register_checker, register_section
from trenza.core.definition.writing import write_definition

__all__ = [
    "Code",
    "Country",
    "Days",
    "Definition",
    "DefinitionErrors",
    "Item",
    "Language",
    "Line",
    "Problem",
    "RegionCode",
    "Report",
    "Section",
    "Text",
    "Zone",
    "all_sections",
    "check_directory",
    "parse_definition",
    "read_definition",
    "refuse",
    "register_checker",
    "register_section",
    "render_problems",
    "write_definition",
]
