"""Attendance as rows of a file."""

from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from bot.digests.training_file import training_document
from bot.digests.workbook import training_workbook
from bot.services import training_rows
from bot.services.overviews import account
from bot.services.setup import initialise
from storage import activities
from storage.database import Database
from tests.builders import texts
from tests.domain.examples import SCHEDULE
from tests.services.test_participation import DAY, NOW, add_unit, course


async def test_each_unit_and_session_has_a_row_and_strength_only_where_it_may(
    tmp_path: Path,
) -> None:
    async with (
        Database.open(tmp_path / "trucbao.db", create=True) as database,
        database.transaction() as session,
    ):
        unit = await add_unit(session, "a", 20)
        await activities.add(session, course(unit, days=2), NOW)
        first = DAY.replace(day=1)
        told = await training_rows.rows(
            session, SCHEDULE, first, DAY, NOW, texts(), with_strength=True
        )
        assert [(row["day"], row["liable"], row["present"]) for row in told] == [
            ("2022-03-01", 20, None),
            ("2022-03-02", 20, None),
        ]
        (row,) = await training_rows.rows(
            session, SCHEDULE, first, first, NOW, texts(), with_strength=False
        )
        assert not row.keys() & {"liable", "present", "absences", "completed"}
        assert (row["unit"], row["is_reported"]) == ("a", False)


async def test_the_rows_make_a_workbook(tmp_path: Path) -> None:
    async with (
        Database.open(tmp_path / "trucbao.db", create=True) as database,
        database.transaction() as session,
    ):
        await initialise(session, None, SCHEDULE, NOW)
        unit = await add_unit(session, "a", 20)
        await activities.add(session, course(unit), NOW)
        first = DAY.replace(day=1)
        rows = await training_rows.rows(
            session, SCHEDULE, first, DAY, NOW, texts(), with_strength=False
        )
        told = await account(session, SCHEDULE, first, DAY, NOW)
        kept = training_rows.columns(with_strength=False)
        made = training_workbook(told.summary, texts(), rows, kept)
    sheet = load_workbook(BytesIO(made)).active
    assert sheet is not None
    read = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert read[0] == [texts().training_columns[c] for c in kept]
    assert read[1][:2] == ["2022-03-01", "Huấn luyện"]
    assert len(read) == 2


async def test_the_rows_make_a_document_in_which_nothing_untold_is_nought(tmp_path: Path) -> None:
    async with (
        Database.open(tmp_path / "trucbao.db", create=True) as database,
        database.transaction() as session,
    ):
        await initialise(session, None, SCHEDULE, NOW)
        unit = await add_unit(session, "a", 20)
        await activities.add(session, course(unit), NOW)
        first = DAY.replace(day=1)
        rows = await training_rows.rows(
            session, SCHEDULE, first, DAY, NOW, texts(), with_strength=True
        )
        told = await account(session, SCHEDULE, first, DAY, NOW)
        kept = training_rows.columns(with_strength=True)
        made = training_document(told.summary, texts(), rows, kept)
    document = Document(BytesIO(made))
    assert "Điểm danh huấn luyện và hoạt động từ 01/03/2022 đến" in document.paragraphs[0].text
    headings, row = ([cell.text for cell in row.cells] for row in document.tables[0].rows)
    assert headings == [texts().training_columns[column] for column in kept]
    shown = dict(zip(kept, row, strict=True))
    assert (shown["day"], shown["unit"], shown["liable"]) == ("01/03/2022", "a", "20")
    assert (shown["present"], shown["completed"], shown["is_reported"]) == ("–", "–", "không")
