"""Why learning cannot do what it is asked."""

from trenza.apps.learning.models import CourseVersion
from trenza.core.errors import DomainError


class SourceNotKept(DomainError):
    """The folder of a published version is not here: it was published before sources were kept, or its file is lost.

    `lost` is whether it was kept once.
    """

    def __init__(self, version: CourseVersion) -> None:
        super().__init__(f"{version.course.code} {version.short}")
        self.version = version
        self.lost = bool(version.archive)
