"""The composition root: the only place where the parts are put together."""

import asyncio
import contextlib
import functools
import signal
import warnings
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, cast

import structlog
from apscheduler.triggers.cron import CronTrigger
from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot
from telegram.warnings import PTBUserWarning

from bot.backoff import Backoff, TokenRejectedError
from bot.clock import Clock, SandboxClock, clock_for
from bot.config import Settings
from bot.domain.delivery import Kind
from bot.domain.forms import DUTY
from bot.intake import Intake, Raw
from bot.keeping import Keeping
from bot.outbox import IN_FLIGHT, Outbox
from bot.pacing import Limits, Pacing
from bot.polling import Polling
from bot.reconcile import Reconcile
from bot.rendering import Make, Rendering
from bot.screens.commands import default_menu
from bot.services.announced import Announced
from bot.services.announcing import Announcing
from bot.services.apologies import apologise
from bot.services.boards import Boards
from bot.services.exercise_changes import Planning
from bot.services.exercise_reminders import ExerciseReminders
from bot.services.form_notices import FormNotices
from bot.services.incidents import Incidents
from bot.services.liveness import note_good_poll, warn_of_webhook
from bot.services.menus import Menus
from bot.services.notices import Notices
from bot.services.nudging import Nudging
from bot.services.page_sending import PageSending
from bot.services.period_digests import PeriodDigests
from bot.services.posting import post
from bot.services.reporting import Reporting
from bot.services.turn import Turn
from bot.texts import Library
from bot.transport import make_request
from bot.workshop import Workshop, terms_of
from handlers.call import Desk
from handlers.guards import App, Context, Nothing
from handlers.routes import register
from storage import command, people
from storage.database import Database
from storage.instance import only_instance
from storage.outbox import Destination

# As many as are sent at once, and presses that are answered meanwhile.
CONNECTIONS = IN_FLIGHT + 32
# APScheduler drops a job that is late by more than a second; this one is worth doing at any time.
_JOB = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}

log = structlog.get_logger()


