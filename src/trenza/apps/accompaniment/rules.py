"""Whom somebody accompanies, and who reads and answers what trainers ask."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from trenza.apps.accompaniment.models import Inquiry, Reply
from trenza.apps.people.api import Permission, Person, permissions_of, reach_of
from trenza.apps.places.api import centres_within
from trenza.apps.programmes.api import Enrolment, Track, enrolments_with
from trenza.apps.sessions.api import kept_sessions
from trenza.core.access import Rule

_within_reach = enrolments_with(Permission.LEARNER_CONTACT)


def _accompanied(viewer: Person | None) -> QuerySet[Enrolment]:
    """Those within her scope, and those of women who have a place in a session of that edition which she keeps; without
    those who left, and never her own. Whom the team trains to teach, who coordinates looks after: she is on no list."""
    if viewer is None:
        return Enrolment.objects.none()
    hers = Q(pk__in=_within_reach.which(viewer).order_by().values("pk"))
    if Permission.LEARNER_CONTACT in permissions_of(viewer):
        in_sessions = Enrolment.objects.filter(
            person__session_sign_ups__session__in=kept_sessions.which(viewer).order_by().values("pk"),
            person__session_sign_ups__session__edition=F("edition"),
            person__session_sign_ups__withdrawn_at=None,
        )
        hers |= Q(pk__in=in_sessions.order_by().values("pk"))
    learners = Enrolment.objects.filter(hers).exclude(track__in=Track.objects.of_trainers().order_by().values("pk"))
    return learners.exclude(person=viewer).exclude(state="withdrawn")


def _inquiries_with(permission: Permission) -> Rule[Person | None, Inquiry]:
    """By the edition that they are about, or the centre that they name."""

    def which(viewer: Person | None) -> QuerySet[Inquiry]:
        reach = reach_of(viewer, permission)
        if reach.everything:
            return Inquiry.objects.all()
        if not reach.by_kind:
            return Inquiry.objects.none()
        there = Q(centre__in=centres_within(reach).order_by().values("pk"))
        return Inquiry.objects.filter(reach.q(edition="edition") | there)

    return Rule(which)


def _own(viewer: Person | None) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(asked_by=viewer) if viewer else Inquiry.objects.none()


def _findable(viewer: Person | None) -> QuerySet[Reply]:
    """What the team made findable, in its last answer: for everybody who accompanies somebody."""
    if Permission.LEARNER_CONTACT not in permissions_of(viewer):
        return Reply.objects.none()
    later = Reply.objects.filter(inquiry=OuterRef("inquiry"), at__gt=OuterRef("at"))
    return Reply.objects.exclude(findable_as="").filter(~Exists(later))


accompanied_enrolments: Rule[Person | None, Enrolment] = Rule(_accompanied)
own_inquiries: Rule[Person | None, Inquiry] = Rule(_own)
readable_inquiries: Rule[Person | None, Inquiry] = _inquiries_with(Permission.INQUIRY_READ)
answerable_inquiries: Rule[Person | None, Inquiry] = _inquiries_with(Permission.INQUIRY_ANSWER)
findable_replies: Rule[Person | None, Reply] = Rule(_findable)
