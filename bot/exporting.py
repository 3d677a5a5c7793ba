"""What `trucbao export` writes, by the kind that was asked for and the ending of the file's name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.console import Here
from bot.digests.files import write_bytes, write_rows
from bot.digests.rows import columns
from bot.pdf import as_pdf
from bot.services import audit_trail, training_rows
from bot.services.export import report_rows
from bot.services.overviews import account
from storage.database import Session

DOCUMENTS = (".xlsx", ".docx", ".pdf")
ENDINGS = (".csv", ".json", *DOCUMENTS)

Write = Callable[[Path], int | None]
"""Writes the file whole or not at all, and returns how many rows it has, if it is rows."""


async def prepared(
    place: Here,
    session: Session,
    kind: str,
    ending: str,
    days: tuple[date, date],
    *,
    with_strength: bool,
) -> Write:
    """Load what the file is to tell, and return what writes it; nothing is written yet."""
    texts, schedule = place.library.default, place.settings.schedule
    if ending not in DOCUMENTS:
        kept: tuple[str, ...]
        match kind:
            case "audit":
                kept, find = audit_trail.COLUMNS, audit_trail.rows
            case "training":
                kept = training_rows.columns(with_strength=with_strength)
                find = training_rows.rows
            case _:
                kept, find = columns(with_strength=with_strength), report_rows
        rows = await find(session, schedule, *days, place.now, texts, with_strength=with_strength)

        def write(path: Path) -> int:
            write_rows(rows, path, kept)
            return len(rows)

        return write
    training_kept = training_rows.columns(with_strength=with_strength)
    attended = (
        await training_rows.rows(
            session, schedule, *days, place.now, texts, with_strength=with_strength
        )
        if kind == "training"
        else []
    )
    told = await account(session, schedule, *days, place.now)
    entries = (
        await audit_trail.rows(
            session, schedule, *days, place.now, texts, with_strength=with_strength
        )
        if kind == "audit"
        else []
    )

    def made() -> bytes:
        if kind == "audit":
            from bot.digests.audit_files import audit_document, audit_workbook  # noqa: PLC0415 - as below

            make = audit_workbook if ending == ".xlsx" else audit_document
            return make(entries, told.summary, texts)
        if ending == ".xlsx":
            from bot.digests.workbook import days_workbook, training_workbook, workbook  # noqa: PLC0415 - as below

            if kind == "training":
                return training_workbook(told.summary, texts, attended, training_kept)
            if kind == "all":
                return workbook(told, texts, with_strength=with_strength)
            return days_workbook(told.summary, texts, with_strength=with_strength)
        # Each of the two libraries is loaded only where it writes.
        from bot.digests.official import official_report  # noqa: PLC0415 - see above

        report = official_report(told, place.settings.letterhead, place.library.official)
        return as_pdf(report) if ending == ".pdf" else report

    return lambda path: write_bytes(made(), path)
