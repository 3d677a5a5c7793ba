"""A few kills of the real process, and proof that the audit would notice; `make kills` does many."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.screens.payloads import FormPress, Step
from sandbox.records import Call
from tests.audit import Books, Handled, Row, Verdict
from tests.dying import ROW_PARAMETER, Moment
from tests.kills import Death, Played, fates, play, table
from tests.leaders import RECEIVED, TAKEN

pytestmark = pytest.mark.kills

KILLS = 8


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("kills")
    return asyncio.run(play(folder, kills=KILLS, seed=2022, leaders=6))


def test_nothing_is_lost_doubled_or_damaged(played: Played) -> None:
    assert played.faults == []
    assert len(played.deaths) == KILLS
    assert len(played.books.reports) >= 5
    assert any(death.in_flight for death in played.deaths), "no kill came at a bad moment"


def test_every_bad_moment_is_planned() -> None:
    planned = Counter(fate.moment for fate in fates(36, 13, random.Random(1)))
    assert set(planned) == set(Moment)
    worst = (Moment.BEFORE_COMMIT, Moment.AFTER_COMMIT, Moment.BEFORE_SEND, Moment.AFTER_SEND)
    assert all(planned[moment] >= 4 for moment in worst)


async def test_a_bot_that_ends_by_itself_is_no_kill(tmp_path: Path) -> None:
    ends = ("-c", "raise SystemExit('worn out')")
    with pytest.raises(ExceptionGroup) as caught:
        await play(tmp_path, kills=1, seed=1, leaders=1, program=ends)
    assert "worn out" in str(caught.value.exceptions[0])


Doctor = Callable[[Played], Played]


def _books(played: Played, **changes: Any) -> Played:
    return replace(played, books=replace(played.books, **changes))


def _without_report(played: Played) -> Played:
    return _books(played, reports=dict(list(played.books.reports.items())[1:]))


def _without_revision(played: Played) -> Played:
    return _books(played, revisions=played.books.revisions[1:])


def _with_revision_again(played: Played) -> Played:
    *others, last = played.books.revisions
    return _books(played, revisions=(*others, last, replace(last, number=last.number + 1)))


def _with_invented_revision(played: Played) -> Played:
    first, *others = played.books.revisions
    return _books(played, revisions=(replace(first, mark="0badc0de"), *others))


def _without_handled(played: Played) -> Played:
    return _books(played, handled=played.books.handled[1:])


def _with_handled_again(played: Played) -> Played:
    return _books(played, handled=(*played.books.handled, played.books.handled[0]))


def _with_handled_unasked(played: Played) -> Played:
    unasked = Handled(-1, played.deaths[0].at, has_failed=False)
    return _books(played, handled=(*played.books.handled, unasked))


def _with_failure(played: Played) -> Played:
    first, *others = played.books.handled
    return _books(played, handled=(replace(first, has_failed=True), *others))


def _with_row(key: str, state: str) -> Doctor:
    def doctor(played: Played) -> Played:
        row = Row(key, state, played.deaths[0].at)
        return _books(played, outbox=(*played.books.outbox, row))

    return doctor


def _sent(played: Played, prefix: str) -> Call:
    return next(
        call
        for call in played.calls
        if call.method == "sendMessage"
        and call.applied
        and call.params[ROW_PARAMETER].startswith(prefix)
    )


def _with_again(prefix: str) -> Doctor:
    return lambda played: replace(played, calls=(*played.calls, _sent(played, prefix)))


def _with_prompt_of_another_version(played: Played) -> Played:
    prompt = _sent(played, "prompt:")
    key = prompt.params[ROW_PARAMETER].rpartition(":")[0] + ":1"
    again = replace(prompt, params=prompt.params | {ROW_PARAMETER: key})
    return replace(played, calls=(*played.calls, again))


def _without_calls(is_gone: Callable[[Call], bool]) -> Doctor:
    return lambda played: replace(
        played, calls=tuple(call for call in played.calls if not is_gone(call))
    )


def _is_receipt(call: Call) -> bool:
    text = str(call.params.get("text", ""))
    return "chat_id" in call.params and (RECEIVED in text or TAKEN in text)


def _is_final(call: Call) -> bool:
    return str(call.params.get(ROW_PARAMETER, "")).startswith("final:")


def _is_pin(call: Call) -> bool:
    return call.method == "pinChatMessage"


def _with_another_pin(played: Played) -> Played:
    pin = next(call for call in played.calls if call.method == "pinChatMessage")
    another = replace(pin, params={**pin.params, "message_id": "1"})
    return replace(played, calls=(*played.calls, another))


def _with_receipts_before_presses(played: Played) -> Played:
    early = timedelta(days=-9)
    return replace(
        played,
        calls=tuple(replace(c, at=c.at + early) if _is_receipt(c) else c for c in played.calls),
    )


@pytest.mark.parametrize(
    ("doctor", "verdict", "words"),
    [
        (_without_report, Verdict.LOST, "no report"),
        (_without_revision, Verdict.LOST, "no revision 1"),
        (_without_calls(_is_receipt), Verdict.LOST, "no receipt"),
        (_with_receipts_before_presses, Verdict.LOST, "no receipt"),
        (_without_calls(_is_final), Verdict.LOST, "no final digest"),
        (_without_calls(_is_pin), Verdict.LOST, "not pinned"),
        (_with_another_pin, Verdict.DOUBLED, "pinned as well"),
        (_without_handled, Verdict.LOST, "delivered, not handled"),
        (_with_failure, Verdict.LOST, "its handler failed"),
        (_with_row("reply:1", "pending"), Verdict.LOST, "still pending"),
        (_with_row("reply:1", "doubtful"), Verdict.LOST, "in doubt"),
        (_with_row("reply:1", "refused"), Verdict.LOST, "refused"),
        (_with_row("prompt:1", "doubtful"), Verdict.IN_DOUBT, "in doubt"),
        (_with_row("picture:1", "doubtful"), Verdict.IN_DOUBT, "in doubt"),
        (_with_revision_again, Verdict.DOUBLED, "the same once more"),
        (_with_invented_revision, Verdict.DOUBLED, "nobody sent that"),
        (_with_handled_again, Verdict.DOUBLED, "handled twice"),
        (_with_handled_unasked, Verdict.DOUBLED, "never delivered"),
        (_with_again("prompt:"), Verdict.DOUBLED, "sent again"),
        (_with_prompt_of_another_version, Verdict.DOUBLED, "sent again"),
        (_with_again("final:"), Verdict.DIGEST_AGAIN, "sent again"),
        (_with_again("reply:"), Verdict.REPLY_AGAIN, "sent again"),
    ],
)
def test_the_audit_notices(played: Played, doctor: Doctor, verdict: Verdict, words: str) -> None:
    known = Counter((f.verdict, f.what) for f in played.findings)
    doctored = doctor(played)
    fresh = Counter((f.verdict, f.what) for f in doctored.findings) - known
    assert any(v is verdict and words in what for v, what in fresh), fresh
    assert bool(doctored.faults) is not verdict.is_allowed
    assert str(verdict) in table(doctored)


def test_damage_and_silence_are_faults(played: Played) -> None:
    first = played.deaths[0]
    damaged = Death(first.moment, first.at, 0, "row 1 missing from index")
    assert replace(played, deaths=(damaged,)).faults
    assert replace(played, stuck=("leader 1 got no receipt",)).faults


def test_every_delivered_send_press_is_looked_at(played: Played) -> None:
    """With the books empty, nothing that Telegram delivered may pass."""
    empty = Books(played.books.units, {}, (), (), (), ())
    lost = {f.what.split()[1] for f in replace(played, books=empty).findings if "press" in f.what}
    sent = {
        str(u.id)
        for u in played.updates
        if u.delivered_at
        and u.kind == "callback_query"
        and FormPress.parse(u.body["callback_query"]["data"]).step is Step.SEND
    }
    assert lost == sent != set()