class Receiver(Protocol):
    """Takes the updates in, by polling or by webhook, until cancelled."""

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What runs side by side, once put together."""

    application: App
    intake: Intake
    receiver: Receiver
    outbox: Outbox
    reconcile: Reconcile
    keeping: Keeping
    database: Database
    clock: Clock
    heard: asyncio.Event

    async def follow_jump(self) -> None:
        """Go on at the new time; the bot was not away in between."""
        await self.intake.note_jump()
        self.reconcile.wake()


def make_bot(settings: Settings) -> ExtBot[None]:
    proxy = settings.telegram_proxy.get_secret_value() if settings.telegram_proxy else None
    return ExtBot(
        settings.telegram_bot_token.get_secret_value(),
        base_url=f"{settings.telegram_api_url}/bot",
        base_file_url=f"{settings.telegram_api_url}/file/bot",
        request=make_request(settings.telegram_api_url, proxy, CONNECTIONS),
        get_updates_request=make_request(settings.telegram_api_url, proxy, 1),
    )


def compose(
    settings: Settings,
    database: Database,
    clock: Clock,
    bot: ExtBot[None],
    limits: Limits,
    make: Make,
) -> Parts:
    library = Library(settings.timezone, settings.language, in_percent=settings.shows_percent)
    reporting = Reporting(settings.schedule, settings.report_types)
    nudging = Nudging(settings.schedule, settings.report_types[DUTY.key], library)
    ladder = [timedelta(minutes=minutes) for minutes in settings.incident_ladder]
    incidents = Incidents(settings.schedule, library, ladder)
    announced = Announced(settings.schedule, library)
    menus = Menus(settings.schedule, library)
    desk = Desk(
        settings,
        settings.schedule,
        library,
        reporting,
        nudging,
        incidents,
        Announcing(settings.schedule, library),
        announced,
        Planning(settings.schedule),
        menus,
    )
    # PTB calls bot_data's type to make it; ours is made already.
    contexts = cast(
        "ContextTypes[Context, Nothing, Nothing, Desk]",
        ContextTypes(bot_data=cast("type[Desk]", lambda: desk)),
    )
    application: App = ApplicationBuilder().bot(bot).updater(None).context_types(contexts).build()
    register(application)
    rendering = Rendering(database, clock, settings.schedule, library, make)

    def placed() -> None:
        reconcile.wake()

    outbox = Outbox(bot, database, clock, library, Pacing(limits), rendering.render, placed)
    notices = Notices(
        settings.schedule, settings.report_types[DUTY.key], library, settings.morning_at
    )
    boards = Boards(settings.schedule)
    exercise_reminders = ExerciseReminders(settings.schedule, library, settings.morning_at)
    period_digests = PeriodDigests(
        settings.schedule, library, settings.weekly_digest, settings.monthly_digest
    )
    pages = PageSending(settings.schedule, library, period_digests.month_told_at)
    heard = asyncio.Event()
    reconcile = Reconcile(
        database,
        clock,
        notices,
        boards,
        incidents,
        announced,
        FormNotices(settings.schedule, library),
        exercise_reminders,
        period_digests,
        pages,
        menus,
        heard,
        queued=outbox.wake,
    )
    keeping = Keeping(database, clock, settings, library, queued=outbox.wake)

    def committed() -> None:
        outbox.wake()
        reconcile.wake()
        keeping.wake()

    intake = Intake(
        bot,
        database,
        clock,
        handle=functools.partial(_handle, application, desk),
        apologise=functools.partial(apologise, library),
        note_good_poll=functools.partial(note_good_poll, settings.schedule),
        heard=heard,
        committed=committed,
        database_trouble=library.default.database_trouble,
    )
    warn = functools.partial(warn_of_webhook, settings.schedule, library)
    receiver: Receiver = Polling(bot, intake)
    if settings.door:
        from bot.webhook import Webhook  # noqa: PLC0415 - few need a web server

        receiver = Webhook(
            bot, intake, settings.door, database, clock, warn=warn, queued=outbox.wake
        )
    return Parts(application, intake, receiver, outbox, reconcile, keeping, database, clock, heard)


async def _handle(application: App, desk: Desk, raw: Raw, turn: Turn) -> None:
    """Give one update to the Application. PTB swallows what a handler raises; it is raised again here."""
    desk.turn, desk.failure = turn, None
    desk.bot_username = application.bot.username
    try:
        await application.process_update(Update.de_json(_without_keyboard(raw), application.bot))
    finally:
        desk.turn = None
    if desk.failure:
        raise desk.failure


def _without_keyboard(raw: Raw) -> Raw:
    """The update without the buttons of the pressed message: nobody reads them, and a form has 25 to parse."""
    match raw:
        case {"callback_query": {"message": {"reply_markup": _} as message, **query}}:
            shown = {key: value for key, value in message.items() if key != "reply_markup"}
            return raw | {"callback_query": query | {"message": shown}}
    return raw


async def run(settings: Settings, limits: Limits | None = None) -> None:
    """Run the bot until SIGTERM or SIGINT. Raises TokenRejectedError and StorageError."""
    # The typed getUpdates would parse a batch as a whole: one update that it cannot parse stops all.
    # The same goes for what is sent as plain JSON.
    warnings.filterwarnings("ignore", "Please use 'Bot", PTBUserWarning)
    # PTB warns of its own change from seconds to timedelta; pacing.py takes both.
    warnings.filterwarnings("ignore", ".*`retry_after` will be of type", PTBUserWarning)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    with only_instance(settings.database_path):
        async with (
            Database.open(settings.database_path, create=True) as database,
            clock_for(settings.sandbox_clock_url) as clock,
            Workshop.open(terms_of(settings)) as workshop,
        ):
            parts = compose(
                settings, database, clock, make_bot(settings), limits or Limits(), workshop.make
            )
            if isinstance(clock, SandboxClock):
                clock.on_jump = parts.follow_jump
            try:
                if await _until(stop, introduce(parts)):
                    await serve(parts, stop)
            finally:
                await parts.application.bot.shutdown()  # if it did not come to serving


async def serve(parts: Parts, stop: asyncio.Event) -> None:
    """Receive, send and look at the clock until `stop`, or until one of them cannot go on."""
    application = parts.application
    _schedule_jobs(application, parts.reconcile, parts.keeping)
    await application.start()
    outbox = asyncio.create_task(parts.outbox.run(), name="outbox")
    others = {
        asyncio.create_task(parts.receiver.run(), name="intake"),
        asyncio.create_task(parts.reconcile.run(), name="reconcile"),
        asyncio.create_task(parts.keeping.run(), name="keeping"),
        asyncio.create_task(stop.wait(), name="stop"),
    }
    log.info("ready")
    try:
        ended, _ = await asyncio.wait({outbox, *others}, return_when=asyncio.FIRST_COMPLETED)
        for task in ended:
            task.result()
    finally:
        log.info("stopping")
        parts.heard.clear()  # from here on nothing is heard any more
        for task in others:
            task.cancel()
        parts.outbox.stop()
        # Gathered, so that a second one that failed with the first is not told of when it is collected.
        await asyncio.gather(outbox, *others, return_exceptions=True)
        await parts.outbox.drain()
        await parts.intake.drain()
        await application.stop()
        await application.shutdown()


async def introduce(parts: Parts) -> None:
    """Ask Telegram who we are, for as long as it takes. Raises TokenRejectedError."""
    backoff = Backoff()
    while True:
        try:
            await parts.application.initialize()
            break
        except InvalidToken as error:
            raise TokenRejectedError from error
        except TelegramError as error:
            wait = backoff.next()
            log.warning(
                "Telegram not reached", problem=type(error).__name__, retry_in_s=round(wait, 1)
            )
            await asyncio.sleep(wait)
    bot: Bot = parts.application.bot
    desk = parts.application.bot_data
    menu = default_menu(desk.library.default)
    async with parts.database.transaction() as session:
        await command.save_bot_username(session, bot.username)
        now = parts.clock.now()
        await people.end_settings_admins(session, desk.settings.admin_ids, now)
        key = f"menu:default:{now.date().isoformat()}"
        await post(session, Kind.MENU, key, Destination(bot.id), menu, now)


def _schedule_jobs(application: App, reconcile: Reconcile, keeping: Keeping) -> None:
    """On the minute, what is owed; at night, the backup, and what has served its time."""
    jobs = application.job_queue
    if jobs is None:
        raise LookupError("python-telegram-bot was installed without its job queue")

    async def look(_context: Any) -> None:
        reconcile.wake()

    async def back_up(_context: Any) -> None:
        await keeping.back_up()

    async def purge(_context: Any) -> None:
        await keeping.purge()

    settings = application.bot_data.settings
    zone, at = settings.timezone, settings.backup_at
    jobs.run_custom(look, {"trigger": CronTrigger(second=0, timezone=zone), **_JOB})
    nightly = CronTrigger(hour=at.hour, minute=at.minute, timezone=zone)
    jobs.run_custom(back_up, {"trigger": nightly, **_JOB})
    jobs.run_custom(purge, {"trigger": CronTrigger(hour=2, minute=30, timezone=zone), **_JOB})


async def _until(stop: asyncio.Event, work: Awaitable[None]) -> bool:
    """Return whether the work ended before the stop came."""
    task = asyncio.ensure_future(work)
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    await _cancelled(waiting)
    if task.done():
        task.result()
        return True
    await _cancelled(task)
    return False


async def _cancelled(task: asyncio.Future[Any]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
