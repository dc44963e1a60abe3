"""CPython's own socket tests, over a `socket` whose every call is wrapped by sockerr: what passes must still pass.

    python -m tests.cpython                                  every module, on the Python that runs
    python -m tests.cpython --quick                          what takes little time
    python -m tests.cpython --python linux-3.13 test_ssl ... some modules, on another Python

Each module of CPython's `test` package runs in a child process without sockerr and in another with it. Where a test
passes only without, both run it again, for some tests fail now and then. Where it still does, two more runs ask why:

* With wrappers that do nothing but call. A test that fails with these, too, bears no wrapper at all.
* With sockerr, but with the messages that the errors had. A test that passes with these compares the message, which
  sockerr begins with the operation, as its documentation says. All else that handlers look at has to be the same.

CPython's tests are told that there is no network. Some look up names nevertheless, so where the system permits it they
run in a network namespace that has only a loopback interface.
"""
