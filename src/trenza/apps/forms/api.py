"""The door of forms."""

from trenza.apps.forms.actions.responses import keep_response, replace_answers
from trenza.apps.forms.answers import Answers, AnswersNotValid, check_answers, missing_answers
from trenza.apps.forms.applying import Answer, answers_that_apply, applying
from trenza.apps.forms.building import PREFIX, QuestionnaireForm, Section, build_form
from trenza.apps.forms.dates import DateField
from trenza.apps.forms.definition.sections import Choice, Condition, FormDefinition, Page, Question
from trenza.apps.forms.fields import Options, PhoneField, region_field
from trenza.apps.forms.models import Form, Response

__all__ = [
    "PREFIX", "Answer", "Answers", "AnswersNotValid", "Choice", "Condition", "DateField", "Form", "FormDefinition",
    "Options", "Page", "PhoneField", "Question", "QuestionnaireForm", "Response", "Section", "answers_that_apply",
    "applying", "build_form", "check_answers", "keep_response", "missing_answers", "region_field", "replace_answers",
]  # fmt: skip
