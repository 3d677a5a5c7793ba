"""A few faults of the real process, and proof that the matrix would notice; `make faults` has them all."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox.faults import Fault
from sandbox.records import Call, UpdateRecord
from tests.audit import Finding, Verdict
from tests.dying import ROW_PARAMETER, has_looked
from tests.faults import acts, page, proof
from tests.faults.day import Outcome, Scenario, play
from tests.faults.matrix import main
from tests.faults.proof import Proof, Traces
from tests.faults.scenarios import ALONE, everything, mixture
from tests.faults.sync import Order, order
from tests.owing import Told

# Several processes and a whole day: a busy machine takes its time.
pytestmark = [pytest.mark.kills, pytest.mark.timeout(400)]

LEADERS = 8
_NAMED = {each.name: replace(each, units=LEADERS) for each in ALONE}
TRIED = (
    _NAMED["kicked"],
    _NAMED["lock held"],
    Scenario(
        "one lost answer",
        "that to the digest",
        {("before", "16:30"): acts.calls_fail("sendMessage", "deliver_then_reset", 1)},
        units=LEADERS,
    ),
)
names = pytest.mark.parametrize("name", [each.name for each in TRIED])


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """One loop plays them side by side: most of each is waiting."""

    async def all_of_them() -> list[Outcome]:
        folders = (tmp_path_factory.mktemp("faults") for _ in TRIED)
        plays = (play(each, f, 2022) for each, f in zip(TRIED, folders, strict=True))
        return await asyncio.gather(*plays)

    return {each.name: each for each in asyncio.run(all_of_them())}


@names
def test_a_fault_costs_nothing(outcomes: dict[str, Outcome], name: str) -> None:
    line = page.of_day(outcomes[name], "")
    assert line.details == ()
    assert line.is_good, line
    assert outcomes[name].reports == LEADERS - 1, "one of them never reports"


def test_the_faults_took_place(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["lock held"].starts > 2
    lost = page.of_day(outcomes["one lost answer"], "").figures
    assert lost.again_by_rule, "a digest whose answer was lost is repeated"


def test_a_name_that_is_unknown_among_others_is_no_silent_success(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "undisturbed", "--only", "undisturbd"])
    assert "no such scenario: undisturbd;" in capsys.readouterr().err


def test_every_scenario_has_a_name_of_its_own() -> None:
    names = [each.name for each in everything(2022)]
    assert len(names) == len(set(names)) > 40
    assert mixture(1).acts.keys() == mixture(1).acts.keys()


_AT = datetime(2026, 3, 16, tzinfo=UTC)


def _update(update_id: int, *, repeated: bool = False, text: str = "hello") -> UpdateRecord:
    body = {"message": {"text": text}}
    return UpdateRecord(update_id, "message", body, _AT, _AT, (_AT,), None, None, repeated)


def _refused_call(status: int) -> Call:
    params = {ROW_PARAMETER: "prompt:1"}
    words = "message not found"
    return Call(1, _AT, "sendMessage", params, status, None, words, None, False, True, False)


@pytest.mark.parametrize(
    ("expected", "traces"),
    [
        (proof.log_says("'full'"), Traces("problem=(…, 'full')", (), (), ())),
        (proof.sending_is_refused(429), Traces("", (_refused_call(429),), (), ())),
        (proof.telegram_says("not found"), Traces("", (_refused_call(404),), (), ())),
        (proof.process_ends_with(-9), Traces("", (), (), (0, -9))),
        (proof.update_tells("kicked"), Traces("", (), (_update(1, text="kicked"),), ())),
        (proof.update_comes_again(), Traces("", (), (_update(1, repeated=True),), ())),
        (proof.ids_begin_anew(900), Traces("", (), (_update(1), _update(2)), ())),
    ],
)
def test_a_fault_is_proven_by_its_trace_and_by_no_other(expected: Proof, traces: Traces) -> None:
    assert expected.is_in(traces)
    assert not expected.is_in(Traces("ready", (), (_update(901), _update(902)), (0,)))


def test_a_failing_call_that_nobody_made_is_no_fault() -> None:
    met, missed = Fault("sendMessage", "reset", hits=1), Fault("sendPhoto", "status", code=500)
    assert proof.untouched([met, Fault("sendMessage", "reset"), missed]) == [
        "no call met status 500 of sendPhoto"
    ]


def _found(verdict: Verdict, what: str) -> Callable[[Outcome], Outcome]:
    return lambda outcome: replace(outcome, findings=(Finding(verdict, _AT, what),))


@pytest.mark.parametrize(
    ("spoil", "column"),
    [
        (_found(Verdict.LOST, "update 1: delivered, not handled"), "updates_lost"),
        (_found(Verdict.LOST, "press 1 for X: no report"), "reports_lost"),
        (lambda o: replace(o, stuck=("leader 1 got no receipt",)), "reports_lost"),
        (_found(Verdict.DOUBLED, "revision 2 of X: the same once more"), "doubled"),
        (_found(Verdict.LOST, "message final:1: still pending"), "never_sent"),
        (lambda o: replace(o, told=Told(("final:1",), ())), "never_sent"),
        (_found(Verdict.DOUBLED, "message prompt:1: sent again"), "notices_doubled"),
        (lambda o: replace(o, changed=("unit 1: late, not on time",)), "states_changed"),
        (lambda o: replace(o, damage="row 1 missing"), "damaged"),
    ],
)
def test_each_figure_can_rise(spoil: Callable[[Outcome], Outcome], column: str) -> None:
    line = page.of_day(spoil(Outcome("spoiled")), "")
    assert getattr(line.figures, column) == line.figures.faults == 1
    assert not line.is_good
    assert line.details


@pytest.mark.parametrize(
    ("spoil", "column"),
    [
        (_found(Verdict.DIGEST_AGAIN, "message final:1: sent again"), "again_by_rule"),
        (lambda o: replace(o, told=Told((), ("prompt:1",))), "unsent_by_rule"),
    ],
)
def test_what_a_rule_allows_is_counted_apart(
    spoil: Callable[[Outcome], Outcome], column: str
) -> None:
    line = page.of_day(spoil(Outcome("allowed")), "")
    assert getattr(line.figures, column) == 1
    assert line.is_good


def test_a_fault_that_did_not_happen_is_no_success() -> None:
    assert not page.of_day(Outcome("idle", problem="the log never says 'full'"), "").is_good


def test_only_a_look_since_the_last_jump_by_the_bot_of_now_counts(tmp_path: Path) -> None:
    told = tmp_path / "looked"
    assert not has_looked(told, pid=7, jumps=3)
    told.write_text("7 3", "ascii")
    assert has_looked(told, pid=7, jumps=3)
    assert not has_looked(told, pid=8, jumps=3)
    assert not has_looked(told, pid=7, jumps=4)


_BATCH = (
    '7 recvfrom(9<socket:[1]>, "{\\"ok\\":true,\\"result\\":[{\\"update_id\\":5", 65536, 0) = 60'
)
_SYNC = "8 fdatasync(5</tmp/trucbao.db-wal>) = 0"
_BEGUN = "8 fdatasync(5</tmp/trucbao.db-wal> <unfinished ...>"
_ENDED = "8 <... fdatasync resumed>)              = 0"
_POLL = '7 sendto(9<socket:[1]>, "{\\"timeout\\": \\"25\\", \\"allowed_updates\\": \\"x\\"'
_NEXT = _POLL + ', \\"offset\\": \\"6\\"}", 64, 0, NULL, 0) = 64'
_UNNAMED = _POLL + '}", 47, 0, NULL, 0) = 47'
_OTHER = "8 fdatasync(6</tmp/trucbao.db>) = 0"


@pytest.mark.parametrize(
    ("lines", "is_kept"),
    [
        ((_BATCH, _SYNC, _NEXT), True),
        ((_BATCH, _BEGUN, _ENDED, _NEXT), True),
        ((_BATCH, _NEXT, _SYNC), False),
        ((_BATCH, _SYNC, _UNNAMED), False),
        ((_BATCH, _BEGUN, _NEXT, _ENDED), False),
        ((_SYNC, _BATCH, _NEXT), False),
        ((_BATCH, _OTHER, _NEXT), False),
        ((), False),
    ],
)
def test_the_trace_shows_what_came_first(lines: tuple[str, ...], is_kept: bool) -> None:
    assert order(lines).is_kept is is_kept


def test_the_page_names_what_went_wrong() -> None:
    good = page.of_day(Outcome("quiet"), "nothing")
    bad = page.of_day(Outcome("loud", damage="row 1 missing"), "noise")
    told = page.page([good, bad], Order(3, 2), "", 1, 2.0)
    assert "2 of 3 acknowledged batches" in told
    assert "- loud: row 1 missing" in told
    assert "quiet: " not in told
