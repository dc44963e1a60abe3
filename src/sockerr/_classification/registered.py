"""Ask the function that was registered for a library's exception what it means.

Strategy: a function is found by the class itself, or by a dotted name. A name is looked up when an exception of that
library is met, among the modules that are loaded then; nothing is imported for it. The functions that come with this
package are in `readers`, which is loaded with the first exception of a library that it knows.
"""

import sys
from collections.abc import Callable  # typing.get_type_hints looks it up
from types import ModuleType

from sockerr._codes import from_code
from sockerr._instances import is_a
from sockerr._socket_error import SocketError, clone
from sockerr._vocabulary import Evidence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias, TypeVar, overload

    from sockerr._vocabulary import Operation

    E = TypeVar("E", bound=BaseException)
    # A symbol, a `SocketError`, another exception to look at, or nothing.
    Meaning: TypeAlias = str | BaseException | None
    Reader: TypeAlias = Callable[[Any], Meaning]
else:
    # typing.get_type_hints looks the name up; typing itself costs too much to import for it.
    Reader = Callable

# By the identity of a class, for comparing two classes can run the code of a metaclass; and by the first part of the
# name, which is mostly the package that the class is defined in.
_by_class: "dict[int, tuple[type[BaseException], str, Reader]]" = {}
_by_package: "dict[str, dict[str, Reader]]" = {}

# The packages with a function in `readers`. A test compares them.
_KNOWN = frozenset(
    "_pulsar aiodns aiohttp aiokafka aiomqtt asynch asyncmy asyncpg asyncssh boto3 cassandra cimpl "
    "clickhouse_driver curl_cffi dns elastic_transport engineio geventhttpclient glide_shared grpc h11 http "
    "httpcore httpcore2 httpx httpx2 imaplib impacket kafka kazoo ldap ldap3 mariadb mysql MySQLdb nats ncclient "
    "neo4j OpenSSL oracledb pika poplib psycopg psycopg2 pycares pycurl pylibmc pymemcache pymodbus pymongo "
    "pymssql pymysql pyodbc Pyro5 redis s3transfer service_identity smb smbprotocol smtplib snowflake socketio "
    "thrift thriftpy2 tornado twisted urllib3 valkey vertica_python websocket websockets zmq".split()
)
# The functions that come with this package, by the first part of the name; none before they are needed.
_shipped: "dict[str, dict[str, Reader]]" = {}
# The identities of functions that know no more than some texts, and so are asked after what an exception wraps.
_of_texts: set[int] = set()

# What Python itself raises already has a meaning, which the fast path of `classify` relies on.
_OF_PYTHON = ("builtins", "socket", "ssl", "_ssl")

_MRO: "Any" = vars(type)["__mro__"]
_MODULE: "Any" = vars(type)["__module__"]
_QUALNAME: "Any" = vars(type)["__qualname__"]

if TYPE_CHECKING:

    @overload
    def register(exception: type[E]) -> Callable[[Callable[[E], Meaning]], Callable[[E], Meaning]]: ...
    @overload
    def register(exception: str) -> Callable[[Reader], Reader]: ...


def register(exception: "type[BaseException] | str") -> "Callable[[Reader], Reader]":
    """Register a function that tells `classify` what the exceptions of a library mean.

    `exception` is a class, or its dotted name, which imports nothing: the library need not even be installed.
    `classify` calls the function with an instance of that class, or of one derived from it. The function returns a
    symbol, a `SocketError`, another exception to look at instead, or `None` if it cannot tell:

    >>> import sockerr
    >>> class BusError(Exception):
    ...     def __init__(self, code):
    ...         self.code = code
    >>> @sockerr.register(BusError)
    ... def read_bus_error(error):
    ...     return {17: "ECONNREFUSED", 23: "ECONNRESET"}.get(error.code)
    >>> failure = sockerr.classify(BusError(17))
    >>> failure.symbol, failure.evidence
    ('ECONNREFUSED', <Evidence.LIBRARY: 'library'>)

    The function must be quick, and must not do any input or output. If it raises an exception, or returns anything
    else, `classify` logs an error to the logger `sockerr` and goes on as if it had returned `None`. A function
    registered later for the same class replaces an earlier one.

    Raises `TypeError` if `exception` is neither an exception class nor a string, and `ValueError` for a class that
    Python itself raises for sockets, or for a string that is not a dotted name.
    """
    name = exception if isinstance(exception, str) else _name_of_class(exception)
    package, _, rest = name.partition(".")
    if isinstance(exception, str) and not (rest and all(part.isidentifier() for part in name.split("."))):
        raise ValueError(f"exception must be a class or its dotted name, such as 'pycurl.error', not {name!r}")
    if package in _OF_PYTHON:
        raise ValueError(f"{name} comes with Python, and classify() knows what it means: register a class of your own")

    def decorate(function: "Reader") -> "Reader":
        if not callable(function):
            raise TypeError(f"register() decorates a function, not {type(function).__name__}")
        if isinstance(exception, str):
            # Another thread may be reading the dictionary.
            _by_package[package] = {**_by_package.get(package, {}), name: function}
        else:
            _by_class[id(exception)] = exception, name, function
        return function

    return decorate


