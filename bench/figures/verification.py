"""Pages of certificates a second, from the server that a stranger asks."""

from bench import home
from bench.figure import Measured, figure
from bench.load import Visitor, visit
from bench.phone import Phone
from tools.postgresql import free_port
from trenza.apps.credentials.api import Credential

WORKERS = 2
CONNECTIONS = 8
SECONDS = 5.0


@figure("verification_pages_per_s")
def pages() -> Measured:
    """Requests a second for the page of a signed certificate of the demo: two web processes, eight connections that
    stay open. Whether it still holds, and whose keys are trusted, is asked at each.

    The limit is the same page rendered anew each time, as it is once after anything that it says has changed.
    """
    home.prepare()
    port = free_port()
    newest = Credential.objects.filter(signed__isnull=False, revoked_at=None, superseded_at=None).order_by("-issued_at")
    path = f"/certificado/{newest.values_list('code', flat=True)[0]}/"
    with home.served(port, workers=WORKERS):
        ours = visit(port, path, CONNECTIONS, SECONDS, [_warm(port, path)])
        anew = visit(port, f"{path}?anew", CONNECTIONS, SECONDS, [_warm(port, f"{path}?anew")])
    peer = f"the same page rendered at each request; load from {ours.generator}"
    return Measured(ours.per_second, "requests/s", anew.per_second, peer)


def _warm(port: int, path: str) -> Visitor:
    """Ask often enough for both processes to have the page in memory."""
    for _ in range(20):
        with Phone(home.HOST, port) as phone:
            answer = phone.get(path)
    return Visitor("bench=1", answer.wire)
