"""The words of each feature stand in a class of their own; together they are one language."""

from collections import Counter

import pytest

from bot.texts import LANGUAGES, Texts


@pytest.mark.parametrize("texts", LANGUAGES.values())
def test_no_word_has_two_meanings(texts: type[Texts]) -> None:
    """Of two classes with the same name for something, one would silently win."""
    parts = [part for part in texts.__mro__ if part.__module__.startswith("bot.texts.")]
    named = Counter(name for part in parts for name in vars(part) if not name.startswith("__"))
    assert [name for name, classes in named.items() if classes > 1] == []
