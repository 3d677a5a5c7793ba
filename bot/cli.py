"""The `trucbao` command. Exit status 2 for wrong use, 1 for what failed; errors are one line."""

import asyncio
import gc
import json
import signal
from pathlib import Path
from typing import Any, NoReturn

import click

from bot import exporting
from bot.config import load_settings
from bot.console import (
    EXPECTED,
    FAILED,
    WRONG_USE,
    FailedError,
    WrongUseError,
    acting_from,
    bot_username,
    duration,
    here,
    line_of,
    one_line,
)
from bot.console_backup import back_up, put_back
from bot.console_import import KINDS, bring_in, write_template
from bot.digests.as_json import summary_json
from bot.digests.period import overview_message
from bot.domain.forms import DUTY, YesNo
from bot.domain.people import Role
from bot.domain.periods import Period, period
from bot.domain.tables import Kind
from bot.entering import enter_report
from bot.pdf import NoConverterError, NotConvertedError
from bot.services import compliance
from bot.services.joining import UnitRequiredError, check_unit, create_invitation, deep_link
from bot.services.overviews import beyond, overview
from bot.services.setup import PRESETS, initialise
from bot.services.standings import basis
from bot.setting_values import NotListeningError
from bot.texts.markup import plain
from bot.usage import Group, say, usage_line


@click.group(help=say.program, cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="trucbao", help=say.opt_version)
def trucbao() -> None: ...


@trucbao.command(help=say.run)
def run() -> None:
    # What loading makes stays until the end: looking through it for garbage only takes time.
    gc.disable()
    from bot import app, logs  # noqa: PLC0415 - Telegram's library is slow to load
    from bot.backoff import TokenRejectedError  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    settings = load_settings()
    if not settings.telegram_bot_token.get_secret_value():
        raise WrongUseError(say.no_token())
    logs.configure(
        level=settings.log_level,
        as_json=settings.log_format == "json",
        secrets=settings.secrets,
    )
    try:
        asyncio.run(app.run(settings))
    except TokenRejectedError as error:
        raise FailedError(say.token_rejected()) from error
    except NotListeningError as error:
        raise FailedError(say.not_listening(error.address, error.problem)) from error
    finally:
        # The loop's handlers went with it; a second SIGTERM must not spoil an orderly end.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)


@trucbao.command(help=say.demo)
@click.option("--seed", type=int, default=2022, show_default=True, help=say.opt_seed)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo-out"),
    show_default=True,
    help=say.opt_demo_out,
)
def demo(seed: int, out: Path) -> None:
    from bot.demo import play  # noqa: PLC0415 - only here is the embedded Telegram needed

    if not asyncio.run(play(seed, out)):
        raise SystemExit(FAILED)


@trucbao.command(help=say.check)
def check() -> None:
    from bot.check import Mark, findings  # noqa: PLC0415 - see run

    async def look() -> bool:
        is_good = True
        async for finding in findings(load_settings(), say):
            click.echo(f"{finding.mark} {finding.text}")
            is_good = is_good and finding.mark is not Mark.FAILED
        return is_good

    if not asyncio.run(look()):
        raise SystemExit(FAILED)


@trucbao.command(help=say.init)
@click.option("--preset", type=click.Choice(PRESETS), help=say.opt_preset)
def init(preset: str | None) -> None:
    async def do() -> str:
        async with here(create=True) as place, place.database.transaction() as session:
            done = await initialise(session, preset, place.settings.schedule, place.now)
        return say.initialised(str(place.database.path), done.added, done.kept)

    click.echo(asyncio.run(do()))


@trucbao.command(help=say.invite)
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help=say.opt_role
)
@click.option("--unit", help=say.opt_unit)
@click.option("--from", "since", help=say.opt_acting_from)
@click.option("--until", help=say.opt_until)
@click.option("--expires", default="48h", show_default=True, help=say.opt_expires)
def invite(role: str, unit: str | None, since: str | None, until: str | None, expires: str) -> None:
    async def do() -> str:
        valid_for = duration(expires)
        async with here() as place:
            last_day = place.day(until) if until else None
            if last_day and last_day < place.today:
                raise WrongUseError(say.until_in_past())
            first_day = acting_from(place, Role(role), since, last_day) if since else None
            async with place.database.snapshot() as session:
                found = await place.unit(session, unit, first_day or place.today) if unit else None
            try:
                check_unit(Role(role), found)
            except UnitRequiredError as error:
                raise WrongUseError(say.unit_required(Role(role))) from error
            username = await bot_username(place)
            async with place.database.transaction() as session:
                token, _ = await create_invitation(
                    session,
                    Role(role),
                    found,
                    place.now,
                    first=first_day,
                    until=last_day,
                    valid_for=valid_for,
                )
        return deep_link(username, token)

    click.echo(asyncio.run(do()))