def _name_of_class(exception: object) -> str:
    # Whoever forgets the parentheses gives the function.
    how = ": write @register(YourError) above the function" if callable(exception) else ""
    if not isinstance(exception, type) or not issubclass(exception, BaseException):
        raise TypeError(f"register() takes an exception class or its dotted name, not {exception!r}{how}")
    if issubclass(exception, SocketError):
        raise ValueError(f"{exception.__name__} is a SocketError already: classify() returns it as it is")
    return f"{exception.__module__}.{exception.__qualname__}"


def is_registered(cls: type[BaseException]) -> bool:
    """Return whether a function that knows all about the exceptions of a class is registered for it, or for a base."""
    found = _reader_of(cls)
    return found is not None and id(found[1]) not in _of_texts


def ask(
    error: BaseException, operation: "Operation | None", address: object, *, about_text: bool = False
) -> "BaseException | None":
    """Return what the function registered for an exception makes of it: a new `SocketError`, or another exception.

    A function that knows no more than some texts of a library is asked `about_text`.
    """
    found = _reader_of(type(error))
    if found is None or (id(found[1]) in _of_texts) is not about_text:
        return None
    name, function = found
    try:
        answer = function(error)
        if answer is error:
            raise TypeError("the function returned the exception that it was given: return None if it cannot tell")
        if answer is None or (is_a(answer, BaseException) and not is_a(answer, SocketError)):
            return answer
        return _typed(answer, name, operation, address)
    except Exception as problem:  # noqa: BLE001  # an author's mistake must not hide the failure that is handled
        _report(problem, name, function)
        return None


def _typed(answer: object, name: str, operation: "Operation | None", address: object) -> SocketError:
    if is_a(answer, SocketError):
        made = clone(answer)
        made.operation = made.operation or operation
        made.address = made.address if address is None else address
    elif is_a(answer, str):
        # This raises for an unknown symbol, with what it might have been.
        made = from_code(answer, operation=operation, address=address)
    else:
        raise TypeError(f"the function returned {answer!r}: return a symbol, an instance of an exception, or None")
    made.evidence = Evidence.LIBRARY
    made.library = name
    return made


def _report(problem: Exception, name: str, function: "Reader") -> None:
    """Log what is wrong with a registered function, for it cannot be raised."""
    try:
        import logging

        # An exception with other arguments than its library gives it is not the program's mistake.
        is_ours = _shipped.get(name.partition(".")[0], {}).get(name) is function
        is_named = hasattr(function, "__qualname__")
        where = f"{function.__module__}.{function.__qualname__}" if is_named else repr(function)
        level = logging.DEBUG if is_ours else logging.ERROR
        logging.getLogger("sockerr").log(level, "%s, registered for %s, is ignored", where, name, exc_info=problem)
    except Exception:  # noqa: BLE001, S110  # neither can what is wrong with the log
        pass


def _reader_of(cls: type[BaseException]) -> "tuple[str, Reader] | None":
    """Return the name and the function registered for a class, or for the nearest of its bases."""
    for each in _MRO.__get__(cls):
        known = _by_class.get(id(each))
        if known is not None:
            return known[1:]
        module = _MODULE.__get__(each)
        found = _by_name(each, module) if type(module) is str else None
        if found is not None:
            return found
    return None


def _by_name(cls: type[BaseException], module: str) -> "tuple[str, Reader] | None":
    package = module.partition(".")[0]
    if package in _KNOWN and not _shipped:
        _load_readers()
    name = f"{module}.{_QUALNAME.__get__(cls)}"
    # What a program has registered goes before what comes with this package.
    return _among(_by_package.get(package, {}), cls, name) or _among(_shipped.get(package, {}), cls, name)


def _among(functions: "dict[str, Reader]", cls: type[BaseException], name: str) -> "tuple[str, Reader] | None":
    if name in functions:
        return name, functions[name]
    # A library's public names are often defined in a module of another name.
    return next(((each, functions[each]) for each in functions if _resolve(each) is cls), None)


def _load_readers() -> None:
    try:
        from .readers import READERS, TEXTS
    except Exception:  # noqa: BLE001  # if no descriptor is left to load it with
        return
    found: dict[str, dict[str, Reader]] = {}
    for name, function in (*READERS.items(), *TEXTS.items()):
        found.setdefault(name.partition(".")[0], {})[name] = function
    _of_texts.update(map(id, TEXTS.values()))
    # All at once, because another thread may be reading it.
    _shipped.update(found)


def _resolve(name: str) -> object:
    """Return what a dotted name stands for, as far as it is loaded; nobody's code runs for it."""
    parts = name.split(".")
    for count in range(len(parts) - 1, 0, -1):
        found: Any = sys.modules.get(".".join(parts[:count]))
        if found is not None:
            for part in parts[count:]:
                found = _attributes(found).get(part)
            return found
    return None


def _attributes(owner: object) -> "dict[str, Any]":
    if type(owner) is ModuleType:
        return vars(owner)
    return dict(type.__getattribute__(owner, "__dict__")) if is_a(owner, type) else {}
