"""Who may read courses as the team does. Lessons themselves are public."""

from django.db.models import QuerySet

from trenza.apps.learning.models import Course
from trenza.apps.people.api import Permission, Person, permissions_of
from trenza.core.access import Rule


def _readable(viewer: Person | None) -> QuerySet[Course]:
    """All of them, for whoever enters the office: a course belongs to no scope, and everybody may learn it."""
    if Permission.OFFICE_ENTER in permissions_of(viewer):
        return Course.objects.all()
    return Course.objects.none()


readable_courses: Rule[Person | None, Course] = Rule(_readable)
