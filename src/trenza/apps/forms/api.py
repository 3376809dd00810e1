"""The door of forms."""

from trenza.apps.forms.actions.drafts import TooLong, discard_draft, keep_draft, sweep_drafts
from trenza.apps.forms.actions.responses import keep_response, replace_answers
from trenza.apps.forms.answers import Answers, AnswersNotValid, check_answers, missing_answers
from trenza.apps.forms.applying import Answer, answers_that_apply, applying
from trenza.apps.forms.building import PREFIX, QuestionnaireForm, Section, build_form
from trenza.apps.forms.codes import code_for, normal_code, written
from trenza.apps.forms.conditions import only_if
from trenza.apps.forms.dates import DateField
from trenza.apps.forms.definition.sections import Choice, Condition, FormDefinition, Page, Question
from trenza.apps.forms.fields import Options, PhoneField, region_field
from trenza.apps.forms.models import Draft, Form, Response
from trenza.apps.forms.queries import draft_of
from trenza.apps.forms.xlsform import SHEETS, Sheets, Told, Untaken, form_of, in_place_of, validated

__all__ = [
    "PREFIX", "SHEETS", "Answer", "Answers", "AnswersNotValid", "Choice", "Condition", "DateField", "Draft", "Form",
    "FormDefinition", "Options", "Page", "PhoneField", "Question", "QuestionnaireForm", "Response", "Section",
    "Sheets", "Told", "TooLong", "Untaken", "answers_that_apply", "applying", "build_form", "check_answers", "code_for",
    "discard_draft", "draft_of", "form_of", "in_place_of", "keep_draft", "keep_response", "missing_answers",
    "normal_code", "only_if", "region_field", "replace_answers", "sweep_drafts", "validated", "written",
]  # fmt: skip
