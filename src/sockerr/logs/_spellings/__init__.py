"""The grammar: the spellings that `parse` understands, one row each, with an example that is its test."""

from . import (
    apple,
    beam,
    browsers,
    databases,
    devices,
    go,
    go_programs,
    javascript,
    jvm,
    jvm_services,
    jvm_tls,
    languages,
    mail,
    numbers,
    python,
    python_clients,
    rust,
    servers,
    sql_server,
    ssh,
    tls,
    tools,
    windows,
)

NUMBERS = numbers.ROWS
"""Spellings with a number."""

PHRASES = (
    *go.ROWS,
    *go_programs.ROWS,
    *javascript.ROWS,
    *browsers.ROWS,
    *jvm.ROWS,
    *jvm_tls.ROWS,
    *jvm_services.ROWS,
    *python.ROWS,
    *python_clients.ROWS,
    *languages.ROWS,
    *rust.ROWS,
    *beam.ROWS,
    *apple.ROWS,
    *servers.ROWS,
    *devices.ROWS,
    *mail.ROWS,
    *tools.ROWS,
    *ssh.ROWS,
    *databases.ROWS,
    *sql_server.ROWS,
    *windows.ROWS,
    *tls.ROWS,
)
"""Spellings in words."""
