"""The few shapes that the pictures are drawn with; `docs/_static/pages.css` gives them their colours."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple


class Area(NamedTuple):
    """Where a shape is."""

    x: float
    y: float
    width: float
    height: float


LINE = 18
# How wide a character of the monospaced font is at most, at the size that the pages give it.
CHARACTER = 7.3


def text(x: float, y: float, words: str, style: str = "", *, href: str | None = None) -> str:
    """Return a line of text whose base line begins at a point, as a link if it leads somewhere."""
    shape = f'<text x="{x:g}" y="{y:g}" class="{style}">{escape(words)}</text>'
    return shape if href is None else f'<a href="{escape(href)}">{shape}</a>'


def box(x: float, y: float, width: float, height: float, style: str = "box") -> str:
    """Return a rectangle with round corners."""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6" class="{style}"/>'


def arrow(*points: tuple[float, float]) -> str:
    """Return a line through some points, with a head at its end."""
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polyline points="{path}" class="arrow"/>'


def line(*points: tuple[float, float]) -> str:
    """Return a line through some points."""
    path = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polyline points="{path}" class="line"/>'


def picture(title: str, width: float, height: float, shapes: Iterable[str]) -> str:
    """Return a picture that a page can include; what does not fit in the window scrolls inside itself."""
    head = (
        '<marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0,0 L8,4 L0,8 z" class="head"/></marker>'
    )
    body = "\n".join(shapes)
    return (
        f'```{{raw}} html\n<figure class="picture" tabindex="0" role="group" aria-label="{escape(title)}">\n'
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" '
        f'xmlns="http://www.w3.org/2000/svg">\n<defs>{head}</defs>\n{body}\n</svg>\n</figure>\n```'
    )
