"""The database on her phone: strict, let go at once, and absent without harm."""

import pytest

from tests.portals.field.phone.conftest import becomes, load
from trenza.portals.field import modules

REASON = f"async () => {load('store.js')}.open().then(() => 'open', (error) => error.reason)"


@pytest.fixture
def page(phone_context):
    page = phone_context.new_page()
    page.goto("/")
    return page


def newer(page, **changes: tuple[str, str]) -> None:
    """Pages that are loaded from now on have a later version of the schema."""
    source = (modules.FOLDER / "store.js").read_text().replace("const VERSION = 1;", "const VERSION = 2;")
    for old, new in changes.values():
        assert old in source
        source = source.replace(old, new)
    page.route("**/store.js", lambda route: route.fulfill(content_type="text/javascript", body=source))


def test_open_makes_the_stores_of_the_contract(page):
    stores = page.evaluate(
        f"""async () => {{
            const database = await {load("store.js")}.open();
            const names = [...database.objectStoreNames];
            const stores = database.transaction(names);
            return [database.version, names.map((name) => {{
                const {{ keyPath, autoIncrement }} = stores.objectStore(name);
                return [name, keyPath, autoIncrement];
            }})];
        }}"""
    )

    assert stores == [
        1,
        [
            ["downloads", "course", False],
            ["meta", "key", False],
            ["outbox", "id", True],
            ["packs", "course", False],
            ["people", "profile", False],
            ["state", "profile", False],
        ],
    ]


def test_change_that_throws_does_nothing(page):
    found = page.evaluate(
        f"""async () => {{
            const store = {load("store.js")};
            await store.put("meta", {{ key: "a", value: 1 }});
            const failing = (work) => store.change(["meta"], work).catch((error) => error.message);
            const messages = [
                await failing((transaction) => {{
                    transaction.objectStore("meta").put({{ key: "a", value: 2 }});
                    throw new Error("on purpose");
                }}),
                await failing(async (transaction) => {{
                    await store.answer(transaction.objectStore("meta").delete("a"));
                    throw new Error("later");
                }}),
            ];
            return [messages, await store.all("meta"), await store.get("meta", "b")];
        }}"""
    )

    assert found == [["on purpose", "later"], [{"key": "a", "value": 1}], None]


def test_tab_lets_go_at_once_when_another_has_a_newer_version(page):
    page.evaluate(REASON)
    other = page.context.new_page()
    newer(other)
    other.goto("/")

    assert other.evaluate(REASON) == "open"
    # The old tab falls back to forms: the database is not of its time any more.
    assert page.evaluate(REASON) == "failed"


def test_open_does_not_wait_for_a_tab_that_holds_on(page):
    page.evaluate(REASON)
    page.evaluate(
        """() => new Promise((done) => {
            indexedDB.open("trenza").onsuccess = ({ target }) => { globalThis.held = target.result; done(); };
        })"""
    )
    other = page.context.new_page()
    newer(other)
    other.goto("/")

    assert other.evaluate(REASON) == "blocked"
    assert other.evaluate(REASON) == "blocked"

    page.close()
    becomes(other, f"await ({REASON})() === 'open'")


def test_upgrade_that_fails_leaves_everything_as_it_was(page):
    page.evaluate(f"async () => {load('store.js')}.put('outbox', {{ state: 'waiting' }})")
    other = page.context.new_page()
    begin = "const make = (database) => {"
    newer(other, make=(begin, f"{begin}database.deleteObjectStore('outbox');throw 1;"))
    other.goto("/")

    assert other.evaluate(f"({REASON})().catch(String)") == "failed"
    assert page.evaluate(f"async () => (await {load('store.js')}.all('outbox')).length") == 1


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("Object.defineProperty(window, 'indexedDB', { value: undefined })", "none"),
        ("IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError') }", "private"),
        ("IDBFactory.prototype.open = () => ({})", "failed"),
    ],
)
def test_open_says_why_there_is_no_database(page, trouble, reason):
    if reason == "failed":
        page.clock.install()
    page.evaluate(f"() => {{ {trouble} }}")
    page.evaluate(f"() => {{ globalThis.asked = ({REASON})(); }}")
    if reason == "failed":
        page.wait_for_timeout(100)
        page.clock.fast_forward(5_000)

    assert page.evaluate("asked") == reason
