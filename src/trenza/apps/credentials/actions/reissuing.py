"""Issuing anew what said something wrong: her name, or the words of a template."""

from trenza.apps.credentials.actions.disclosing import carry_over
from trenza.apps.credentials.certificate import missing_letters, normalise
from trenza.apps.credentials.codes import LENGTH
from trenza.apps.credentials.errors import HoldsNoMore, NameNotPrintable
from trenza.apps.credentials.events import CredentialReissued
from trenza.apps.credentials.models import Credential
from trenza.apps.people.api import Person
from trenza.core import clock
from trenza.core.ids import new_secret_code
from trenza.core.journal import action, record


@action
def reissue_credential(
    *, credential: Credential, reason: Credential.ReissueReason, by: Person | None, name: str | None = None
) -> Credential:
    """Put another in its place, with her `name` (by default the one that it bears) and the words that its template
    has now, in her language where there are such. It bears the same day, for what she achieved is the same, and a code
    of its own; the old one's page leads to nobody's name any more.

    Whoever calls it has asked the rule: she for her own name, the team for a fault of a template.

    Raises:
        HoldsNoMore: it was revoked or superseded before; nothing was changed.
        NameNotPrintable: a letter of the name is in no font.
    """
    held = (
        Credential.objects.select_for_update(of=("self",))
        .select_related("template", "enrolment", "person")
        .get(pk=credential.pk)
    )
    if not held.is_valid or not held.name:
        raise HoldsNoMore
    named = normalise(" ".join((name or held.name).split()))
    if letters := missing_letters(named):
        raise NameNotPrintable(letters)
    held.superseded_at, held.superseded_reason = clock.now(), reason
    held.save(update_fields=["superseded_at", "superseded_reason"])
    new = Credential.objects.create(
        enrolment=held.enrolment, person_id=held.person_id, template=held.template,
        wording_id=held.template.wording_in(held.person.language), code=new_secret_code(LENGTH), name=named,
        issued_at=held.issued_at, issued_on=held.issued_on, valid_until=held.valid_until,
        suspended_at=held.suspended_at, suspended_by_id=held.suspended_by_id, suspended_reason=held.suspended_reason,
        supersedes=held,
    )  # fmt: skip
    carry_over(held, new)
    record(
        CredentialReissued(credential=new.pk, superseded=held.pk, reason=reason),
        by=by.pk if by else None, about=held.person_id, edition=held.enrolment.edition_id,
    )  # fmt: skip
    return new
