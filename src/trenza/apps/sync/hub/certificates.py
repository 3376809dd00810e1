"""On the cell: names of hubs under its domain, and certificates for them. What a hub should have goes down as a row."""

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.text import slugify

from trenza.apps.sync.hub import x509
from trenza.apps.sync.hub.messages import Request
from trenza.apps.sync.hub.registry import HubPlace
from trenza.apps.sync.hub.x509 import Chain, NotFor
from trenza.apps.sync.models import Hub, HubCertificate
from trenza.core import clock
from trenza.core.journal import action

TABLE: Final = "sync.certificate"
KEY: Final = b"own"
BEFORE_ITS_END: Final = timedelta(days=30)
"""So long before its end a certificate is made anew: a centre may be without a line for weeks."""
_PATIENCE: Final = 600
_MOST_LABEL: Final = 40


def give_name(*, hub: Hub) -> None:
    """Within an action: give a hub its name under the cell's domain, if the cell has one. It keeps the one it has."""
    if settings.HUB_DOMAIN and not HubCertificate.objects.filter(hub=hub).exists():
        for host in _hosts(hub.name):
            if HubCertificate.objects.get_or_create(host=host, defaults={"hub": hub})[1]:
                return


@action
def name_hubs() -> None:
    """Give every hub a name that was paired before the cell had a domain."""
    for hub in Hub.objects.filter(revoked_at=None, certificate=None).order_by("paired_at"):
        give_name(hub=hub)


@action
def note_request(*, hub: Hub, request: Request) -> None:
    """Keep what a hub asks to have certified. With another key than before it has no certificate any more."""
    row = HubCertificate.objects.filter(hub=hub).first() if request.csr else None
    if row is None:
        return
    try:
        key = x509.key_asked(request.csr, row.host)
    except NotFor:
        return
    if key != bytes(row.key):
        row.request, row.key, row.chain, row.ends_at = request.csr, key, "", None
        row.save(update_fields=["request", "key", "chain", "ends_at"])


def due() -> list[HubCertificate]:
    """Of hubs that asked and were not revoked, those without a certificate, or with one that is near its end."""
    near = Q(ends_at=None) | Q(ends_at__lt=clock.now() + BEFORE_ITS_END)
    asked = HubCertificate.objects.exclude(key=b"").filter(near, hub__revoked_at=None)
    return list(asked.select_related("hub").order_by("host"))


def certify(row: HubCertificate, *, certifier: str) -> Chain:
    """Have the program `certifier` make a certificate, look at what it printed, and keep it.

    Raises:
        NotFor: it failed, or printed something else. What was kept before stays.
    """
    try:
        chain = x509.chain_for(_printed(row, certifier), key=bytes(row.key), host=row.host)
        if not chain.is_in_force(clock.now()):
            raise NotFor("not_in_force")
    except NotFor as error:
        _note_failure(row=row, code=error.code)
        raise
    keep_chain(row=row, chain=chain)
    return chain


@action
def keep_chain(*, row: HubCertificate, chain: Chain) -> None:
    """It goes down with the hub's next visit. Nothing is kept where the hub asked with another key meanwhile."""
    asked = HubCertificate.objects.filter(pk=row.pk, key=bytes(row.key))
    asked.update(chain=chain.pem, ends_at=chain.ends_at, failed_at=None, failure="")


def origin_of_hub(centres: Iterable[UUID]) -> str:
    """Where phones reach a hub of these centres: of the first that has one with a valid certificate; else blank."""
    order = list(centres)
    there = HubCertificate.objects.filter(hub__centre__in=order, hub__revoked_at=None, ends_at__gt=clock.now())
    hosts = dict(there.values_list("hub__centre", "host"))
    return next((f"https://{hosts[centre]}" for centre in order if centre in hosts), "")


def rows(place: HubPlace) -> Iterator[tuple[bytes, Any]]:
    """For a hub: its name, the key that we were asked to have certified, the certificate."""
    for row in HubCertificate.objects.filter(hub=place.hub, hub__revoked_at=None):
        yield KEY, [row.host, bytes(row.key), row.chain]


def _hosts(name: str) -> Iterator[str]:
    label = slugify(name).replace("_", "-")[:_MOST_LABEL].strip("-") or "centro"
    for number in count(1):
        yield f"{label if number == 1 else f'{label}-{number}'}.{settings.HUB_DOMAIN}"


def _printed(row: HubCertificate, certifier: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "request.pem"
        file.write_bytes(x509.as_pem(bytes(row.request)))
        try:
            done = subprocess.run(
                [certifier, str(file), row.host], stdout=subprocess.PIPE, timeout=_PATIENCE, check=True
            )
        except (OSError, subprocess.SubprocessError):
            raise NotFor("certifier") from None
    return done.stdout.decode(errors="replace")


@action
def _note_failure(*, row: HubCertificate, code: str) -> None:
    HubCertificate.objects.filter(pk=row.pk).update(failed_at=clock.now(), failure=code)
