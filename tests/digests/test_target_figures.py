"""/chitieu, the picture and the files tell the same values."""

from datetime import date
from pathlib import Path

from bot.digests.target_report import targets_report
from bot.digests.target_rows import target_rows
from bot.domain.target_charts import target_chart
from bot.domain.targets import Basis, Standing
from bot.services import targets
from bot.services.setup import initialise
from bot.texts.markup import plain
from storage import reports, units
from storage.database import Database
from tests import builders
from tests.builders import MONDAY, SCHEDULE, at


async def standings(folder: Path) -> tuple[Standing, ...]:
    """The targets after a day on which the first five units reported."""
    async with Database.open(folder / "x.db", create=True) as database:
        async with database.transaction() as session:
            await initialise(session, "tam-ky-2022", SCHEDULE, at("09:00"))
            for unit in (await units.registry(session)).on(MONDAY)[:5]:
                await reports.save(session, "duty", builders.report(unit))
        async with database.snapshot() as session:
            return await targets.current(session, SCHEDULE, at("21:00"))


async def test_the_list_the_picture_and_the_rows_tell_the_same_values(tmp_path: Path) -> None:
    told = await standings(tmp_path)
    texts = builders.texts()
    listed = plain(texts.targets(told, MONDAY, {})).splitlines()
    rows = {
        row["key"]: row
        for row in target_rows(told, MONDAY, texts, with_strength=True)
        if not row["unit"]
    }
    bars = {b.standing.target.key: b for b in target_chart(told, (), MONDAY).bars}
    assert len(rows) == 22
    for standing in told:
        key, value = standing.target.key, standing.value
        shown = f": {texts.standing_value(standing)}"
        assert any(texts.target_short(standing.target) + shown in line for line in listed)
        assert rows[key]["value"] == (None if value is None else round(float(value), 2))
        if standing.target.measure.basis is Basis.STATUS:
            assert key not in bars
        else:
            assert texts.standing_value(standing) in texts.target_bar(bars[key].standing)
            assert (bars[key].filled is None) == (value is None)
    assert rows["duty_reports"]["value"] == 38.46
    assert (rows["duty_reports"]["part"], rows["duty_reports"]["whole"]) == (5, 13)
    assert rows["people_trained"]["value"] is None


async def test_the_document_is_the_same_each_time(tmp_path: Path) -> None:
    told = await standings(tmp_path)
    made = {
        targets_report(told, date(2022, 3, 14), at("21:00"), builders.texts()) for _ in range(2)
    }
    assert len(made) == 1
