"""Words in a form: bounded, on one line, of their own day."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.forms import DUTY, LONGEST_TEXT, TextTooLongError, checked_text, copied
from tests.domain.examples import unhurried


@unhurried
@given(st.text(max_size=500), st.integers(1, LONGEST_TEXT))
def test_words_are_one_line_that_is_seen_and_bounded(typed: str, longest: int) -> None:
    try:
        words = checked_text(typed, longest)
    except TextTooLongError as error:
        length = error.length
        words = checked_text(typed, length)
        assert longest < length == len(words)
    assert words == " ".join(words.split())
    assert not any(unicodedata.category(c).startswith("C") for c in words)
    assert checked_text(words, len(words)) == words


@pytest.mark.parametrize("typed", ["", " \n\t", "\u200b", "\u202e\u2066", "\x00\x1b"])
def test_what_nobody_can_see_is_no_text(typed: str) -> None:
    assert checked_text(typed) == ""


def test_letters_are_counted_composed() -> None:
    typed = unicodedata.normalize("NFD", "ệ" * LONGEST_TEXT)
    assert checked_text(typed) == "ệ" * LONGEST_TEXT
    with pytest.raises(TextTooLongError):
        checked_text(typed + "x")


def test_another_days_texts_are_not_copied() -> None:
    answers = {
        "duty_commander": "deputy",
        "absent": {"sick": 1},
        "safety": None,
        "order": False,
        "work": "Tuần tra",
        "tomorrow": "Huấn luyện",
        "recommendation": "Thêm đèn",
    }
    assert copied(DUTY, answers) == {
        "duty_commander": "deputy",
        "absent": {"sick": 1},
        "safety": None,
        "order": False,
    }
