"""Every fault, alone and in mixtures, as a list."""

import random
from collections.abc import Sequence
from datetime import timedelta

from tests.faults import acts
from tests.faults.acts import calls_fail, refused, storm, together
from tests.faults.day import Act, Scenario, When

MANY = 200
_OPENING, _REMINDER, _DUE, _OVERDUE, _LOCK = "15:30", "16:15", "16:30", "16:45", "20:00"
_SENDS = ("sendMessage", "editMessageText", "pinChatMessage", "sendPhoto")
_ALL = ("getUpdates", "answerCallbackQuery", *_SENDS)
_SERVER = "Internal Server Error"


def _through_the_day(act: Act) -> dict[tuple[When, str], Act]:
    """At the prompts and while leaders report, at the reminder, at the digest and at the final one."""
    return {("before", at): act for at in (_OPENING, _REMINDER, _DUE, _LOCK)}


ALONE: Sequence[Scenario] = (
    Scenario("undisturbed", "nothing at all", {}),
    Scenario(
        "401",
        "the token is revoked while leaders report, and works again 20 minutes later",
        {("while", _OPENING): acts.token_revoked},
    ),
    Scenario(
        "404",
        "8 polls and 4 sends of each kind find nothing",
        _through_the_day(
            together(
                refused(404, acts.NOT_FOUND, 2, "getUpdates"),
                refused(404, acts.NOT_FOUND, 1, *_SENDS),
            )
        ),
    ),
    Scenario(
        "409 two pollers",
        "somebody else polls with the same token",
        {("while", _OPENING): acts.second_poller, ("while", _DUE): acts.second_poller},
    ),
    Scenario(
        "409 webhook",
        "somebody sets a webhook",
        {("before", _OPENING): acts.webhook_set, ("before", _DUE): acts.webhook_set},
    ),
    Scenario(
        "429 storm",
        "a minute's worth of 429 on sends, edits, pins and polls, four times a day",
        _through_the_day(storm(3, *_ALL)),
    ),
    Scenario(
        "429 ban",
        "another program sends too much; a Telegram that shuts out for longer each time, at the true pace",
        {("while", _OPENING): acts.shut_out, ("while", _DUE): acts.shut_out},
        limits="ban",
    ),
    Scenario(
        "5xx",
        "500, and 502 as a proxy's page, on everything",
        _through_the_day(
            together(
                refused(500, _SERVER, 2, *_ALL),
                *(
                    calls_fail(each, "status", 2, code=502, raw=acts.BAD_GATEWAY)
                    for each in ("getUpdates", *_SENDS)
                ),
            )
        ),
    ),
    Scenario(
        "resets",
        "connections break before anything happened",
        _through_the_day(together(*(calls_fail(each, "reset", 3) for each in _ALL))),
    ),
    Scenario(
        "lost answers",
        "Telegram did it, and the connection breaks or stays silent",
        _through_the_day(
            together(
                acts.calls_to_the_late_fail("deliver_then_reset"),
                *(calls_fail(each, "deliver_then_timeout", 1, seconds=2) for each in _SENDS),
                *(calls_fail(each, "deliver_then_reset", 2) for each in _ALL),
            )
        ),
    ),
    Scenario(
        "timed out",
        "Telegram did it and says nothing for longer than the bot waits",
        {
            ("before", _OPENING): together(
                acts.calls_to_the_late_fail("deliver_then_timeout", seconds=12),
                calls_fail("sendMessage", "deliver_then_timeout", 2, seconds=12),
            ),
            ("before", _DUE): calls_fail("sendMessage", "deliver_then_timeout", 2, seconds=12),
        },
    ),
    Scenario(
        "unparseable",
        "updates that no program can read, between those of leaders",
        {("while", _OPENING): acts.unreadable_updates, ("while", _DUE): acts.unreadable_updates},
    ),
    Scenario(
        "duplicates",
        "the last updates come again and again",
        {("while", _OPENING): acts.updates_again, ("while", _REMINDER): acts.updates_again},
    ),
    Scenario(
        "ids restart",
        "update ids begin anew, at random and at 1",
        {
            ("before", _OPENING): acts.ids_restart,
            ("while", _OPENING): acts.ids_restart,
            ("before", _REMINDER): acts.ids_restart_at_one,
            ("before", _DUE): acts.ids_restart,
        },
    ),
    Scenario(
        "blocked",
        "one leader blocks the bot, one does for an hour, one deletes the account",
        {
            ("before", _OPENING): together(
                acts.leader_blocks, acts.account_deleted, acts.leader_blocks_for_a_while
            ),
            ("while", _OPENING): acts.leader_is_back,
        },
    ),
    Scenario(
        "kicked",
        "the bot is thrown out of the group before the digest, and asked back after it",
        {("before", _DUE): acts.kicked, ("before", "17:00"): acts.asked_back},
    ),
    Scenario(
        "kicked for good",
        "the bot is thrown out of the group before the digest",
        {("before", _DUE): acts.kicked},
    ),
    Scenario(
        "migrated",
        "the group becomes a supergroup under another id before the digest",
        {("before", _DUE): acts.migrated},
        kind="group",
    ),
    Scenario(
        "topic deleted",
        "the topic with the board is deleted before the digest",
        {("before", _DUE): acts.topic_deleted},
        topics=("Báo cáo",),
    ),
    Scenario(
        "SIGTERM twice",
        "told to stop twice within a moment, at the reports and at the digest",
        {("while", _OPENING): acts.sigterm_twice, ("while", _DUE): acts.sigterm_twice},
    ),
    Scenario(
        "clock ahead",
        "the clock is 40 minutes ahead for a while, then right again",
        {
            ("after", _OPENING): acts.clock_jumps(timedelta(minutes=40)),
            ("after", _OVERDUE): acts.clock_jumps(timedelta(minutes=40)),
        },
    ),
    Scenario(
        "clock behind",
        "the clock is 40 minutes behind for a while, then right again",
        {
            ("after", _OPENING): acts.clock_jumps(timedelta(minutes=-40)),
            ("after", _DUE): acts.clock_jumps(timedelta(minutes=-40)),
            ("after", _LOCK): acts.clock_jumps(timedelta(minutes=-40)),
        },
    ),
    Scenario(
        "disk full",
        "SQLite may take no page more (max_page_count), at the reports and at the digest",
        {("while", _OPENING): acts.disk_full, ("while", _DUE): acts.disk_full},
    ),
    Scenario(
        "no file may grow",
        "the system denies every further byte (RLIMIT_FSIZE), at the reports and at the digest",
        {("while", _OPENING): acts.files_may_not_grow, ("while", _DUE): acts.files_may_not_grow},
    ),
    Scenario(
        "second bot",
        "one more is started on the same database",
        {("while", _OPENING): acts.second_process, ("while", _DUE): acts.second_process},
    ),
    Scenario(
        "lock held",
        "another process holds the lock when the bot starts",
        {("while", _OPENING): acts.lock_held},
    ),
    Scenario(
        "database busy",
        "another program writes for longer than SQLite waits",
        {("while", _OPENING): acts.database_busy, ("while", _DUE): acts.database_busy},
    ),
    Scenario(
        "read-only file",
        "the database takes nothing while leaders report, nor at the digest; then the bot's user may not "
        "write to it when the bot starts",
        {
            ("while", _OPENING): acts.read_only,
            ("while", _REMINDER): acts.read_only_at_start,
            ("while", _DUE): acts.read_only,
        },
    ),
)

