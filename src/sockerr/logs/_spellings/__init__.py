"""The grammar: the spellings that `parse` understands, one row each, with an example that is its test."""

from . import (
    apple,
    beam,
    browsers,
    databases,
    go,
    javascript,
    jvm,
    languages,
    mail,
    numbers,
    python,
    rust,
    servers,
    sql_server,
    tls,
    tools,
    windows,
)

NUMBERS = numbers.ROWS
"""Spellings with a number."""

PHRASES = (
    *go.ROWS,
    *javascript.ROWS,
    *browsers.ROWS,
    *jvm.ROWS,
    *python.ROWS,
    *languages.ROWS,
    *rust.ROWS,
    *beam.ROWS,
    *apple.ROWS,
    *servers.ROWS,
    *mail.ROWS,
    *tools.ROWS,
    *databases.ROWS,
    *sql_server.ROWS,
    *windows.ROWS,
    *tls.ROWS,
)
"""Spellings in words."""
