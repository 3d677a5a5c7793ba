import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reasons import LONGEST_REASON, BadReasonError, read_reason
from tests.domain.examples import unhurried


def test_a_reason_is_kept_on_one_line() -> None:
    assert read_reason("  nghỉ \n lễ\t30/4 ") == "nghỉ lễ 30/4"
    assert read_reason("đảo \u202engược") == "đảo ngược"


@pytest.mark.parametrize("typed", ["", " \n\u200b ", "x" * (LONGEST_REASON + 1)])
def test_no_reason_and_one_that_is_too_long_are_refused(typed: str) -> None:
    with pytest.raises(BadReasonError):
        read_reason(typed)


@unhurried
@given(st.text(max_size=200))
def test_whatever_is_typed_is_one_bounded_line_or_refused(typed: str) -> None:
    try:
        reason = read_reason(typed)
    except BadReasonError:
        return
    assert 0 < len(reason) <= LONGEST_REASON
    assert len(reason.splitlines()) == 1
    assert read_reason(reason) == reason
