"""Every table of numbers against every source that it rests on."""

import pytest
from headers import sources, tables
from headers.cache import Unavailable
from headers.sources import Source
from headers.symbols import in_order

KINDS = ("ERRNO", "RESOLVER", "HERROR", "CRT")


@pytest.mark.parametrize("source", sources.SOURCES, ids=lambda source: f"{source.table}-{source.name}")
def test_agrees_with_source(source: Source) -> None:
    """No number differs, and no symbol of the source is missing."""
    try:
        result = sources.compare(source)
    except Unavailable as reason:
        pytest.skip(str(reason))
    assert result.differing == ()
    assert result.missing == ()
    assert result.compared > 0


@pytest.mark.parametrize("table", tables.names())
def test_every_symbol_has_a_source(table: str) -> None:
    """A table holds nothing that none of its sources shows."""
    try:
        assert sources.unsourced(table) == ()
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("table", tables.names())
def test_in_order(table: str) -> None:
    """Symbols stand in the order of their numbers, the canonical one first."""
    numbers = tables.read(table)
    for kind in KINDS:
        found = numbers.get(kind, {})
        assert list(found.items()) == list(in_order(found))


@pytest.mark.parametrize("table", tables.names())
def test_has_sources(table: str) -> None:
    """No table goes unverified."""
    assert sources.of(table)
