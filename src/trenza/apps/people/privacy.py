"""What is kept about a person: ours, for her; and other people's tables, field by field (ours are classified in their
models).

A table that is installed and stands in neither list fails tests/architecture/test_privacy.py. Tables of the office
are listed although a hub does not install them.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q

from trenza.apps.people import merging
from trenza.apps.people.models import (
    Account,
    BlankCard,
    Card,
    Consent,
    DuplicatePair,
    Guardianship,
    HouseholdMember,
    Merge,
    Person,
    PersonDevice,
    Pin,
    RoleGrant,
    SavedView,
)
from trenza.apps.sync import api as sync
from trenza.core.journal import action
from trenza.core.privacy import PERSONAL, SENSITIVE, Privacy, register_keeper


def export(person: UUID) -> dict[str, Any]:
    """Who we think she is, how she signs in, what she agreed to and what she may do."""
    named = ("given_name", "family_name", "certificate_name", "birth_date", "sex", "country", "language")
    consents = Consent.objects.filter(person=person).order_by("given_at")
    guardianships = Guardianship.objects.filter(person=person).prefetch_related("steps").order_by("id")
    roles = RoleGrant.objects.filter(person=person).order_by("granted_at")
    views = SavedView.objects.filter(person=person).order_by("created_at")
    given = BlankCard.objects.filter(person=person).order_by("given_at")
    cards = Card.objects.filter(person=person).order_by("made_at")
    merges = Merge.objects.filter(kept=person).order_by("at")
    devices = PersonDevice.objects.filter(person=person).order_by("made_at")
    return {
        "person": Person.objects.filter(pk=person).values(*named, "registered_at").first(),
        "accounts": list(Account.objects.filter(person=person).values("email", "phone", "created_at")),
        "consents": list(consents.values("text", "version", "given_at", "withdrawn_at")),
        "guardians": [_guardian(each) for each in guardianships],
        "roles": list(roles.values("role", "scope_kind", "granted_at", "withdrawn_at")),
        "saved_views": list(views.values("list", "name", "query", "created_at", "shared_at")),
        "pin": Pin.objects.filter(person=person).values("set_at").first(),
        "cards": list(cards.values("made_at", "expires_on", "used_on", "revoked_at")),
        "printed_cards": list(given.values("given_at", "claimed_at", "expires_on", "revoked_at")),
        "family": list(HouseholdMember.objects.filter(person=person).values("joined_at", "left_at")),
        "merged_records": list(merges.values("reason", "at", "undone_at")),
        "devices": list(devices.values("made_at", "seen_on", "pending", "revoked_at")),
    }


@action
def erase(*, person: UUID) -> None:
    """Remove who her guardians and her family are, her PIN, her cards, and her profiles on phones. Her own name and
    accounts go when she is erased everywhere at once, which is not built yet."""
    sync.forget(list(PersonDevice.objects.filter(person=person).values_list("device", flat=True)))
    DuplicatePair.objects.filter(Q(first=person) | Q(second=person)).delete()
    for kept in (Guardianship, HouseholdMember, Pin, Card, BlankCard, PersonDevice):
        kept._default_manager.filter(person=person).delete()


def register() -> None:
    """Register with core."""
    register_keeper(
        "people",
        export=export,
        erase=lambda person: erase(person=person),
        merge=merging.merge,
        forbid=merging.forbid,
    )


def _guardian(guardianship: Guardianship) -> dict[str, Any]:
    told = ("name", "relation", "email", "phone", "state", "expires_on")
    return {name: getattr(guardianship, name) for name in told} | {
        "steps": [{"state": each.state, "how": each.check_made, "at": each.at} for each in guardianship.steps.all()]
    }


class Kept(NamedTuple):
    """A field of somebody else's model: how it is classified, and what it keeps."""

    privacy: Privacy
    sentence: str


_WHO = Kept(PERSONAL, "Which account of the team did it; the row names the account, not the person.")

