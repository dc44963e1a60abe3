"""Reads error numbers from real headers and Pythons, to write and verify the tables of sockerr.

`fetch` downloads the packages that carry the headers, `verify` compares every table with each of
its sources, and `write` puts the numbers of all its sources together into a table.

    python -m tests.headers fetch
    python -m tests.headers verify
    python -m tests.headers write darwin
"""
