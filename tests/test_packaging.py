"""What the package says of itself."""

from importlib import import_module, metadata
from types import FunctionType, ModuleType
from typing import get_type_hints

import pytest

import sockerr
from sockerr import platforms


def test_version_is_the_metadatas() -> None:
    assert sockerr.__version__ == metadata.version("sockerr")


def test_typing_extensions_is_all_it_needs() -> None:
    needed = [each for each in metadata.requires("sockerr") or [] if "extra ==" not in each]
    assert [each.partition(">")[0] for each in needed] == ["typing-extensions"]


def test_command_runs_what_python_m_runs() -> None:
    (command,) = metadata.entry_points(group="console_scripts", name="sockerr")
    assert command.load() is import_module("sockerr.__main__").main


def test_every_public_name_is_there_and_says_that_it_is_public() -> None:
    for name in sockerr.__all__:
        public = getattr(sockerr, name)
        assert name == "platforms" or public.__module__ == "sockerr"


@pytest.mark.parametrize("module", [sockerr, platforms])
def test_annotations_of_public_functions_can_be_read_at_run_time(module: ModuleType) -> None:
    functions = [each for each in map(vars(module).get, module.__all__) if isinstance(each, FunctionType)]
    assert functions
    for function in functions:
        assert "return" in get_type_hints(function)


def test_unknown_attribute_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'sockerr' has no attribute 'ConnectionFused'"):
        sockerr.ConnectionFused  # noqa: B018  # reading it is the test
