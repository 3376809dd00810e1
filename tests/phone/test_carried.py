"""Her work goes home in somebody else's hands, and once more by itself."""

import os
import urllib.request
from typing import Any

import msgspec

from tests.phone.phone import Phone
from tests.phone.server import Facts, Home, Lessons, Women, work


def deliver(url: str, token: str, records: list[Facts]) -> list[list[Any]]:
    """Hand in sealed records as whoever carries them does, and give what was answered to each."""
    batch = os.urandom(8)
    sealed = []
    for each in records:
        record = [each["sequence"], each["count"], bytes.fromhex(each["sealed"])]
        sealed.append([bytes.fromhex(each["device"]), [[bytes.fromhex(each["session"]), [record]]]])
    body = {"v": 1, "batch": batch, "can": [], "pending": 0, "now": 0, "sealed": sealed}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/msgpack"}
    with urllib.request.urlopen(urllib.request.Request(f"{url}/sync", msgspec.msgpack.encode(body), headers)) as answer:
        said = msgspec.json.decode(answer.read())
    assert said["batch"] == batch.hex()
    answers: list[list[Any]] = said["answers"]
    return answers


def test_outbox_taken_in_by_a_trainer_and_synchronised_too_counts_once(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, server: str
):
    """Fault 26. A trainer's phone hands in what hers could not send; a signal comes, and her phone sends it as well."""
    rosa, trainer = woman(), home.office.profile(person=woman("Tania")["person"])
    phone.begin(rosa)
    phone.line.dead("/sync")
    for lesson in lessons[:2]:
        phone.answer(lesson)
    taken = [record for record in phone.kept_in("outbox") if record["state"] == "waiting"]
    assert [answer[2] for answer in deliver(server, trainer["deliver"], taken)] == ["accepted", "accepted"]
    assert home.counted(rosa["person"]) == work(2)
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert [answer[2] for answer in deliver(server, trainer["deliver"], taken)] == ["duplicate", "duplicate"]
    assert home.counted(rosa["person"]) == work(2)
    assert home.office.check() == []
