"""`trenza credential verify`: credentials of anybody, as files and from addresses."""

import http.server
import json
import threading

import pytest
from click.testing import CliRunner

from tests.apps.credentials.extracting.test_files import LINK, as_bytes, page, pdf, square
from tests.apps.credentials.openbadges import others
from trenza.apps.credentials.openbadges import contexts, status_lists
from trenza.apps.credentials.openbadges.canonical import ensure_known_contexts
from trenza.cli.credentials import credential

pytestmark = pytest.mark.django_db


def run(*args):
    return CliRunner().invoke(credential, ["verify", *map(str, args)])


@pytest.fixture
def did(tmp_path):
    path = tmp_path / "did.json"
    path.write_text(json.dumps(others.did_document()))
    return path


@pytest.fixture
def file(tmp_path):
    def written(content):
        path = tmp_path / "it"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_of_others_it_says_that_it_cannot_say_until_somebody_trusts_them(file, did):
    path = file(json.dumps(others.signed()))

    unknown, trusted = run(path), run(path, "--trust", did)

    assert (unknown.exit_code, trusted.exit_code) == (2, 0)
    assert "unknown issuer" in unknown.output
    assert "Academia (did:web:academia.example)" in trusted.output


@pytest.mark.parametrize("wrapped", [str.encode, pdf])
def test_token_by_itself_and_in_a_pdf(file, did, wrapped):
    assert run(file(wrapped(others.token())), "--trust", did).exit_code == 0


def test_status_list_at_hand_is_asked(file, did, tmp_path):
    address = "https://academia.example/estado/1"
    payload = others.stated().to_jwt_payload()
    payload["credentialStatus"] = status_lists.entry(address, 7, "revocation")
    listed = {
        "@context": [contexts.CREDENTIALS], "id": address, "issuer": others.DID,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "credentialSubject": {
            "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": status_lists.encode({7}),
        },
    }  # fmt: skip
    status = tmp_path / "status"
    status.write_text(others.token(payload=listed))
    path = file(others.token(payload=payload))

    alone, asked = run(path, "--trust", did), run(path, "--trust", did, "--status", status)

    assert (alone.exit_code, asked.exit_code) == (0, 1)
    assert "its list is not at hand" in alone.output
    assert "revoked: its issuer took it back" in asked.output


def test_did_that_is_a_key_is_said_to_be_nobodys(file):
    done = run(file(json.dumps(others.of_its_own_key())))

    assert done.exit_code == 2
    assert "says nothing of whose" in done.output


def test_code_alone_leads_to_its_page(file):
    done = run(file(as_bytes(page(square(LINK, 300)))))

    assert done.exit_code == 2
    assert "/certificado/K7QX3M9ZT2W8R5VN4H6JBPYCD0/" in done.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"), (b"x" * 6_000_000, "5 MB"), (pdf(), "no credential is attached"),
        (pdf("{}", password="x"), "password"), (b"\xff", "no PDF"), (b"nada", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_bad_is_said_in_words(file, content, said):
    done = run(file(content))

    assert done.exit_code == 1
    assert said in done.output


def test_files_that_are_no_keys_and_no_lists_are_refused(file, did, tmp_path):
    path = file(json.dumps(others.signed()))
    nothing = tmp_path / "nothing"
    nothing.write_text("{}")

    assert "no key with which" in run(path, "--trust", nothing).output
    assert "cannot be read" in run(path, "--trust", path.parent / "it", "--status", file(b"\xff")).output
    assert "There is no file" in run("nowhere.json").output


class Answering(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://10.0.0.1/secret")
            self.end_headers()
            return
        if self.path == "/near":
            self.send_response(302)
            self.send_header("Location", "/it")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * 6_000_000 if self.path == "/big" else json.dumps(others.signed()).encode())

    def log_message(self, *_args):
        pass


@pytest.fixture
def server():
    made = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


def test_address_that_the_operator_typed_is_fetched(server, did):
    assert run(f"{server}/it", "--trust", did).exit_code == 0
    assert run(f"{server}/near", "--trust", did).exit_code == 0


def test_address_leads_nowhere_else(server):
    away, big, plain = run(f"{server}/away"), run(f"{server}/big"), run("http://trenza.example/it")

    assert [each.exit_code for each in (away, big, plain)] == [1, 1, 1]
    assert "It leads elsewhere: http://10.0.0.1/secret" in away.output
    assert "more than 5 MB" in big.output
    assert "Only https" in plain.output
    assert "could not be fetched" in run("http://127.0.0.1:1/it").output


def test_all_contexts_of_the_standard_are_at_hand():
    for version in ("3.0.1", "3.0.2", "3.0.3"):
        address = f"https://purl.imsglobal.org/spec/ob/v3p0/context-{version}.json"
        ensure_known_contexts({"@context": [contexts.CREDENTIALS, address]})
