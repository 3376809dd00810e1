"""`trenza hub setup`: what a small computer with Debian needs to be a hub with its own Wi-Fi, as files to look at."""

import ipaddress
import os
import re
import shlex
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

import click

from trenza.apps.sync import api as sync
from trenza.cli.visiting import stop_with
from trenza.core import ids

SHORT: Final = "trenza.home.arpa"
"""A name for pages without a safe connection, which no one has outside (RFC 8375)."""
# Each file, where it belongs, and whether only root may read it.
PLACES: Final = {
    "hostapd.conf": ("/etc/hostapd/hostapd.conf", 0o600),
    "dnsmasq.conf": ("/etc/dnsmasq.d/trenza-hub.conf", 0o644),
    "trenza-hub.nft": ("/etc/nftables.d/trenza-hub.nft", 0o644),
    "networkmanager.conf": ("/etc/NetworkManager/conf.d/trenza-hub.conf", 0o644),
    "trenza-hub-network.service": ("/etc/systemd/system/trenza-hub-network.service", 0o644),
    "trenza-hub.service": ("/etc/systemd/system/trenza-hub.service", 0o644),
    "environment": ("/etc/trenza/environment", 0o640),
}
COMMANDS: Final = "install.sh"
_SERVICES: Final = "trenza-hub-network hostapd dnsmasq trenza-hub"
_INTERFACE: Final = re.compile(r"[A-Za-z0-9_]{1,15}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_PASSPHRASE: Final = re.compile(r"[!-~][ -~]{6,61}[!-~]")
_NAME: Final = re.compile(r"[^\x00-\x1f\x7f]+")
_MOST_NAME: Final = 32


@click.command()
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), required=True, help="A new folder.")
@click.option("--ssid", default="Trenza", show_default=True, help="The name of the Wi-Fi.")
@click.option("--passphrase", help="Of the Wi-Fi; made at random where there is none.")
@click.option("--country", required=True, help="Where the centre is, in two letters: which channels may be used.")
@click.option("--wifi", default="wlan0", show_default=True, help="The interface of the Wi-Fi.")
@click.option("--channel", type=click.IntRange(1, 13), default=6, show_default=True)
@click.option("--wpa3/--no-wpa3", default=False, help="Also WPA3, where the interface can do both.")
@click.option("--address", default="192.168.50.1", show_default=True, help="The hub's address in its Wi-Fi.")
@click.option("--every", type=click.IntRange(min=1), default=30, show_default=True, help="Minutes between visits.")
@click.option("--budget-mb", type=click.FloatRange(min=0.01), default=20, show_default=True, help="A day, both ways.")
def setup(
    into: Path, ssid: str, passphrase: str | None, country: str, wifi: str, channel: int, wpa3: bool, address: str,
    every: int, budget_mb: float,
) -> None:  # fmt: skip
    """Write the configuration of Wi-Fi, names, firewall and services into a folder. Nothing is installed by this."""
    secret = passphrase or _made_up()
    _ensure(bool(_NAME.fullmatch(ssid)) and len(ssid.encode()) <= _MOST_NAME, "--ssid has 1 to 32 letters.")
    _ensure(bool(_PASSPHRASE.fullmatch(secret)), "--passphrase has 8 to 63 signs, without accents.")
    _ensure(bool(_COUNTRY.fullmatch(country.upper())), "--country is two letters, such as BO.")
    _ensure(bool(_INTERFACE.fullmatch(wifi)), "--wifi is the name of an interface: `ip link` says which there are.")
    own = _own_address(address)
    network = ipaddress.ip_network(f"{own}/24", strict=False)
    if into.exists() and any(into.iterdir()):
        stop_with(f"{into} is not empty. Name a new folder.")
    values = {
        "wifi": wifi, "country": country.upper(), "ssid": ssid, "channel": channel, "passphrase": secret,
        "key_management": "WPA-PSK SAE" if wpa3 else "WPA-PSK", "protected": 1 if wpa3 else 0,
        "address": own, "first": network[20], "last": network[220], "short": SHORT,
        "names": "/".join(filter(None, [sync.own_name(), SHORT])),
        "every": every, "budget": f"{budget_mb:g}",
    }  # fmt: skip
    into.mkdir(parents=True, exist_ok=True)
    for name, (_, mode) in PLACES.items():
        template = Template(files("trenza.cli").joinpath("hub_files", name).read_text())
        _write(into / name, template.substitute(values), mode)
    import segno  # with `trenza hub serve` it would be loaded too

    segno.make(_for_phones(ssid, secret), error="m").save(str(into / "wifi.svg"), scale=8, border=4)
    (into / "wifi.svg").chmod(0o600)
    _write(into / COMMANDS, _commands(into.resolve()), 0o644)
    for line in _said(into, ssid, secret):
        click.echo(line)


def _said(into: Path, ssid: str, passphrase: str) -> list[str]:
    again = f"Once it has one, run this anew into another folder, with --passphrase {shlex.quote(passphrase)}."
    return [
        f"Wi-Fi: {ssid}   passphrase: {passphrase}   (as a code to scan: {into / 'wifi.svg'})",
        f"The hub's own name: {sync.own_name() or f'none yet, so {SHORT}. {again}'}",
        "",
        f"Nothing is installed yet. Look at the files (sudo less {into / COMMANDS}), and then run:",
        f"  sudo sh {shlex.quote(str(into / COMMANDS))}",
    ]


def _commands(into: Path) -> str:
    """What root does with the files. A second time, and without a line, it does no harm."""
    lines = [
        "# What makes this computer the hub of a centre (docs/hub.md). To be run by root.",
        "set -eux",
        "apt-get install --yes dnsmasq hostapd nftables",
        "install --directory --mode 755 /etc/nftables.d",
    ]
    for name, (place, mode) in PLACES.items():
        group = " --group trenza" if mode == 0o640 else ""
        lines.append(f"install -D --mode {mode:o}{group} {shlex.quote(str(into / name))} {place}")
    lines += [
        "systemctl daemon-reload",
        "systemctl unmask hostapd",
        "# Where it is installed: it lets go of the Wi-Fi.",
        "systemctl try-restart NetworkManager || true",
        f"systemctl enable {_SERVICES}",
        "# Not `enable --now`: what runs already reads its new files.",
        f"systemctl restart {_SERVICES}",
    ]
    return "".join(f"{line}\n" for line in lines)


def _ensure(good: bool, otherwise: str) -> None:
    if not good:
        stop_with(otherwise)


def _own_address(address: str) -> ipaddress.IPv4Address:
    try:
        found = ipaddress.IPv4Address(address)
    except ValueError:
        stop_with("--address is an IPv4 address, such as 192.168.50.1.")
    _ensure(found.is_private and not found.is_loopback, "--address is one for private networks, such as 192.168.50.1.")
    _ensure(0 < int(found) % 256 < 20, "--address ends in 1 to 19: phones get those from 20 on.")
    return found


def _made_up() -> str:
    """Sixty random bits, as somebody can type them."""
    code = ids.new_secret_code(12).lower()
    return "-".join(code[start : start + 4] for start in (0, 4, 8))


def _for_phones(ssid: str, passphrase: str) -> str:
    def quoted(text: str) -> str:
        return re.sub(r'([\\;,:"])', r"\\\1", text)

    return f"WIFI:T:WPA;S:{quoted(ssid)};P:{quoted(passphrase)};;"


def _write(path: Path, content: str, mode: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    path.chmod(mode)
