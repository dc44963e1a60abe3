"""The pages of the documentation in a browser: searches, widths, accessibility, links.

They are built first, into an empty folder, since Sphinx forgets the index of pages that have not changed. Pictures of
some pages are kept in `build/screenshots`.

    pip install -e '.[docs,browser]' && sphinx-build docs docs/_build/html && pytest tests/test_browser.py
"""

import importlib
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urljoin

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs browser: playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs browser: axe is not installed")

ROOT = Path(__file__).parents[1]
HTML = ROOT / "docs" / "_build" / "html"
SCREENSHOTS = ROOT / "build" / "screenshots"
PAGES = sorted(str(path.relative_to(HTML)) for path in HTML.rglob("*.html") if "_static" not in path.parts)
if not PAGES:
    pytest.skip("needs browser: the pages are not built", allow_module_level=True)

# The Chromium of the system, where there is one; without it, the one that `playwright install chromium` brings.
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")
# One page of each kind; the others are made in the same way.
KINDS = ("index.html", "tutorial.html", "errors.html", "errors/ConnectionRefused.html", "libraries.html", "api.html")
SEARCHES = {
    "10061": "ConnectionRefused",
    "WSAECONNREFUSED": "ConnectionRefused",
    "0x8007274D": "ConnectionRefused",
    "errno 61": "ConnectionRefused",
    "Connection refused": "ConnectionRefused",
    "No connection could be made because the target machine actively refused it": "ConnectionRefused",
    "nodename nor servname": "NameNotFound",
    "ECONNRESET": "ConnectionReset",
    "WinError 10054": "ConnectionReset",
    "EINVAL": "MisuseError",
    "certificate has expired": "CertificateExpired",
    "getaddrinfo failed": "NameNotFound",
    "CERTIFICATE_VERIFY_FAILED": "CertificateRejected",
    "ConnectionResetError: [Errno 104] Connection reset by peer": "ConnectionReset",
    "OSError: [Errno 113] No route to host": "HostUnreachable",
    "OSError: [Errno 101] Network is unreachable": "NetworkUnreachable",
    "OSError: [Errno 48] Address already in use": "AddressInUse",
    "OSError: [Errno 24] Too many open files": "TooManyOpenFiles",
    "BlockingIOError: [Errno 11] Resource temporarily unavailable": "WouldBlock",
    "TimeoutError: [Errno 110] Connection timed out": "TimedOut",
    "socket.gaierror: [Errno -2] Name or service not known": "NameNotFound",
    "socket.gaierror: [Errno 11001] getaddrinfo failed": "NameNotFound",
    "OSError: [WinError 10038] An operation was attempted on something that is not a socket": "SocketClosed",
    "[Errno 10061]": "ConnectionRefused",
    "http.client.RemoteDisconnected: Remote end closed connection without response": "ConnectionReset",
    "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)": (
        "CertificateExpired"
    ),
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


class Site(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing of the connections that a browser closes when it leaves a page."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with Site(("127.0.0.1", 0), partial(Quiet, directory=str(HTML))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield "http://{}:{}/".format(*server.server_address)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    options = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page whose console is empty when the test ends."""
    page = browser.new_page()
    said: list[str] = []

    def keep(message: Any) -> None:
        # Browsers look for favicon.ico by themselves, where a page is left before its own icon has come.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            said.append(message.text)

    page.on("console", keep)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


@pytest.mark.parametrize(("words", "name"), SEARCHES.items())
def test_search_finds_the_page_first(page: Any, words: str, name: str) -> None:
    _search(page, f"{HTML.as_uri()}/", words, name)


# From a server the search fetches the pages too, for their summaries.
@pytest.mark.parametrize(("words", "name"), list(SEARCHES.items())[:7])
def test_search_of_a_site_finds_the_page_first(page: Any, site: str, words: str, name: str) -> None:
    _search(page, site, words, name)


def _search(page: Any, address: str, words: str, name: str) -> None:
    page.goto(f"{address}search.html?q={quote(words)}")
    first = page.locator("ul.search li a").first
    first.wait_for()
    page.locator(".search-summary", has_text="found").wait_for()
    assert urldefrag(first.get_attribute("href"))[0].endswith(f"errors/{name}.html")


@pytest.mark.parametrize("half", [0, 1])
def test_no_page_scrolls_sideways(page: Any, site: str, half: int) -> None:
    wide = []
    for name in PAGES[half::2]:
        page.goto(site + name, wait_until="load")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                wide.append((name, width))
    assert wide == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", KINDS)
def test_pages_are_accessible(page: Any, site: str, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(site + name)
    # The rows of the largest table are alike, and take a minute.
    page.evaluate("document.querySelectorAll('#matrix tbody tr:nth-child(n + 20)').forEach(row => row.remove())")
    found = axe.Axe().run(page).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [node["html"][:200] for node in each["nodes"][:5]]) for each in serious] == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", KINDS)
def test_pages_are_kept_as_pictures(page: Any, site: str, name: str, scheme: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 1280, "height": 1400})
    page.goto(site + name)
    picture = SCREENSHOTS / f"{Path(name).stem}-{scheme}.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000


def test_libraries_open_one_by_one_on_a_phone(page: Any, site: str) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{site}libraries.html")
    cells = page.locator("#matrix tbody tr").first.locator("td")
    assert not cells.first.is_visible()
    page.locator("#matrix tbody tr").first.get_by_role("button").click()
    assert cells.first.is_visible()
    page.get_by_role("searchbox").fill("psycopg2")
    assert page.locator("#matrix td:visible").count() > 0


def test_code_is_copied_with_one_click(page: Any, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.rstrip("/"))
    page.goto(f"{site}tutorial.html")
    page.locator("div.highlight", has_text="check(endpoint.address)").first.hover()
    page.locator("div.highlight", has_text="check(endpoint.address)").first.locator("button.copybtn").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("from sockerr import testing\nwith testing.refusing()")


class Links(HTMLParser):
    """The links of a page, and the places in it that a link can lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = {""}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("class") == "viewcode-back":
            # These are hidden.
            return
        self.places.update(filter(None, (given.get("id"), given.get("name") if tag == "a" else None)))
        link = given.get("href") if tag in ("a", "link") else given.get("src")
        if link is not None:
            self.links.append(link)


def test_every_internal_link_leads_somewhere() -> None:
    read = {}
    for name in PAGES:
        read[name] = Links()
        read[name].feed((HTML / name).read_text(encoding="utf-8"))
    broken = []
    for name, links in read.items():
        for link in links.links:
            target, place = urldefrag(urljoin(name, link.partition("?")[0]))
            if "://" in link or (link.startswith(("mailto:", "data:", "#")) and place in links.places):
                continue
            exists = (HTML / unquote(target)).is_file()
            if not exists or (target in read and unquote(place) not in read[target].places):
                broken.append((name, link))
    assert broken == []


@pytest.mark.parametrize(
    "module", ["sockerr", "sockerr.logs", "sockerr.platforms", "sockerr.testing", "sockerr.typing"]
)
def test_every_public_name_is_documented(module: str) -> None:
    from sphinx.util.inventory import InventoryFile

    with (HTML / "objects.inv").open("rb") as file:
        inventory = InventoryFile.loads(file.read(), uri="")
    documented = {name for kind, objects in inventory.data.items() if kind.startswith("py:") for name in objects}
    public = {f"{module}.{name}" for name in importlib.import_module(module).__all__}
    submodules = {name for name in public if name in ("sockerr.logs", "sockerr.platforms", "sockerr.testing")}
    assert public - documented - submodules - {"sockerr.__version__"} == set()
