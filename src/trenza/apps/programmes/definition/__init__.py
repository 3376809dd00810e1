"""The sections of programme.toml that programmes owns: what they hold, how they are checked, how they become rows."""

from trenza.apps.programmes.definition import checks, loading
from trenza.apps.programmes.definition.sections import (
    ActivitySection,
    BranchSection,
    ContextSection,
    EditionSection,
    FollowsSection,
    ModuleSection,
    OrganisationSection,
    ProgrammeSection,
    RegionSection,
    TrackSection,
)
from trenza.core.definition import Section, register_section

__all__ = [
    "ActivitySection",
    "BranchSection",
    "ContextSection",
    "EditionSection",
    "FollowsSection",
    "ModuleSection",
    "OrganisationSection",
    "ProgrammeSection",
    "RegionSection",
    "TrackSection",
    "register",
]


def register() -> None:
    """Called once, when Django is ready."""
    for section in (
        Section("programme", ProgrammeSection, 10, many=False, required=True, check=checks.check_programme),
        Section("organisation", OrganisationSection, 20, required=True, load=loading.load_organisations),
        Section("region", RegionSection, 30, required=True, load=loading.load_regions),
        Section("track", TrackSection, 40, required=True, check=checks.check_tracks, load=loading.load_tracks),
        Section("branch", BranchSection, 45, check=checks.check_branches, load=loading.load_branches),
        Section("edition", EditionSection, 50, required=True, check=checks.check_editions, load=loading.load_editions),
        Section("follows", FollowsSection, 60, check=checks.check_follows, load=loading.load_follow_ons),
        Section("activity", ActivitySection, 70, load=loading.load_activities),
        Section("context", ContextSection, 80, load=loading.load_context),
    ):
        register_section(section)
