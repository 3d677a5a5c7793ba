"""English texts of the targets."""

from typing import Any

import pytest

from bot.domain.target_measures import TargetFacts, standings
from bot.services.targets import preset_targets
from bot.texts.en import English
from bot.texts.markup import plain
from bot.texts.vi_target_words import VietnameseTargetWords
from bot.texts.vi_targets import VietnameseTargets
from tests import builders

_ONLY_VIETNAMESE = set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
_SAME = {"target_marks", "decimal_mark"}
FACTS = TargetFacts(builders.MONDAY, builders.at("21:00"), (builders.unit(0),))


def shapes() -> list[str]:
    parts = (VietnameseTargetWords, VietnameseTargets)
    return [
        n
        for part in parts
        for n, v in vars(part).items()
        if not n.startswith("_") and not callable(v)
    ]


@pytest.mark.parametrize("name", shapes())
def test_every_word_is_in_english_with_the_same_keys(name: str) -> None:
    vietnamese: Any = getattr(VietnameseTargets, name)
    english: Any = getattr(English, name)
    assert type(english) is type(vietnamese)
    if isinstance(vietnamese, dict):
        assert english.keys() == vietnamese.keys()
    if name not in _SAME:
        assert english != vietnamese
    assert not _ONLY_VIETNAMESE & set(str(english).lower())


def test_every_target_is_told_in_english() -> None:
    texts = English(builders.ZONE)
    told = standings(preset_targets({}), FACTS)
    listed = plain(texts.targets(told, builders.MONDAY, {})).splitlines()
    assert len(listed) == 24
    assert all("no data yet" in line or ": –" in line for line in listed[1:-1])
    for standing in told:
        one = plain(texts.target(standing, standing, builders.MONDAY))
        assert "Data: " in one
        assert "Target: " in one
