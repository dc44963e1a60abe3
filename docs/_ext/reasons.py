"""Why a class has its advice, as the comments in its class statement say."""

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sockerr import SocketError, _errors

KEYWORDS = ("retry", "fault")


def reasons(cls: type[SocketError]) -> dict[str, str]:
    """Return the reasons for the advice of a class; where it inherits the advice, those of its base."""
    if cls is SocketError:
        return dict.fromkeys(KEYWORDS, "Nothing is known about a symbol that has no class.")
    return {**reasons(cls.__bases__[0]), **_own()[cls.__name__]}


@cache
def _own() -> dict[str, dict[str, str]]:
    """Return the comments directly above the keywords of each class statement.

    `inspect` does not find these statements: the classes say that they are of the package.
    """
    source = Path(_errors.__file__).read_text(encoding="utf-8")
    lines = source.splitlines(keepends=True)
    statements = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]
    return {
        node.name: dict(_comments("".join(lines[node.lineno - 1 : node.body[0].lineno - 1]))) for node in statements
    }


def _comments(head: str) -> Iterator[tuple[str, str]]:
    comment: list[str] = []
    # What follows the head is replaced by a body that ends it.
    for token in tokenize.generate_tokens(io.StringIO(f"{head}    pass\n").readline):
        if token.type == tokenize.COMMENT:
            comment.append(token.string.removeprefix("# "))
        elif token.type != tokenize.NL:
            if token.string in KEYWORDS and comment:
                yield token.string, " ".join(comment)
            comment.clear()
