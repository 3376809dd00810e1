"""The outbox: on the disk before anything is said, sent until the server has named it, and nothing forgotten before."""

import pytest
from playwright.sync_api import expect

from tests.portals.field import sample
from tests.portals.field.phone.conftest import (
    Sync,
    becomes,
    counts,
    cut,
    error,
    flush,
    load,
    lost,
    portal,
    profile,
    put,
    records,
    unlock,
)

DEVICE = profile()["device"]


def numbers(first: int, count: int) -> list[int]:
    """The sequences of so many acts of two entries each."""
    return list(range(first, first + 2 * count, 2))


def pending(page) -> str:
    found: str = page.evaluate("(/pending=(\\d+)/.exec(document.cookie) || [])[1] || ''")
    return found


def wait_in_meta(page) -> float:
    """How many seconds the phone will wait before it sends again."""
    found: float = page.evaluate(
        f"async () => ((await {load('store.js')}.get('meta', 'pause')).until - Date.now()) / 1000"
    )
    return found


def pass_time(page) -> None:
    """As if the pause were over."""
    page.evaluate(f"async () => {load('store.js')}.remove('meta', 'pause')")


def test_put_resolves_when_the_record_is_on_the_disk(page, sync):
    sync.always = cut

    order = page.evaluate(
        f"""async () => {{
            const order = [];
            const begin = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (stores, mode, how) {{
                const made = begin.call(this, stores, mode, how);
                const name = [stores].flat().join() + " " + mode + " " + how?.durability;
                if (mode === "readwrite") made.addEventListener("complete", () => order.push(name));
                return made;
            }};
            const {{ put }} = {load("outbox.js")};
            await put(["l", [new Uint8Array(16), [[1]], true]], 2);
            order.push("said");
            return order.filter((name) => /^(outbox|meta) |said/.test(name)).slice(0, 3);
        }}"""
    )

    assert order == ["meta readwrite strict", "outbox readwrite strict", "said"]


def test_put_that_cannot_be_kept_is_not_said_to_be(page, sync):
    failure = page.evaluate(
        f"""async () => {{
            IDBObjectStore.prototype.put = (put => function (value) {{
                if (this.name === "outbox") throw new DOMException("", "QuotaExceededError");
                return put.call(this, value);
            }})(IDBObjectStore.prototype.put);
            return {load("outbox.js")}.put(["l", [new Uint8Array(16), [[1]], true]], 2).catch((error) => error.name);
        }}"""
    )

    assert failure == "QuotaExceededError"
    assert (records(page), sync.bodies) == ([], [])


def test_put_needs_somebody_unlocked(page):
    page.evaluate(f"async () => {load('unlocked.js')}.lock()")

    said = page.evaluate(f"async () => {load('outbox.js')}.put(['l', []], 1).catch((error) => error.constructor.name)")

    assert said == "Locked"


def test_flush_delivers_and_forgets_what_the_server_named(page, sync):
    sync.status = {3: "held", 5: "refused"}
    put(page, 3)
    flush(page)

    assert sorted(sync.arrived) == [(DEVICE, 1), (DEVICE, 3)]
    assert [(each["sequence"], each["state"], each["reason"]) for each in records(page)] == [
        (5, "refused", "malformed")
    ]
    assert counts(page) == {"waiting": 0, "refused": 1}
    assert pending(page) == "1"


def test_flush_sends_her_token_and_never_a_cookie(page):
    page.context.unroute_all()
    page.evaluate("document.cookie = 'session=hers;path=/'")
    put(page)
    flush(page)

    headers, cookies = sample.SENT[0]
    assert cookies == {}
    assert headers["Authorization"] == f"Bearer {profile()['token']}"
    assert headers["Content-Type"] == "application/msgpack"


def test_response_that_is_lost_is_asked_for_again_and_counts_once(page, sync):
    sync.always = lost
    put(page)
    flush(page)
    assert counts(page) == {"waiting": 1, "refused": 0}

    sync.always = None
    flush(page)

    assert list(sync.arrived) == [(DEVICE, 1)]
    assert records(page) == []
    assert pending(page) == ""


def test_200_records_cut_at_100_go_on_where_they_were(page, sync):
    sync.always = cut
    put(page, 200)
    flush(page)
    sync.bodies.clear()

    sync.always, sync.faults = None, [Sync.answer, cut]
    flush(page)
    assert counts(page) == {"waiting": 100, "refused": 0}
    assert pending(page) == "100"
    flush(page)

    assert [sync.sequences(body) for body in sync.bodies] == [numbers(1, 100), numbers(201, 100), numbers(201, 100)]
    assert [body["pending"] for body in sync.bodies] == [200, 100, 100]
    assert (len(sync.arrived), records(page)) == (200, [])