THIRD_PARTY: Mapping[str, Kept] = {
    # Django
    "sessions.Session.session_data": Kept(
        SENSITIVE, "Who is signed in; while she signs in, her address and code. `clearsessions` removes what has ended."
    ),
    # allauth: its tables stay empty, because addresses live in people.Account and codes confirm them.
    "account.EmailAddress.user": Kept(PERSONAL, "Stays empty: whose the address is."),
    "account.EmailAddress.email": Kept(PERSONAL, "Stays empty: an address."),
    "account.EmailConfirmation.email_address": Kept(PERSONAL, "Stays empty: the address to confirm."),
    "account.EmailConfirmation.key": Kept(SENSITIVE, "Stays empty: a secret that confirms an address."),
    # Wagtail: its pages, users and uploads are closed (portals/office), so these stay empty until something is opened.
    "wagtailusers.UserProfile.user": _WHO,
    "wagtailusers.UserProfile.avatar": Kept(PERSONAL, "A picture of herself, if she put one."),
    "wagtailusers.UserProfile.preferred_language": Kept(PERSONAL, "The language of the office for her."),
    "wagtailusers.UserProfile.current_time_zone": Kept(PERSONAL, "Her time zone in the office."),
    "wagtailcore.ModelLogEntry.user": _WHO,
    "wagtailcore.ModelLogEntry.label": Kept(SENSITIVE, "The text of the row changed: so ours shows an id, not a name."),
    "wagtailcore.ModelLogEntry.data": Kept(SENSITIVE, "What was changed, in the words of Wagtail's views."),
    "wagtailcore.PageLogEntry.user": _WHO,
    "wagtailcore.PageLogEntry.label": Kept(PERSONAL, "The title of the page changed."),
    "wagtailcore.PageLogEntry.data": Kept(PERSONAL, "What was changed."),
    "wagtailcore.Revision.user": _WHO,
    "wagtailcore.Revision.content": Kept(SENSITIVE, "A whole earlier row; no model about persons keeps revisions."),
    "wagtailcore.Revision.object_str": Kept(PERSONAL, "The text of the row."),
    "wagtailcore.Page.owner": _WHO,
    "wagtailcore.Page.locked_by": _WHO,
    "wagtailcore.Comment.user": _WHO,
    "wagtailcore.Comment.text": Kept(PERSONAL, "What she wrote about a page."),
    "wagtailcore.Comment.resolved_by": _WHO,
    "wagtailcore.CommentReply.user": _WHO,
    "wagtailcore.CommentReply.text": Kept(PERSONAL, "What she answered."),
    "wagtailcore.PageSubscription.user": _WHO,
    "wagtailcore.APIToken.user": _WHO,
    "wagtailcore.APIToken.key_hash": Kept(SENSITIVE, "Checks a token that acts for her; none is given out."),
    "wagtailcore.UploadedFile.uploaded_by_user": _WHO,
    "wagtailcore.WorkflowState.requested_by": _WHO,
    "wagtailcore.TaskState.finished_by": _WHO,
    "wagtailcore.TaskState.comment": Kept(PERSONAL, "What she wrote when she approved or refused."),
    "wagtailadmin.EditingSession.user": _WHO,
    "wagtailadmin.FormState.user": _WHO,
    "wagtailadmin.FormState.data": Kept(SENSITIVE, "A form as she left it, for an hour or so."),
    "wagtailimages.Image.uploaded_by_user": _WHO,
    "wagtaildocs.Document.uploaded_by_user": _WHO,
    "wagtailforms.FormSubmission.form_data": Kept(SENSITIVE, "Stays empty: answers are kept by our forms app."),
    # Wagtail's search reads what it is told to; no model about persons is indexed.
    "wagtailsearch.IndexEntry.title": Kept(PERSONAL, "The title of an indexed page or file."),
    "wagtailsearch.IndexEntry.body": Kept(PERSONAL, "The text of an indexed page or file."),
    "wagtailsearch.SQLiteFTSIndexEntry.title": Kept(PERSONAL, "The same, for SQLite."),
    "wagtailsearch.SQLiteFTSIndexEntry.body": Kept(PERSONAL, "The same, for SQLite."),
    "modelsearch.IndexEntry.title": Kept(PERSONAL, "The title of an indexed page or file."),
    "modelsearch.IndexEntry.body": Kept(PERSONAL, "The text of an indexed page or file."),
    "modelsearch.SQLiteFTSIndexEntry.title": Kept(PERSONAL, "The same, for SQLite."),
    "modelsearch.SQLiteFTSIndexEntry.body": Kept(PERSONAL, "The same, for SQLite."),
}

WITHOUT_PERSONAL_DATA = frozenset(
    {
        "auth.Group",
        "auth.Permission",
        "contenttypes.ContentType",
        "taggit.Tag",
        "taggit.TaggedItem",
        "wagtailadmin.Admin",
        "wagtailcore.Collection",
        "wagtailcore.CollectionViewRestriction",
        "wagtailcore.GroupApprovalTask",
        "wagtailcore.GroupCollectionPermission",
        "wagtailcore.GroupPagePermission",
        "wagtailcore.GroupSitePermission",
        "wagtailcore.Locale",
        "wagtailcore.PageViewRestriction",
        "wagtailcore.ReferenceIndex",
        "wagtailcore.Site",
        "wagtailcore.Task",
        "wagtailcore.Workflow",
        "wagtailcore.WorkflowContentType",
        "wagtailcore.WorkflowPage",
        "wagtailcore.WorkflowTask",
        "wagtailembeds.Embed",
        "wagtailimages.Rendition",
        "wagtailredirects.Redirect",
    }
)
