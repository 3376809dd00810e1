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


@kind("credentials.issuing_continued.v1")
class IssuingContinued(Decision, frozen=True):
    """Credentials for what was completed before their template came are still missing: a next portion follows."""

    programme: UUID
