"""`trucbao import`, and the templates that it reads: what was done in words, or every problem a line."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import click

from bot.console import (
    FailedError,
    Here,
    WrongUseError,
    bot_username,
    here,
    one_line,
    progress,
)
from bot.digests.files import write_csv
from bot.domain.table_reading import Row, read_table
from bot.domain.tables import TABLES, Kind, TableRefusedError
from bot.services.import_batch import Invited
from bot.services.imports import TakenIn, take_in
from bot.services.joining import deep_link
from bot.sheet_files import read_lines
from bot.table_words import explanation_titles, wording
from bot.templates import ENDINGS, template
from bot.usage import say

KINDS = tuple(kind.value for kind in Kind)


class _DryRunError(Exception):
    """Undoes the transaction of a dry run; carries what it would have done."""

    def __init__(self, done: TakenIn) -> None:
        super().__init__()
        self.done = done


def bring_in(kind: Kind, file: Path, out: Path | None, *, is_dry: bool) -> str:
    """Take in the file, all or nothing, and return what to say of it. Raises FailedError."""
    if out and kind is not Kind.PEOPLE:
        raise WrongUseError(say.out_only_people())
    if out and out.suffix.lower() != ".csv":
        raise WrongUseError(say.out_not_csv())
    if out and out.exists():
        raise WrongUseError(say.out_taken(str(out)))
    try:
        with progress(say.checking()) as step:
            lines = read_lines(file, explanation_titles())
            rows = read_table(TABLES[kind], lines, wording(kind))
            return asyncio.run(_bring_in(kind, rows, out, step, is_dry=is_dry))
    except TableRefusedError as error:
        told = [say.file_problem(file.name, problem) for problem in error.problems]
        for line in told[:-1]:
            click.echo(one_line(line), err=True)
        raise FailedError(f"{told[-1]} {say.nothing_taken_in(len(told))}") from error


async def _bring_in(
    kind: Kind,
    rows: tuple[Row, ...],
    out: Path | None,
    step: Callable[[float], None],
    *,
    is_dry: bool,
) -> str:
    async with here() as place:
        username = await bot_username(place) if kind is Kind.PEOPLE and not is_dry else ""
        try:
            async with place.database.transaction() as session:
                done = await take_in(session, kind, rows, place.settings.schedule, place.now, step)
                _undo_if(done, is_dry=is_dry)
                links = [_link(place, username, each) for each in done.invited]
                if out and links:
                    # Before the commit: an invitation whose link nobody has is of no use.
                    await asyncio.to_thread(write_csv, links, out)
        except _DryRunError as undone:
            return _told(undone.done, is_dry=True)
        except BaseException:
            # The file beside it is new, so what stands in it are links that open nothing.
            await asyncio.to_thread(_remove, out)
            raise
    told = [_told(done, is_dry=False)]
    if links:
        told += (
            [say.invitations_written(str(out))]
            if out
            else ["\t".join(link.values()) for link in links]
        )
    return "\n".join(told)


def _undo_if(done: TakenIn, *, is_dry: bool) -> None:
    if is_dry:
        raise _DryRunError(done)


def _remove(out: Path | None) -> None:
    if out:
        out.unlink(missing_ok=True)


def _link(place: Here, username: str, invited: Invited) -> dict[str, str]:
    texts = place.library.default
    values = (
        invited.unit.name if invited.unit else "",
        texts.roles[invited.role],
        texts.day(invited.until) if invited.until else "",
        texts.moment(invited.expires_at),
        deep_link(username, invited.token),
    )
    return dict(zip(say.invitation_columns, values, strict=True))


def _told(done: TakenIn, *, is_dry: bool) -> str:
    return say.taken_in((done.added, done.changed, done.kept), is_dry=is_dry)


def write_template(kind: str, out: Path) -> str:
    """Write the template of the kind, and return what to say of it. Raises WrongUseError and OSError."""
    if kind not in KINDS:
        raise WrongUseError(say.template_kinds(KINDS))
    if out.suffix.lower() not in ENDINGS:
        raise WrongUseError(say.template_ending())
    template(Kind(kind), out)
    return say.template_written(str(out))
