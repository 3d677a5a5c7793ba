"""Several counts typed at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import fold
from bot.domain.typed_counts import NotCountsError, read_counts
from bot.texts import LANGUAGES, Texts

WORDS = {"gioi": "excellent", "kha": "good", "dat": "pass", "khong dat": "fail"}


@pytest.mark.parametrize(
    "typed",
    ["giỏi 5, khá 20", "5 giỏi; 20 khá", "Giỏi: 5\nKHÁ = 20", "gioi 5,kha 20,", "giỏi5, 20khá"],
)
def test_a_count_stands_before_or_behind_its_word(typed: str) -> None:
    assert read_counts(typed, WORDS) == {"excellent": 5, "good": 20}


def test_not_passed_is_not_passed() -> None:
    assert read_counts("đạt 3, không đạt 2", WORDS) == {"pass": 3, "fail": 2}


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("", ""),
        (",", ","),
        ("giỏi", "giỏi"),
        ("5", "5"),
        ("giỏi 5 khá", "giỏi 5 khá"),
        ("giỏi 5 khá 3", "giỏi 5 khá 3"),
        ("giỏi 5, giỏi 6", "giỏi 6"),
        ("giỏi -5", "giỏi -5"),
        ("giỏi 1.5", "giỏi 1.5"),
        ("tốt 5", "tốt 5"),
        ("giỏi 1234567", "giỏi 1234567"),
    ],
)
def test_what_is_not_clear_is_refused_by_its_part(typed: str, part: str) -> None:
    with pytest.raises(NotCountsError) as refused:
        read_counts(typed, WORDS)
    assert refused.value.typed == part


@given(st.dictionaries(st.sampled_from(sorted(WORDS)), st.integers(0, 999_999), min_size=1))
def test_what_is_said_is_what_is_read(counts: dict[str, int]) -> None:
    typed = ", ".join(f"{word} {count}" for word, count in counts.items())
    assert read_counts(typed, WORDS) == {WORDS[word]: count for word, count in counts.items()}


@pytest.mark.parametrize("texts", LANGUAGES.values())
def test_no_word_names_two_counts(texts: type[Texts]) -> None:
    named = [*texts.reasons.items(), *texts.field_names.items()]
    assert len({fold(word) for _, word in named}) == len(named)