def test_two_tabs_send_one_after_the_other_and_show_the_same(page, sync):
    sync.always = cut
    other = page.context.new_page()
    other.goto("/")
    unlock(other)
    told = f"""async () => {{ globalThis.told = []; const {{ events }} = {load("outbox.js")};
        events.addEventListener("change", ({{ detail }}) => told.push(detail.waiting)); }}"""
    other.evaluate(told)
    put(page, 3)
    flush(page)
    sync.bodies.clear()

    sync.always = None
    start = f"async () => {{ globalThis.flushing = {load('outbox.js')}.flush({{ force: true }}); }}"
    other.evaluate(start)
    page.evaluate(start)
    for each in (other, page):
        each.evaluate("flushing")

    assert [sync.sequences(body) for body in sync.bodies if body["sealed"]] == [numbers(1, 3)]
    other.wait_for_function("told.at(-1) === 0")
    assert other.evaluate("told") == [1, 2, 3, 0]


def test_tabs_without_locks_take_a_lease(page, sync):
    sync.always = cut
    page.evaluate("Object.defineProperty(navigator, 'locks', { value: undefined })")
    put(page)
    flush(page)
    sync.always = None

    ran = page.evaluate(
        f"""async () => {{
            const {{ put, get }} = {load("store.js")};
            await put("meta", {{ key: "lease", owner: "another tab", until: Date.now() + 700 }});
            const begun = performance.now();
            await {load("outbox.js")}.flush({{ force: true }});
            return [performance.now() - begun, (await get("meta", "lease")).until];
        }}"""
    )

    assert ran[0] > 600
    assert ran[1] == 0
    assert len(sync.arrived) == 1


@pytest.mark.parametrize("status", [400, 413, 500])
def test_record_that_makes_the_server_fail_is_set_aside_and_the_rest_proceeds(page, sync, status):
    def choke(sync, route, body):
        fault = error(status, "bad") if 11 in sync.sequences(body) else Sync.answer
        fault(sync, route, body)

    sync.always = cut
    put(page, 9)
    flush(page)
    sync.always = choke
    flush(page)

    assert sorted(sequence for _, sequence in sync.arrived) == [n for n in numbers(1, 9) if n != 11]
    assert [(each["sequence"], each["state"], each["reason"]) for each in records(page)] == [
        (11, "refused", "poison:bad")
    ]

    # She may ask for another try, which a mended server takes.
    sync.always = None
    flush(page, "{force: true, fresh: 'again'}")
    assert records(page) == []


def test_record_that_the_line_spoilt_once_is_not_set_aside(page, sync):
    sync.always = cut
    put(page)
    flush(page)
    sync.always, sync.faults = None, [error(400, "unreadable"), error(400, "unreadable"), Sync.answer]

    flush(page)

    assert (len(sync.arrived), records(page)) == (1, [])


def test_server_that_fails_whatever_comes_sets_nothing_aside(page, sync):
    sync.always = cut
    put(page, 4)
    flush(page)
    sync.bodies.clear()

    sync.always = error(500, "broken")
    outcome = flush(page)

    assert (outcome["kind"], counts(page)) == ("silent", {"waiting": 4, "refused": 0})
    assert len(sync.bodies) <= 3


def test_state_that_the_server_cannot_make_does_not_hold_up_what_she_did(page, sync):
    def choke(sync, route, body):
        (error(500, "broken") if "have" in body else Sync.answer)(sync, route, body)

    sync.always = choke
    put(page)
    flush(page)

    assert (len(sync.arrived), records(page)) == (1, [])


def test_page_of_a_wifi_is_neither_an_acknowledgement_nor_a_failure(page, sync):
    sync.always = portal
    put(page)
    assert flush(page)["kind"] == "portal"
    assert flush(page)["kind"] == "portal"

    assert counts(page) == {"waiting": 1, "refused": 0}
    assert page.evaluate(f"async () => (await {load('store.js')}.get('meta', 'pause')).tries") == 0
    assert wait_in_meta(page) <= 30


