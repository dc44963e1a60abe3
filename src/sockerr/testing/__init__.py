"""Situations in which a socket fails, each provoked for real: on loopback, or in a network made for it.

>>> from sockerr import testing
>>> outcome = testing.run(testing.situation("connect-refused"))
>>> outcome.as_expected, outcome.error.symbol
(True, 'ECONNREFUSED')

The tour and the tests of this package run them all. The tests of a program can provoke one to see how it copes.
"""

from ._run import run, situation, situations
from ._situation import Outcome, Situation, Unavailable

__all__ = ["Outcome", "Situation", "Unavailable", "run", "situation", "situations"]
