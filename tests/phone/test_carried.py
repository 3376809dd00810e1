"""Her work goes home in somebody else's hands, and once more by itself."""

from tests.phone.carrier import deliver, phone_of, records_of
from tests.phone.phone import Phone
from tests.phone.server import Home, Lessons, Women, work


def test_outbox_taken_in_by_a_trainer_and_synchronised_too_counts_once(
    phone: Phone, woman: Women, home: Home, lessons: Lessons, server: str
):
    """Fault 26. A trainer's phone hands in what hers could not send; a signal comes, and her phone sends it as well."""
    rosa = woman()
    trainer = phone_of(home.office.profile(person=woman("Tania")["person"])).keys.deliver
    phone.begin(rosa)
    phone.line.dead("/sync")
    for lesson in lessons[:2]:
        phone.answer(lesson)
    taken = records_of(phone.kept_in("outbox"))
    assert deliver(server, trainer, taken) == ["accepted", "accepted"]
    assert home.counted(rosa["person"]) == work(2)
    phone.line.heal()
    phone.send()
    phone.until_sent()

    assert deliver(server, trainer, taken) == ["duplicate", "duplicate"]
    assert home.counted(rosa["person"]) == work(2)
    assert home.office.check() == []
