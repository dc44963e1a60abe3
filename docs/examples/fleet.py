"""Count the socket failures in a log, on four engines."""

from collections import Counter
from pathlib import Path

import sockerr


def failure(line: str) -> str | None:
    """Return the class of the first failure that a line reports."""
    return next((type(found.error).__name__ for found in sockerr.parse(line)), None)


def count_with_duckdb(path: Path) -> dict[str, int]:
    import duckdb

    with duckdb.connect() as connection:
        # DuckDB takes no NULL from a function, unless it is told to.
        connection.create_function("socket_failure", lambda line: failure(line) or "", ["VARCHAR"], "VARCHAR")
        rows = connection.execute(
            """
            SELECT socket_failure(line) AS failure, count(*)
            FROM read_csv(?, columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '', header = false)
            GROUP BY failure HAVING failure <> ''
            """,
            [str(path)],
        )
        return dict(rows.fetchall())


def count_with_polars(path: Path) -> dict[str, int]:
    import polars

    lines = polars.read_csv(path, has_header=False, separator="\x01", quote_char=None, new_columns=["line"])
    found = lines["line"].map_elements(failure, return_dtype=polars.String).drop_nulls()
    return dict(found.value_counts().rows())


def count_with_pandas(path: Path) -> dict[str, int]:
    import pandas

    with path.open(encoding="utf-8", errors="replace") as file:
        return dict(pandas.Series(file).map(failure).value_counts())


def count_with_dask(path: Path) -> dict[str, int]:
    import dask.bag

    found = dask.bag.read_text(str(path), blocksize="8MB", errors="replace").map(failure)
    return {name: count for name, count in found.frequencies().compute() if name is not None}


def count_without_an_engine(path: Path) -> dict[str, int]:
    with path.open(encoding="utf-8", errors="replace") as file:
        return {name: count for name, count in Counter(map(failure, file)).items() if name is not None}
