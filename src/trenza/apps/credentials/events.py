"""What credentials records. The code of a certificate is in no entry: who knows it may see whose it is."""

from uuid import UUID

from trenza.core.journal import Code, Decision, kind


@kind("credentials.credential_issued.v1")
class CredentialIssued(Decision, frozen=True):
    """A credential was issued for a completed enrolment."""

    credential: UUID
    enrolment: UUID
    template: UUID


@kind("credentials.credential_revoked.v1")
class CredentialRevoked(Decision, frozen=True):
    """A credential no longer holds. Who and why stay in its row."""

    credential: UUID


@kind("credentials.credential_reissued.v1")
class CredentialReissued(Decision, frozen=True):
    """A credential said something wrong: `credential` stands in the place of `superseded`, which holds no more."""

    credential: UUID
    superseded: UUID
    reason: Code


@kind("credentials.disclosure_changed.v1")
class DisclosureChanged(Decision, frozen=True):
    """She chose otherwise what others see of a credential. What she chose stays in its row."""

    credential: UUID


@kind("credentials.public_page_changed.v1")
class PublicPageChanged(Decision, frozen=True):
    """She opened her public page, or closed it."""

    opened: bool


@kind("credentials.issuing_continued.v1")
class IssuingContinued(Decision, frozen=True):
    """Credentials for what was completed before their template came are still missing: a next portion follows."""

    programme: UUID


@kind("credentials.external_added.v1")
class ExternalAdded(Decision, frozen=True):
    """A certificate of a course elsewhere was handed in. It waits, or what follows says that it was verified."""

    external: UUID
    enrolment: UUID
    module: UUID


@kind("credentials.external_verified.v1")
class ExternalVerified(Decision, frozen=True):
    """Its signature was enough: an issuer that is trusted here states this very course of this very person."""

    external: UUID
    enrolment: UUID
    module: UUID


@kind("credentials.external_confirmed.v1")
class ExternalConfirmed(Decision, frozen=True):
    """Somebody looked at it and said that it counts. Why stays in its row."""

    external: UUID
    enrolment: UUID
    module: UUID


@kind("credentials.external_refused.v1")
class ExternalRefused(Decision, frozen=True):
    """Somebody looked at it and said that it does not count. Why stays in its row, for her."""

    external: UUID
    enrolment: UUID
    module: UUID


@kind("credentials.issuer_trusted.v1")
class IssuerTrusted(Decision, frozen=True):
    """From now on a programme believes what an issuer outside signs; `issuer` is its row."""

    programme: UUID
    issuer: UUID


@kind("credentials.issuer_trust_ended.v1")
class IssuerTrustEnded(Decision, frozen=True):
    """A programme no longer believes what an issuer outside signs."""

    programme: UUID
    issuer: UUID


@kind("credentials.gradebook_confirmed.v1")
class GradebookConfirmed(Decision, frozen=True):
    """The rows of a gradebook that complete something are applied from now on."""

    gradebook: UUID
    programme: UUID
    rows: int


@kind("credentials.gradebook_continued.v1")
class GradebookContinued(Decision, frozen=True):
    """A portion of a gradebook was applied; the next follows."""

    gradebook: UUID
    programme: UUID


@kind("credentials.grade_row_linked.v1")
class GradeRowLinked(Decision, frozen=True):
    """Somebody said whose row of a gradebook it is."""

    row: UUID
    enrolment: UUID
    module: UUID


@kind("credentials.grade_row_dismissed.v1")
class GradeRowDismissed(Decision, frozen=True):
    """Somebody said that a row of a gradebook is nobody's here. Why stays in its row."""

    row: UUID
    programme: UUID


@kind("credentials.credential_suspended.v1")
class CredentialSuspended(Decision, frozen=True):
    """Nobody should rely on a credential until somebody has looked at it."""

    credential: UUID
    reason: Code


@kind("credentials.suspension_lifted.v1")
class SuspensionLifted(Decision, frozen=True):
    """A credential that was suspended holds again."""

    credential: UUID


@kind("credentials.endorsement_given.v1")
class EndorsementGiven(Decision, frozen=True):
    """An organisation stands behind these words in the edition of the entry. Without `here` it signed
    elsewhere, and its file was taken in."""

    programme: UUID
    wording: UUID
    organisation: UUID
    here: bool


@kind("credentials.endorsement_refused.v1")
class EndorsementRefused(Decision, frozen=True):
    """An organisation does not stand behind these words in the edition of the entry. Why stays in its row."""

    programme: UUID
    wording: UUID
    organisation: UUID


@kind("credentials.issuing_started.v1")
class IssuingStarted(Decision, frozen=True):
    """Somebody has credentials issued to many: what is missing, or anew what bears words of before."""

    programme: UUID
    run: UUID
    turn: int


@kind("credentials.issuing_stopped.v1")
class IssuingStopped(Decision, frozen=True):
    """Somebody stopped it; what was issued stays."""

    programme: UUID
    run: UUID


@kind("credentials.issuing_resumed.v1")
class IssuingResumed(Decision, frozen=True):
    """It goes on where it was stopped, or where its worker failed."""

    programme: UUID
    run: UUID
    turn: int


@kind("credentials.issuing_portion_done.v1")
class IssuingPortionDone(Decision, frozen=True):
    """A portion of it is issued and signed; a next one follows."""

    programme: UUID
    run: UUID
    turn: int
