"""The suite, the tour and pickles on other systems than the one that one happens to sit at.

    python -m tests.systems run              the suite on every system, and one table of what came of it
    python -m tests.systems run windows mips ... on some
    python -m tests.systems tour             the tour on every system, kept in docs/evidence

Windows is CPython for Windows under Wine, MIPS is Debian's CPython under qemu-user, Emscripten is Pyodide under
Node.js. What they are made of is downloaded into `.cache`; a system that cannot be prepared is a failure.
"""
