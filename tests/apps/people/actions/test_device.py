import pytest
from django.test import override_settings

from trenza.apps.people import device_keys, privacy
from trenza.apps.people.actions import device as actions
from trenza.apps.people.api import (
    AlreadyRevoked,
    TooManyDevices,
    device_by_token,
    devices_of,
    grant_role,
    note_seen,
    register_device,
    revoke_device,
    secrets_of,
)
from trenza.apps.people.events import DeviceRegistered, DeviceRevoked
from trenza.apps.people.models import PersonDevice
from trenza.core import clock
from trenza.core.errors import NotAllowed
from trenza.core.journal import everything


@pytest.mark.django_db
def test_register_device_tells_its_keys_once_and_keeps_none_as_it_is(person):
    ana = person("Ana")
    new = register_device(person=ana, by=ana)

    row = PersonDevice.objects.get()
    kept = b"".join(bytes(getattr(row, name)) for name in ("deliver_digest", "token_digest", "secret"))
    assert [len(key) for key in (new.deliver, new.token, new.secret)] == [32] * 3
    assert not any(key in kept for key in (new.deliver, new.token, new.secret))
    assert (row.pk, row.device) == (new.profile, new.device)
    assert secrets_of([new.device]) == {new.device: (ana.pk, new.secret, False)}
    assert [line.event for line in everything()][-1] == DeviceRegistered(device=new.profile)


@pytest.mark.django_db
def test_device_by_token_tells_her_token_from_the_one_that_delivers(person, django_assert_num_queries):
    ana = person("Ana")
    new = register_device(person=ana, by=ana)
    with django_assert_num_queries(1):
        full = device_by_token(new.token)
    deliver = device_by_token(new.deliver)
    assert (full, deliver) == ((PersonDevice.objects.get(), True), (PersonDevice.objects.get(), False))
    assert [device_by_token(token) for token in (b"", new.secret, new.token[:-1])] == [None] * 3


@pytest.mark.django_db
def test_a_secret_opens_for_its_row_alone_and_under_a_former_key(person):
    ana = person("Ana")
    new, other = (register_device(person=ana, by=ana) for _ in range(2))
    kept = bytes(PersonDevice.objects.get(pk=new.profile).secret)
    assert device_keys.unlocked(kept, new.profile) == new.secret
    assert device_keys.unlocked(kept, other.profile) is None
    device_keys.unlocked.cache_clear()
    with override_settings(SECRET_KEY="another"):
        assert secrets_of([new.device])[new.device].secret is None
    device_keys.unlocked.cache_clear()
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["only for tests"]):
        assert secrets_of([new.device])[new.device].secret == new.secret
    device_keys.unlocked.cache_clear()


@pytest.mark.django_db
def test_register_device_is_hers_alone_and_not_without_end(person, monkeypatch):
    ana, rosa = person("Ana"), person("Rosa")
    monkeypatch.setattr(actions, "MOST_DEVICES", 1)
    with pytest.raises(NotAllowed):
        register_device(person=ana, by=rosa)
    register_device(person=ana, by=ana)
    with pytest.raises(TooManyDevices):
        register_device(person=ana, by=ana)


@pytest.mark.django_db
def test_revoke_device_is_for_her_and_for_who_helps(person):
    ana, rosa, chief = person("Ana"), person("Rosa"), person("Chief")
    grant_role(person=chief, role="administrator", by=None)
    mine, lost = (PersonDevice.objects.get(pk=register_device(person=ana, by=ana).profile) for _ in range(2))
    with pytest.raises(NotAllowed):
        revoke_device(device=mine, by=rosa)

    revoke_device(device=mine, by=ana)
    revoke_device(device=lost, by=chief)
    with pytest.raises(AlreadyRevoked):
        revoke_device(device=lost, by=ana)

    assert {each.revoked_by for each in devices_of(ana)} == {ana, chief}
    assert [each.revoked for each in secrets_of([mine.device, lost.device]).values()] == [True, True]
    assert [line.event for line in everything()][-2:] == [DeviceRevoked(device=each.pk) for each in (mine, lost)]


@pytest.mark.django_db
def test_note_seen_writes_only_what_is_new(person, django_assert_num_queries):
    ana = person("Ana")
    register_device(person=ana, by=ana)
    row = PersonDevice.objects.get()
    note_seen(device=row, pending=3)
    with django_assert_num_queries(0):
        note_seen(device=row, pending=3)
    row.refresh_from_db()
    assert (row.seen_on, row.pending) == (clock.now().date(), 3)


@pytest.mark.django_db
def test_her_export_lists_phones_without_secrets_and_erasure_removes_them(person):
    ana = person("Ana")
    register_device(person=ana, by=ana)
    assert [sorted(each) for each in privacy.export(ana.pk)["devices"]] == [
        ["made_at", "pending", "revoked_at", "seen_on"]
    ]
    privacy.erase(person=ana.pk)
    assert PersonDevice.objects.count() == 0