@pytest.mark.parametrize("change", ["batch", "answers", "truncated", "redirect"])
def test_answer_that_is_not_to_this_batch_is_not_believed(page, sync, change):
    def other(sync, route, body):
        said = {"v": 1, "batch": body["batch"].hex(), "answers": sync.take(body)}
        if change == "truncated":
            route.fulfill(content_type="application/json", body='{"v": 1, "batch": "')
        elif change == "redirect":
            route.fulfill(status=302, headers={"Location": "/"})
        else:
            route.fulfill(json={**said, "batch": "0" * 16} if change == "batch" else {"batch": said["batch"]})

    sync.always = other
    put(page)
    flush(page)

    assert counts(page) == {"waiting": 1, "refused": 0}


@pytest.mark.parametrize("status", [429, 503])
def test_busy_server_is_left_alone_as_long_as_it_asks(page, sync, status):
    sync.always = error(status, "busy", Retry_After="120")
    put(page)
    becomes(page, f"(await {load('store.js')}.get('meta', 'pause'))?.kind === 'busy'")
    assert 100 < wait_in_meta(page) <= 120

    assert flush(page)["kind"] == "busy"
    assert len(sync.bodies) == 1

    pass_time(page)
    sync.always = None
    flush(page, "{}")
    assert len(sync.arrived) == 1


def test_line_that_breaks_again_and_again_is_tried_ever_less_often_until_something_changes(page, sync):
    page.evaluate("Math.random = () => 1")
    sync.always = cut
    put(page)
    waits = []
    for _ in range(9):
        flush(page)
        waits.append(round(wait_in_meta(page), -1))

    assert waits[-1] == 600
    assert waits == sorted(waits)
    before = len(sync.bodies)
    flush(page, "{}")
    assert len(sync.bodies) == before

    sync.always = None
    flush(page)
    assert records(page) == []


def test_token_that_the_server_does_not_know_is_not_used_again_and_others_deliver(page, sync):
    sync.unknown = {profile()["token"], profile()["deliver"]}
    page.evaluate(f"async (other) => {load('store.js')}.put('people', other)", profile(2))
    put(page)
    flush(page)
    put(page)
    flush(page)

    assert len(sync.arrived) == 2
    assert set(sync.tokens[2:]) == {profile(2)["deliver"]}
    assert page.evaluate(f"async () => {load('tokens.js')}.marked()") == [profile()["profile"]]


def test_token_that_was_revoked_comes_last_and_still_hands_in(page, sync):
    sync.revoked = {profile()["token"], profile()["deliver"]}
    put(page)
    flush(page)
    put(page)
    flush(page)

    assert (len(sync.arrived), records(page)) == (2, [])
    assert "have" not in sync.bodies[-1]


def test_her_state_is_kept_when_her_token_brings_it(page, sync):
    sync.state = {"digest": "abc", "name": "Ana", "courses": []}
    put(page)
    flush(page)

    assert page.evaluate(f"async () => (await {load('people.js')}.state()).digest") == "abc"
    put(page)
    flush(page)
    assert [body["have"] for body in sync.bodies if body["sealed"]] == [None, "abc"]


def test_pages_in_quick_succession_ask_for_her_state_once(page, sync):
    sync.state = {"digest": "abc", "name": "Ana", "courses": []}
    for _ in range(3):
        flush(page, "{fresh: true}")
    assert len(sync.bodies) == 1

    flush(page, "{fresh: 'again'}")
    assert [body["have"] for body in sync.bodies] == [None, "abc"]


def test_another_key_of_the_cell_is_taken_over(page, sync):
    sync.cell = {"id": "other", "public": profile()["cell"]["public"]}
    put(page)
    flush(page)

    kept = page.evaluate(f"async () => (await {load('store.js')}.all('people')).map((person) => person.cell.id)")
    assert kept == ["other"]
    assert page.evaluate(f"async () => {load('people.js')}.current().cell.id") == "other"


def test_what_was_lost_with_the_memory_of_the_phone_is_counted_and_told_once(page, sync):
    sync.always = cut
    put(page, 3)
    assert pending(page) == "3"
    page.goto("about:blank")
    page.goto("/hoy-no/")
    page.context.clear_cookies(name="profile")
    page.evaluate("new Promise((done) => { indexedDB.deleteDatabase('trenza').onsuccess = done; })")
    page.reload()

    lost_now = f"async () => {load('outbox.js')}.lost()"
    expect(page.locator(".sends [role=status]")).to_contain_text("3")
    expect(page.get_by_role("link", name="Ver más")).to_have_attribute("href", "/telefono/")
    assert page.evaluate(lost_now) == 3
    assert pending(page) == ""
    page.evaluate(f"async () => {load('outbox.js')}.told()")
    assert page.evaluate(lost_now) == 0
