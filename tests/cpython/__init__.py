"""CPython's own socket tests, over a `socket` whose every call is wrapped by sockerr: what passes must still pass.

    python -m tests.cpython                                  every module, on the Python that runs
    python -m tests.cpython --quick                          what takes little time
    python -m tests.cpython --python linux-3.13 test_ssl ... some modules, on another Python

Each module of CPython's `test` package runs in a child process without sockerr and in another with it. Where a test
passes only without, both run it again, for some tests fail now and then. Where it still does, it runs with wrappers
that do nothing but call: a test that fails with these, too, bears no wrapper at all.
"""
