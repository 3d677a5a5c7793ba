"""How a target is told in Vietnamese."""

from datetime import date

from bot.digests.target_rows import target_rows
from bot.domain.targets import Figure, Measured, Scope, Standing
from bot.services.targets import preset_targets
from bot.texts.markup import plain
from tests import builders

DAY = date(2022, 3, 14)
UNIT = builders.unit(2)
TARGETS = {target.key: target for target in preset_targets({})}
TRAINED = Standing(
    TARGETS["people_trained"],
    Scope((UNIT,)),
    Measured(Figure(148, 160), by_unit={UNIT.id: Figure(148, 160)}),
)


def test_what_would_close_the_gap_is_told_in_people() -> None:
    told = plain(builders.texts().target(TRAINED, None, DAY))
    assert "❌ Hiện có: 92,5 % (148/160)" in told
    assert "Chỉ tiêu: ≥ 95 %" in told
    assert "Còn thiếu: 4 người (2,5 điểm %)" in told


def test_in_percent_mode_neither_words_nor_rows_carry_heads() -> None:
    texts = builders.texts(in_percent=True)
    told = plain(texts.target(TRAINED, TRAINED, DAY)) + plain(texts.targets([TRAINED], DAY, {}))
    listed = target_rows([TRAINED], DAY, texts, with_strength=False)
    assert listed[0]["gap"] == 3
    rows = str(listed)
    for words in (told, rows):
        assert "148" not in words
        assert "160" not in words
    assert "Còn thiếu: 3 điểm %" in told
    assert "người" not in told.split("Còn thiếu")[1].splitlines()[0]


def test_the_list_fits_one_screen_of_a_phone() -> None:
    standings = [Standing(t, Scope(()), Measured()) for t in TARGETS.values()]
    listed = plain(builders.texts().targets(standings, DAY, {})).splitlines()
    assert len(listed) == 24
    assert max(map(len, listed)) <= 52
