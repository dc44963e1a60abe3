"""A page for each class of errors, made from its row, the tour, the evidence and the table of libraries."""

import inspect
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import apart
import evidence
import rows
import spellings
from pieces import code, details, link, link_by_name, listed, operations, table
from reasons import reasons

from sockerr import Operation, SocketError, testing
from sockerr._socket_error import catalogue
from sockerr.testing import Situation, _failing

HERE = Path(__file__).parents[1]
DIRECTORY = HERE / "errors"
# The run that a page shows in full.
SHOWN = "linux"

# Why no machine of this project provokes it: its page shows how the error is built instead.
NOT_PROVOKED = {
    "ResolverFailed": "the name servers in the tour's network answer, refuse, fail or stay silent, and glibc turns "
    "all of these into `EAI_AGAIN`",
    "ConnectionAborted": "Linux hands out a connection that its client has reset, and the tour was not run on "
    "FreeBSD and Windows, which do not",
    "NetworkDown": "Linux reports it for packet sockets and, in accept, for clients whose network has failed",
    "Interrupted": "Python makes the call again after a signal (PEP 475)",
    "OperationCancelled": "only overlapped calls on Windows end like this",
    "WinsockUnavailable": "it needs a Windows whose socket library does not start",
    "ConnectFailed": "the socket module always says why; only libraries raise it",
    "TLSWantWrite": "OpenSSL asks for it when the send buffer is full in the middle of a handshake",
    "CertificateRejectedByPeer": "it needs a client that rejects the certificate of a server under test",
}


_OF_SITUATION = """\
from sockerr import testing

outcome = testing.run(testing.situation("{}"))
print(repr(outcome.original))
print(type(outcome.error).__name__, outcome.error, sep=": ")"""

_OF_ENDPOINT = """\
import socket

import sockerr
from sockerr import testing

with testing.failing(sockerr.{}) as endpoint:
    context = endpoint.client_context()
    with socket.create_connection(endpoint.address) as sock:
        try:
            with context.wrap_socket(sock, server_hostname=endpoint.host) as tls:
                tls.recv(1)
        except OSError as error:
            print(repr(error))
            failure = sockerr.classify(error)
            print(type(failure).__name__, failure, sep=": ")"""

_BUILT = """\
import sockerr

error = {}
print(repr(error))
print(error.hint)"""


def write() -> None:
    """Write the page of every class, where it differs from the one that is there."""
    DIRECTORY.mkdir(exist_ok=True)
    pages = {f"{cls.__name__}.md": page(cls) for cls in catalogue()}
    for path in DIRECTORY.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        path = DIRECTORY / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def page(cls: type[SocketError]) -> str:
    """Return the page of a class."""
    texts = rows.paragraphs(cls)
    sections = {
        "What to do": _to_do(cls),
        "Is a retry safe, and who can fix it?": _advice(cls),
        "Where it happens": _where(cls),
        "Tell it apart": _apart(cls),
        "Make it happen": _recipe_section(cls),
        "Numbers": spellings.numbers(cls),
        "What systems say": _sentences(cls),
        "What Python raised": _raised(cls),
        "Which libraries raise it": _libraries(cls),
        "Reference": _reference(cls),
    }
    head = [f"# {spellings.title(cls)}", spellings.index(cls), *texts, _at_a_glance(cls)]
    body = [f"## {title}\n\n{text}" for title, text in sections.items() if text]
    return "\n\n".join(filter(None, [*head, *body])) + "\n"


def _at_a_glance(cls: type[SocketError]) -> str:
    facts = {
        "Can it be repeated?": f"{rows.retry(cls, met_in(cls))} ({{doc}}`what the words mean </retrying>`)",
        "Who can fix it?": rows.fault(cls, met_in(cls)),
        "Symbols": rows.symbols(cls) or "none: it has no number of its own",
        "Caught by": ", ".join(f"`except {name}`" for name in rows.caught_by(cls)),
    }
    return "\n\n".join(f"**{name}**\n: {text}" for name, text in facts.items())


