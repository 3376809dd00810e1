"""The visitor complains: a story that passes has seen none of this."""

import pytest
from playwright.sync_api import Browser, Route

from tests.journey.visitor import visitor

SITE = "http://trenza.example"
GOOD = """<!doctype html><html lang="es"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<main>DATOS DE DEMOSTRACIÓN <a class="exit" href="/">Salir rápido</a></main>{}</html>"""
FAULTS = {
    "banner": ("", "no banner", "does not say that its data are simulated"),
    "width": ("<div style='width:400px'>.</div>", "", "is 48 pixels too wide"),
    "elsewhere": ("<img src='http://elsewhere.example/a.png' alt=''>", "", "asked elsewhere: http://elsewhere.example"),
    "policy": ("<script>1</script>", "", "Content Security Policy"),
    "missing": ("<img src='/missing.png' alt=''>", "", "404 GET http://trenza.example/missing.png"),
}


def serve(browser: Browser, html: str) -> None:
    """One page as the visitor sees it; what it asks of anybody else is answered with nothing."""

    def answer(route: Route) -> None:
        ours = route.request.url == f"{SITE}/"
        status = 404 if "missing" in route.request.url else 200
        policy = {"Content-Security-Policy": "default-src * data:; script-src 'none'; style-src 'unsafe-inline'"}
        kind = "text/html" if ours else "image/png"
        route.fulfill(status=status, body=html if ours else "", content_type=kind, headers=policy)

    with visitor(browser, SITE) as someone:
        someone.context.route("**", answer)
        someone.open("/")


def test_visitor_has_nothing_to_say_of_a_good_page(browser: Browser):
    serve(browser, GOOD.format(""))


@pytest.mark.parametrize("fault", FAULTS)
def test_visitor_complains(browser: Browser, fault: str):
    added, without, words = FAULTS[fault]
    page = GOOD.format(added).replace("DATOS DE DEMOSTRACIÓN", "nada") if without else GOOD.format(added)

    with pytest.raises(AssertionError, match=words):
        serve(browser, page)


def test_visitor_complains_of_a_page_without_the_quick_exit(browser: Browser):
    with pytest.raises(AssertionError, match="has no quick exit"):
        serve(browser, GOOD.format("").replace('class="exit"', ""))