_ANY_TIME: Sequence[Act] = (
    refused(404, acts.NOT_FOUND, 2, "getUpdates"),
    refused(404, acts.NOT_FOUND, 1, *_SENDS),
    storm(2, *_ALL),
    refused(500, _SERVER, 2, *_ALL),
    together(*(calls_fail(each, "reset", 2) for each in _ALL)),
    together(
        acts.calls_to_the_late_fail("deliver_then_reset"),
        *(calls_fail(each, "deliver_then_reset", 2) for each in _ALL),
    ),
    calls_fail("sendMessage", "deliver_then_timeout", 2, seconds=2),
    acts.webhook_set,
    acts.ids_restart,
)
_WHILE: Sequence[Act] = (
    acts.second_poller,
    acts.unreadable_updates,
    acts.updates_again,
    acts.sigterm_twice,
    acts.killed,
    acts.disk_full,
    acts.read_only,
    acts.files_may_not_grow,
    acts.database_busy,
)


def mixture(seed: int, units: int | None = None) -> Scenario:
    """Two faults before each of four stops of the clock, and one of the process while leaders report."""
    chance = random.Random(seed)
    mixed: dict[tuple[When, str], Act] = {}
    for at in (_OPENING, _REMINDER, _DUE, _LOCK):
        mixed["before", at] = together(*chance.sample(_ANY_TIME, 2))
        mixed["while", at] = chance.choice(_WHILE)
    name = f"mixture {seed}" if units is None else f"{units} units, mixture {seed}"
    what = "three faults at each of the prompts, the reminder, the digest and the lock, at random"
    if units is None:
        return Scenario(name, what, mixed, is_mixed=True)
    return Scenario(name, what, mixed, is_mixed=True, units=units)


def everything(seed: int) -> list[Scenario]:
    """All scenarios; mixtures are drawn by the seed."""
    named = {each.name: each for each in ALONE}
    many = [
        Scenario(f"{MANY} units", "nothing at all", {}, units=MANY),
        *(
            Scenario(
                f"{MANY} units, {name}",
                named[name].what,
                named[name].acts,
                units=MANY,
            )
            for name in ("429 storm", "lost answers", "disk full")
        ),
        mixture(seed + 100, MANY),
    ]
    return [*ALONE, *(mixture(seed + n) for n in range(8)), *many]