def met_in(cls: type[SocketError]) -> list[Operation]:
    """Return the operations in which a class is known to occur; all of them, if none is known."""
    met = {each.operation for each in testing.situations() if cls in each.expected}
    met.update(operation for of in rows.claims(cls).values() for operation in of if operation is not None)
    met.update(operation for _, of in rows.hints(cls) for operation in of if operation is not None)
    return [operation for operation in Operation if operation in met or not met]


def _to_do(cls: type[SocketError]) -> str:
    (always, _), *others = rows.hints(cls)
    return "\n".join([always, "", *(f"- **{operations(of).strip().capitalize()}:** {hint}" for hint, of in others)])


def _advice(cls: type[SocketError]) -> str:
    why = reasons(cls)
    return (
        f"**Retry:** {rows.retry(cls, met_in(cls))}. {why['retry']}\n\n"
        f"**Fault:** {rows.fault(cls, met_in(cls))}. {why['fault']}\n\n"
        "{doc}`/retrying` says when the advice is more cautious."
    )


def situations(cls: type[SocketError]) -> list[Situation]:
    """Return the situations of the tour that end in a class, or in one that is derived from it."""
    every = testing.situations()
    own = [each for each in every if each.expected[0] is cls]
    return own or [each for each in every if issubclass(each.expected[0], cls)]


def _where(cls: type[SocketError]) -> str:
    """Return a table of the operations in which the tour meets a class, and what happened there."""
    cases: dict[Operation, list[str]] = {}
    for each in testing.situations():
        if cls in each.expected:
            cases.setdefault(each.operation, []).append(each.sentence)
    made = rows.examples(cls)
    found = [
        (f"`{operation}`", "; ".join(said), f"`{made[operation].retry}`", f"`{made[operation].fault}`")
        for operation, said in cases.items()
    ]
    return table(("Operation", "What happened", "Retry", "Fault"), found) if found else ""


def _apart(cls: type[SocketError]) -> str:
    groups = {title: group for title, group in apart.GROUPS.items() if cls.__name__ in group}
    lists = [
        "\n".join((f"**{title}**", "", *(_told(cls, name, text) for name, text in group.items())))
        for title, group in groups.items()
    ]
    related = [base for base in cls.__mro__[1:] if issubclass(base, SocketError) and base is not SocketError]
    derived = [each for each in catalogue() if cls in each.__bases__]
    family = []
    if related and cls is not SocketError:
        family.append(f"Handlers of {listed(map(link, related))} catch it, too.")
    if derived and cls is not SocketError:
        family.append(f"More specific classes: {listed(map(link, derived))}.")
    return "\n\n".join([*lists, *family])


def _told(cls: type[SocketError], name: str, text: str) -> str:
    return f"- {'**This one**' if name == cls.__name__ else link_by_name(name)}: {text}"


def recipe(cls: type[SocketError]) -> tuple[str, Situation | None]:
    """Return a program that prints an error of a class, and the situation that it runs, if it runs one."""
    found = [each for each in situations(cls) if _shown(each.name)["error"] is not None]
    if found:
        # What needs no network of its own runs everywhere, and most readers come from connect.
        found.sort(key=lambda each: (each.needs is not None, each.operation is not Operation.CONNECT))
        return _OF_SITUATION.format(found[0].name), found[0]
    if (by_endpoint := _by_endpoint(cls)) is not None:
        return by_endpoint, None
    symbol = next(iter(rows.claims(cls)), None)
    has_symbol = symbol is not None and not symbol.startswith("WSA")
    return _BUILT.format(f'sockerr.from_code("{symbol}")' if has_symbol else f"sockerr.{cls.__name__}()"), None


def _by_endpoint(cls: type[SocketError]) -> str | None:
    """Return a program that meets a class of TLS at an endpoint of `sockerr.testing`; `None` for other classes."""
    of_tls = [each.error for each in _failing.FAILURES if each.client == "TLS"]
    met = next((each for each in (cls, *of_tls) if each in of_tls and issubclass(each, cls)), None)
    if met is None:
        return None
    return _OF_ENDPOINT.format(met.__name__)


