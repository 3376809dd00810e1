"""A programme is data: how programme.toml is read, checked, loaded and written back.

The file is composed of *sections*, top-level keys, each owned by one app. An app registers its sections in
`AppConfig.ready()`; nothing else is needed for its part to be checked, loaded and written back:

    # trenza/apps/admissions/definition.py
    from trenza.core.definition import say as _

    class QuotaSection(Item):
        identity = ("region",)                  # what tells one from another, where it has no code
        region: Annotated[Code, Refers("region")] = Field(title=_("Region"), description=_("Where they are."))
        seats: int = Field(gt=0, title=_("Seats"), description=_("How many."))

    class CallSection(Item):
        code: Code                              # titles and descriptions left out here
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
                report.problem(call, _("the quotas add up to more than its seats"), field="quota", hint=_("give fewer"))

    def load_calls(definition: Definition, programme: Any, today: date) -> list[str]:
        ...                                     # make and change rows; retire, never delete; say what was retired

    def register() -> None:
        register_section(Section("call", CallSection, position=210, check=check_calls, load=load_calls))

- Models say what one section holds. They are validated strictly ("3" is no number), unknown keys are errors; derive
  them from `Item`. Errors of a validator are `raise refuse(_("what is wrong"), hint=_("what to do"))`. The order of
  the fields is the order in which the file is written back.
- What is said is English with its parts named, `_('no "%(code)s"', code=code)`: the command line shows it so, the
  office in the reader's language (`in_words`).
- `check` sees only items that are valid by themselves, and every section whether or not others have errors, so it must
  not assume that a thing named elsewhere exists: `definition.find("edition", code)` may be None. It asks no database.
  `report.refer` knows the codes of broken items too and does not call them dangling. Codes given twice are found
  without it.
- `load` runs within the action that loads the definition, after the sections of lower `position`, also where its
  section is absent. It must be repeatable. `today` is the day that relative days (`opens_day = -20`) count from.
- Positions: programmes 10 to 80, forms 100, sessions 150, admissions 200 to 290, accompaniment 295,
  credentials 300, impact 400 to 490.
- An app that owns no section but has something to check (that a folder exists) uses `register_checker`.

Reading never raises anything but `DefinitionErrors`, whatever the bytes. The format is docs/programme-format.md.
"""

from trenza.core.definition.comparing import Change, FieldChange, changes_between, lists_of, name_of_item
from trenza.core.definition.definition import Definition
from trenza.core.definition.items import (
    Code,
    Country,
    Days,
    Item,
    Language,
    Line,
    Refers,
    RegionCode,
    Text,
    Zone,
    is_plausible,
    keys_of,
    models_in,
    reference_of,
    refuse,
)
from trenza.core.definition.merging import Conflict, merge
from trenza.core.definition.problems import DefinitionErrors, Problem, listed, render_in_words, render_problems
from trenza.core.definition.reading import check_directory, examine_definition, parse_definition, read_definition
from trenza.core.definition.report import Report
from trenza.core.definition.schema import definition_schema
from trenza.core.definition.sections import Section, all_sections, register_checker, register_section
from trenza.core.definition.toml import MAX_BYTES, Place
from trenza.core.definition.words import Key, Said, in_words, say
from trenza.core.definition.writing import write_data, write_definition

__all__ = [
    "MAX_BYTES",
    "Change",
    "Code",
    "Conflict",
    "Country",
    "Days",
    "Definition",
    "DefinitionErrors",
    "FieldChange",
    "Item",
    "Key",
    "Language",
    "Line",
    "Place",
    "Problem",
    "Refers",
    "RegionCode",
    "Report",
    "Said",
    "Section",
    "Text",
    "Zone",
    "all_sections",
    "changes_between",
    "check_directory",
    "definition_schema",
    "examine_definition",
    "in_words",
    "is_plausible",
    "keys_of",
    "listed",
    "lists_of",
    "merge",
    "models_in",
    "name_of_item",
    "parse_definition",
    "read_definition",
    "reference_of",
    "refuse",
    "register_checker",
    "register_section",
    "render_in_words",
    "render_problems",
    "say",
    "write_data",
    "write_definition",
]
