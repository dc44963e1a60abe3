"""Printing what other programs wrote."""


def printable(text: str) -> str:
    r"""Return a text with its control characters escaped, which a terminal would obey.

    >>> printable("a tab\tand \x1b[31mred")
    'a tab\\tand \\x1b[31mred'
    """
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