@trucbao.command(help=say.report)
@click.option("--unit", required=True, help=say.opt_unit)
@click.option("--day", help=say.opt_day)
@click.option("--absent", default="", metavar="phép=1,ốm=1", help=say.opt_absent)
@click.option(
    "--problem",
    "problems",
    type=click.Choice([f.key for f in DUTY.fields if isinstance(f, YesNo)]),
    multiple=True,
    help=say.opt_problem,
)
def report(unit: str, day: str | None, absent: str, problems: tuple[str, ...]) -> None:
    async def do() -> str:
        async with here() as place, place.database.transaction() as session:
            return await enter_report(place, session, unit, day, absent, problems)

    click.echo(asyncio.run(do()))


@trucbao.command(help=say.summary)
@click.option(
    "--period",
    "name",
    type=click.Choice([p.value for p in Period]),
    default="ngay",
    help=say.opt_period,
)
@click.option("--day", help=say.opt_day)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help=say.opt_format
)
def summary(name: str, day: str | None, form: str) -> None:
    async def do() -> None:
        async with here() as place, place.database.snapshot() as session:
            asked = Period(name), place.day(day)
            if form == "json":
                days = await compliance.summary(
                    session, place.settings.schedule, *period(*asked), place.now
                )
                known = await basis(session, place.settings.schedule)
                further = await beyond(
                    session, place.settings.schedule, known, period(*asked), place.now
                )
                value = summary_json(
                    days,
                    name,
                    with_strength=not place.settings.shows_percent,
                    beyond=None if asked[0] is Period.DAY else further,
                )
                click.echo(json.dumps(value, ensure_ascii=False, indent=2))
                return
            told = await overview(session, place.settings.schedule, *asked, place.now)
            texts = place.library.default
            click.echo(plain(overview_message(texts, told)))

    asyncio.run(do())


@trucbao.command(help=say.export)
@click.option(
    "--kind",
    type=click.Choice([*exporting.KINDS, *KINDS]),
    default="reports",
    show_default=True,
    help=say.opt_kind,
)
@click.option("--from", "first", help=say.opt_from)
@click.option("--to", "last", help=say.opt_to)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help=say.opt_out
)
@click.option("--with-strength", is_flag=True, help=say.opt_with_strength)
@click.option("--template", is_flag=True, help=say.opt_template)
def export(
    kind: str,
    first: str | None,
    last: str | None,
    out: Path,
    *,
    with_strength: bool,
    template: bool,
) -> None:
    if template:
        click.echo(write_template(kind, out))
        return
    exporting.check(kind, out)

    async def do() -> str:
        async with here() as place, place.database.snapshot() as session:
            begin = place.day(first) if first else place.today.replace(day=1)
            end = place.day(last)
            if begin > end:
                raise WrongUseError(say.wrong_days())
            has_strength = with_strength or not place.settings.shows_percent
            write = await exporting.prepared(
                place, session, kind, out.suffix.lower(), (begin, end), with_strength=has_strength
            )
        try:
            rows = await asyncio.to_thread(write, out)
        except NoConverterError as error:
            raise FailedError(say.no_converter()) from error
        except NotConvertedError as error:
            raise FailedError(say.not_converted()) from error
        except OSError as error:
            # The error's own name is that of the file beside it, which nobody has asked for.
            raise FailedError(
                say.not_written(str(out), error.errno, type(error).__name__)
            ) from error
        return say.written(str(out)) if rows is None else say.exported(rows, str(out))

    click.echo(asyncio.run(do()))


@trucbao.command(help=say.backup)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help=say.opt_backup_out
)
@click.option("--plain", is_flag=True, help=say.opt_plain)
def backup(out: Path, *, plain: bool) -> None:
    click.echo(back_up(out, is_plain=plain))


@trucbao.command(help=say.restore)
@click.option(
    "--from",
    "source",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help=say.opt_backup_from,
)
def restore(source: Path) -> None:
    click.echo(put_back(source))


@trucbao.command("import", help=say.import_)
@click.option("--kind", type=click.Choice(KINDS), required=True, help=say.opt_import_kind)
@click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help=say.opt_import_file,
)
@click.option("--dry-run", is_flag=True, help=say.opt_dry_run)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help=say.opt_import_out)
def take_in(kind: str, file: Path, out: Path | None, *, dry_run: bool) -> None:
    click.echo(bring_in(Kind(kind), file, out, is_dry=dry_run))


def main() -> None:
    """Run the command; whatever is wrong is one line on standard error."""
    try:
        status: Any = trucbao.main(prog_name="trucbao", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.message)
        _end(f"{say.no_command()} {say.see_help('trucbao')}", WRONG_USE)
    except click.ClickException as error:
        _end(usage_line(error), WRONG_USE)
    except click.Abort:
        raise SystemExit(130) from None
    except EXPECTED as error:
        _end(*line_of(error))
    raise SystemExit(status if isinstance(status, int) else 0)


def _end(line: str, status: int) -> NoReturn:
    click.echo(one_line(line), err=True)
    raise SystemExit(status)
