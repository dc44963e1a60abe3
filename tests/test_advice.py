"""The advice of every class in every operation is what `tests/advice.txt` says, so that a review sees each change."""

import advice


def test_advice_is_what_the_table_says() -> None:
    assert advice.FILE.read_text(encoding="utf-8") == advice.table(), "write it again with `python -m tests.advice`"
