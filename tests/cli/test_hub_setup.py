"""`trenza hub setup`: files for a small computer, read back as the programs read them that they are for."""

import configparser
import shlex
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trenza.apps.sync.models import OwnCertificate
from trenza.cli.hub_setup import COMMANDS, PLACES, setup

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
OURS = "it's ours"
HOST = "el-alto.centros.example.org"


def run(into: Path, *words: str, country: str = "BO") -> Result:
    return CliRunner().invoke(setup, ["--into", str(into), "--country", country, *words])


def pairs(path: Path) -> dict[str, str]:
    lines = [line.partition("=")[::2] for line in path.read_text().splitlines() if "=" in line and line[0] != "#"]
    return {name.strip(): value for name, value in lines}


def test_setup_writes_whatever_a_hub_needs_and_installs_nothing(tmp_path):
    OwnCertificate.objects.create(host=HOST)
    into = tmp_path / "hub"
    done = run(into, "--ssid", "Centro El Alto", "--wpa3", "--address", "10.9.8.1", "--budget-mb", "5")

    assert done.exit_code == 0, done.output
    assert {path.name for path in into.iterdir()} == {*PLACES, "wifi.svg", COMMANDS}
    wifi = pairs(into / "hostapd.conf")
    assert (wifi["ssid"], wifi["wpa"], wifi["wpa_key_mgmt"], wifi["ieee80211w"]) == (
        "Centro El Alto",
        "2",
        "WPA-PSK SAE",
        "1",
    )
    assert (wifi["ap_isolate"], wifi["country_code"]) == ("1", "BO")
    assert len(wifi["wpa_passphrase"]) == 14
    assert wifi["wpa_passphrase"] in done.output
    names = (into / "dnsmasq.conf").read_text()
    assert f"address=/{HOST}/trenza.home.arpa/10.9.8.1\n" in names
    assert "dhcp-range=10.9.8.20,10.9.8.220," in names
    assert "no-resolv\n" in names
    unit = configparser.RawConfigParser(strict=False)
    unit.read(into / "trenza-hub.service")
    assert unit["Service"]["ExecStart"].endswith("trenza hub serve --every 30 --budget-mb 5")
    assert (unit["Service"]["Restart"], unit["Service"]["User"]) == ("always", "trenza")
    assert pairs(into / "environment")["TRENZA_HOSTS"] == "10.9.8.1,trenza.home.arpa,localhost"
    assert not any("$" in (into / name).read_text() for name in PLACES)
    for name, (place, mode) in PLACES.items():
        assert stat.S_IMODE((into / name).stat().st_mode) == mode
        assert f"{into / name} {place}\n" in (into / COMMANDS).read_text()
    assert f"  sudo sh {into / COMMANDS}\n" in done.output
    assert stat.S_IMODE((into / "wifi.svg").stat().st_mode) == 0o600
    assert HOST in done.output


def test_what_it_is_to_be_run_with_ends_with_every_service_reading_its_new_files(tmp_path):
    """dnsmasq runs since it was installed, and all of them do where this is done a second time."""
    into, programs, called = tmp_path / "a hub", tmp_path / "bin", tmp_path / "called"
    programs.mkdir()
    for name in ("apt-get", "install", "systemctl"):
        (programs / name).write_text(f'#!/bin/sh\necho "{name} $*" >> {called}\n[ "$2" != NetworkManager ]\n')
        (programs / name).chmod(0o755)
    done = run(into, "--passphrase", OURS)
    assert f"with --passphrase {shlex.quote(OURS)}." in done.output

    ran = subprocess.run(
        ["sh", into / COMMANDS], env={"PATH": f"{programs}:/usr/bin:/bin"}, capture_output=True, check=False
    )

    services = "trenza-hub-network hostapd dnsmasq trenza-hub"
    commands = called.read_text().splitlines()
    assert (ran.returncode, commands[0]) == (0, "apt-get install --yes dnsmasq hostapd nftables")
    assert f"install -D --mode 600 {into / 'hostapd.conf'} /etc/hostapd/hostapd.conf" in commands
    assert commands[-3:] == [
        "systemctl try-restart NetworkManager", f"systemctl enable {services}", f"systemctl restart {services}",
    ]  # fmt: skip


def test_the_firewall_lets_phones_reach_the_hub_alone(tmp_path):
    assert run(tmp_path / "hub", "--wifi", "wlan7").exit_code == 0
    rules = " ".join((tmp_path / "hub" / "trenza-hub.nft").read_text().split())
    assert "hook input priority filter; policy drop;" in rules
    assert "hook forward priority filter; policy drop;" in rules
    assert 'iifname "wlan7" udp dport { 53, 67 } accept iifname "wlan7" tcp dport { 53, 80, 443 } accept' in rules
    assert rules.count('iifname "wlan7"') == 2


@pytest.mark.parametrize(
    ("program", "words", "file"),
    [("dnsmasq", ["--test", "-C"], "dnsmasq.conf"), ("nft", ["-c", "-f"], "trenza-hub.nft")],
)
def test_the_programs_themselves_can_read_them(tmp_path, program, words, file):
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed here")
    run(tmp_path / "hub")
    done = subprocess.run([found, *words, str(tmp_path / "hub" / file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "Operation not permitted" in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--ssid", "x" * 33], "--ssid"),
        (["--ssid", "a\nwpa=0"], "--ssid"),
        (["--passphrase", "short"], "--passphrase"),
        (["--passphrase", "con acentós"], "--passphrase"),
        (["--passphrase", "12345678\nx=1"], "--passphrase"),
        (["--wifi", "wlan0;rm"], "--wifi"),
        (["--address", "8.8.8.8"], "--address"),
        (["--address", "192.168.50.77"], "--address"),
        (["--address", "home"], "--address"),
        (["--country", "Bolivia"], "--country"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(tmp_path, words, said):
    done = run(tmp_path / "hub", *words)
    assert (done.exit_code, done.stderr.startswith(said)) == (1, True)
    assert not (tmp_path / "hub").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("mine")
    assert "is not empty" in run(tmp_path).stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