def _recipe_section(cls: type[SocketError]) -> str:
    program, situation = recipe(cls)
    parts = [f"```python\n{program}\n```"]
    if situation is None:
        why = NOT_PROVOKED.get(cls.__name__)
        if why is not None:
            parts.insert(0, f"The tour does not provoke it: {why}. This builds the error:")
        return "\n\n".join(parts)
    parts.append(details("What it printed", _session(situation)))
    needs = f" It needs a {situation.needs} namespace of its own, which Linux has." if situation.needs else ""
    source = inspect.getsource(situation.provoke)
    source = re.sub(r"\A(@.*?)^def ", "def ", source, flags=re.DOTALL | re.MULTILINE)
    own = f"This is the code of the tour that makes it happen, from `{situation.provoke.__module__}`.{needs}"
    parts.append(f"{own}\n\n```python\n{source.rstrip()}\n```")
    return "\n\n".join(parts)


@cache
def _shown(name: str) -> evidence.Record:
    return evidence.by_name(evidence.newest()[SHOWN])[name]


def _session(situation: Situation) -> str:
    tour, record = evidence.newest()[SHOWN], _shown(situation.name)
    error = record["error"]
    arguments = ", ".join(map(repr, error["args"]))
    where = f"{tour['python']} on {evidence.system(tour)}, {tour['date']}"
    return f"{where}:\n\n```text\n{record['raised']}({arguments})\n{error['error']}: {error['message']}\n```"


def _sentences(cls: type[SocketError]) -> str:
    found = spellings.sentences(cls)
    of_openssl = listed(map(code, spellings.of_openssl(cls))) if spellings.of_openssl(cls) else ""
    return "\n\n".join(filter(None, (found, of_openssl and f"OpenSSL says {of_openssl}.")))


def _raised(cls: type[SocketError]) -> str:
    """Return a table of what Python raised in the situations of a class, on every system where it was run."""
    tours = evidence.newest()
    runs = {name: evidence.by_name(tour) for name, tour in tours.items()}
    own = [each for each in testing.situations() if any(_became(run, each, cls) for run in runs.values())]
    found = [
        (f"{each.operation}: {each.sentence}", *(_raised_there(run[each.name], cls) for run in runs.values()))
        for each in own
    ]
    heads = ["Situation", *(f"{evidence.system(tour)}, {tour['python']}" for tour in tours.values())]
    return table(heads, found) if found else ""


def _became(run: dict[str, evidence.Record], situation: Situation, cls: type[SocketError]) -> bool:
    error = run[situation.name]["error"]
    return error is not None and error["error"] == cls.__name__


def _raised_there(record: evidence.Record, cls: type[SocketError]) -> str:
    error = record["error"]
    if error is None:
        return "not provoked"
    number = error["code"] if error["winerror"] is None else error["winerror"]
    other = "" if error["error"] == cls.__name__ else f", which is {link_by_name(error['error'])}"
    raised = "a number alone" if record["raised"] is None else f"`{record['raised']}`"
    return f"{raised}{'' if number is None else f' {number}'}{other}"


@cache
def _failures() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / "libraries.json").read_text(encoding="utf-8"))["failures"]
    return found


def _libraries(cls: type[SocketError]) -> str:
    raised: dict[str, list[str]] = {}
    for each in _failures():
        if each.get("error") == cls.__name__:
            raised.setdefault(each["raised"].removeprefix("builtins."), []).append(each["library"])
    if not raised:
        return ""
    found = [(code(name), ", ".join(dict.fromkeys(libraries))) for name, libraries in sorted(raised.items())]
    count = len(dict.fromkeys(name for libraries in raised.values() for name in libraries))
    return f"{count} libraries raised this when they were made to fail; {{doc}}`/libraries` shows how.\n\n" + details(
        "Which exceptions", table(("Exception", "Libraries"), found)
    )


def _reference(cls: type[SocketError]) -> str:
    members = "" if cls is SocketError else "   :no-members:\n"
    return f"```{{eval-rst}}\n.. autoexception:: sockerr.{cls.__name__}\n{members}```"
