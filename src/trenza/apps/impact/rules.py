"""Who may see the numbers as they are: the team, within its scope."""

from trenza.apps.impact.counting import Counts, counts, zone_of
from trenza.apps.people.api import Permission, Person, reach_of
from trenza.apps.programmes.api import Edition, Programme
from trenza.core.facts import Count


def counts_for(viewer: Person | None, programme: Programme, edition: Edition | None = None) -> Counts:
    """What `viewer` reaches with IMPACT_READ of a programme, or of one edition, up to now; nothing hidden.

    Who reaches nothing sees zeros.
    """
    reach = reach_of(viewer, Permission.IMPACT_READ)
    everything = reach.everything or programme.pk in reach.ids("programme")
    editions, regions = reach.ids("edition"), reach.ids("region")

    def within(counted: Count) -> bool:
        return everything or counted.edition in editions or counted.region in regions

    return counts(programme, edition, zone=zone_of(programme), within=within)
