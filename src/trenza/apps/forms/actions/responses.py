"""Keep what a person answered."""

from uuid import UUID

from trenza.apps.forms.answers import Answers, check_answers
from trenza.apps.forms.applying import answers_that_apply
from trenza.apps.forms.models import Form, Response
from trenza.core import clock
from trenza.core.bulk import insert
from trenza.core.journal import action


@action
def keep_response(*, form: Form, person: UUID, answers: Answers) -> Response:
    """Keep the answers of `person`; the caller's own entry says what they were given for. What she answered to
    questions that are not asked of her (skip logic) is dropped.

    Raises:
        AnswersNotValid: answers that the questionnaire does not ask for.
    """
    questionnaire = form.questionnaire
    check_answers(questionnaire, answers)
    kept = answers_that_apply(questionnaire, answers)
    response = Response(form=form, person=person, answers=kept, submitted_at=clock.now())
    insert(response)
    return response


@action
def replace_answers(*, response: Response, answers: Answers) -> Response:
    """Put new answers in place of the old ones, which are not kept: she corrected them.

    Raises:
        AnswersNotValid: answers that the questionnaire does not ask for.
    """
    check_answers(response.form.questionnaire, answers)
    kept = answers_that_apply(response.form.questionnaire, answers)
    response.answers, response.submitted_at = kept, clock.now()
    response.save(update_fields=["answers", "submitted_at"])
    return response
