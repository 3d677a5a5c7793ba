"""What `trucbao export` writes, by the kind that was asked for and the ending of the file's name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from bot.console import Here, WrongUseError
from bot.digests.files import UnknownEndingError, write_bytes, write_rows
from bot.digests.rows import columns
from bot.digests.target_rows import COLUMNS, target_rows
from bot.pdf import as_pdf
from bot.services import audit_trail, targets, training_rows
from bot.services.export import report_rows
from bot.services.overviews import account
from bot.usage import say
from storage.database import Session

KINDS = ("reports", "training", "audit", "targets", "all")
DOCUMENTS = (".xlsx", ".docx", ".pdf")
ENDINGS = (".csv", ".json", *DOCUMENTS)

Write = Callable[[Path], int | None]
"""Writes the file whole or not at all, and returns how many rows it has, if it is rows."""


def check(kind: str, out: Path) -> None:
    """Raise WrongUseError or UnknownEndingError where the kind is not written in such a file."""
    if kind not in KINDS:
        raise WrongUseError(say.only_as_template(kind))
    ending = out.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownEndingError(out, ENDINGS)
    if kind == "all" and ending not in DOCUMENTS:
        raise WrongUseError(say.not_all_as_rows(ending))
    if kind in {"audit", "training"} and ending == ".pdf":
        raise WrongUseError(say.not_as_pdf(kind))


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
    if kind == "targets":
        return await _targets(place, session, ending, days[1], with_strength=with_strength)
    if ending not in DOCUMENTS or kind in {"audit", "training"}:
        return await _listed(place, session, kind, ending, days, with_strength=with_strength)
    return await _account(place, session, kind, ending, days, with_strength=with_strength)


async def _listed(
    place: Here,
    session: Session,
    kind: str,
    ending: str,
    days: tuple[date, date],
    *,
    with_strength: bool,
) -> Write:
    """Load what is told row by row: reports, attendance or the audit trail."""
    texts, schedule = place.library.default, place.settings.schedule
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
    if ending not in DOCUMENTS:

        def write(path: Path) -> int:
            write_rows(rows, path, kept)
            return len(rows)

        return write
    told = (await account(session, schedule, *days, place.now)).summary

    def made() -> bytes:
        # What writes office files takes memory: each is loaded only where it writes.
        if kind == "training":
            if ending == ".xlsx":
                from bot.digests.workbook import training_workbook  # noqa: PLC0415 - see above

                return training_workbook(told, texts, rows, kept)
            from bot.digests.training_file import training_document  # noqa: PLC0415 - see above

            return training_document(told, texts, rows, kept)
        from bot.digests.audit_files import audit_document, audit_workbook  # noqa: PLC0415 - see above

        return (audit_workbook if ending == ".xlsx" else audit_document)(rows, told, texts)

    return lambda path: write_bytes(made(), path)


async def _account(
    place: Here,
    session: Session,
    kind: str,
    ending: str,
    days: tuple[date, date],
    *,
    with_strength: bool,
) -> Write:
    """Load the days as a workbook or the official report tells them."""
    texts, schedule = place.library.default, place.settings.schedule
    told = await account(session, schedule, *days, place.now)

    def made() -> bytes:
        if ending == ".xlsx":
            from bot.digests.workbook import days_workbook, workbook  # noqa: PLC0415 - as above

            if kind == "all":
                return workbook(told, texts, with_strength=with_strength)
            return days_workbook(told.summary, texts, with_strength=with_strength)
        from bot.digests.official import official_report  # noqa: PLC0415 - as above

        report = official_report(told, place.settings.letterhead, place.library.official)
        return as_pdf(report) if ending == ".pdf" else report

    return lambda path: write_bytes(made(), path)


async def _targets(
    place: Here, session: Session, ending: str, day: date, *, with_strength: bool
) -> Write:
    """Load the targets of today, or of an earlier day as it is known now."""
    texts, schedule = place.library.default, place.settings.schedule
    day = min(day, place.today)
    standings = await targets.on_day(session, schedule, day, place.now)
    if ending not in DOCUMENTS:
        rows = [
            row | {"as_of": day.isoformat()}
            for row in target_rows(standings, day, texts, with_strength=with_strength)
        ]

        def write(path: Path) -> int:
            write_rows(rows, path, COLUMNS)
            return len(rows)

        return write
    told = await account(session, schedule, day, day, place.now)

    def made() -> bytes:
        if ending == ".xlsx":
            from bot.digests.workbook import targets_workbook  # noqa: PLC0415 - see above

            return targets_workbook(
                told.summary, texts, standings, day, with_strength=with_strength
            )
        from bot.digests.target_report import targets_report  # noqa: PLC0415 - see above

        report = targets_report(standings, day, place.now, texts)
        return as_pdf(report) if ending == ".pdf" else report

    return lambda path: write_bytes(made(), path)
