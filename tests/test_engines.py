"""The recipes of the documentation for engines that read the logs of a fleet: each gives the same counts."""

import importlib
import os
from pathlib import Path

import pytest

from sockerr import platforms

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"
# What each needs; DuckDB calls functions of Python with arrays of NumPy.
ENGINES = {"duckdb": ["duckdb", "numpy"], "polars": ["polars"], "pandas": ["pandas"], "dask": ["dask.bag"]}
# A million take a minute on each engine.
LINES = int(os.environ.get("SOCKERR_ENGINE_LINES", "5000"))

pytestmark = pytest.mark.skipif(platforms.current() != "linux", reason="these engines run on this machine's own Linux")

WELL = (
    '10.0.0.{} - - [11/Nov/2024:12:00:00 +0000] "GET /index.html HTTP/1.1" 200 512 "-" "Mozilla/5.0"',
    "2024-11-11T12:00:00Z INFO handled request {} in 12 ms, path=/api/v1/items",
)
ILL = (
    "2024/11/11 12:03:02 [error] 57#57: *4 connect() failed (111: Connection refused), client: 10.0.0.{}",
    "Nov  3 18:06:25 mail postfix/smtp[1436]: connect to mx[10.0.0.{}]:25: Connection timed out",
    "2024-11-11T12:00:00Z ERROR dial tcp: lookup db on 10.0.0.{}:53: no such host",
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("engines") / "fleet.log"
    with path.open("w", encoding="utf-8") as file:
        for number in range(LINES):
            kind = ILL if number % 50 == 0 else WELL
            file.write(f"{kind[number // 50 % len(kind)].format(number % 255)}\n")
    return path


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the engines' own
@pytest.mark.parametrize("engine", ENGINES)
def test_engine_counts_what_is_there(engine: str, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ENGINES[engine]:
        pytest.importorskip(module, reason=f"needs {module}: pip install -e '.[engines]'")
    # The processes of Dask import the recipe from there.
    monkeypatch.syspath_prepend(EXAMPLES)
    fleet = importlib.import_module("fleet")
    expected = fleet.count_without_an_engine(log)
    assert sum(expected.values()) == LINES // 50
    assert getattr(fleet, f"count_with_{engine}")(log) == expected
