"""What shows that a fault took place: the bot's log, Telegram's ledger, or the faults that Telegram was told of."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sandbox.faults import Fault
from sandbox.records import Call, UpdateRecord
from tests.dying import ROW_PARAMETER


@dataclass(frozen=True, slots=True)
class Traces:
    """What is left of the time since a fault was done; `ends` are the statuses of ended processes."""

    log: str
    calls: Sequence[Call]
    updates: Sequence[UpdateRecord]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True)
class Proof:
    """`what`: the trace that must be there, in words."""

    what: str
    is_in: Callable[[Traces], bool]


def log_says(words: str) -> Proof:
    return Proof(f"the log never says {words!r}", lambda traces: words in traces.log)


def telegram_says(words: str) -> Proof:
    """A call was refused with these words."""
    return Proof(
        f"Telegram never says {words!r}",
        lambda traces: any(words in call.description for call in traces.calls),
    )


def sending_is_refused(status: int) -> Proof:
    """A message of the bot itself was refused with this status."""
    return Proof(
        f"no message was refused with {status}",
        lambda traces: any(
            call.status == status and ROW_PARAMETER in call.params for call in traces.calls
        ),
    )


def process_ends_with(status: int) -> Proof:
    return Proof(f"no process ended with {status}", lambda traces: status in traces.ends)


def update_tells(words: str) -> Proof:
    """An update that has these words in it reached the bot."""
    return Proof(
        f"no update tells {words!r}",
        lambda traces: any(
            each.delivered_at and words in json.dumps(each.body, ensure_ascii=False)
            for each in traces.updates
        ),
    )


def update_comes_again() -> Proof:
    return Proof(
        "no update was delivered twice",
        lambda traces: any(each.repeated and each.delivered_at for each in traces.updates),
    )


def ids_begin_anew(last: int) -> Proof:
    """`last`: the newest id before. Those after it follow each other, or the numbering is another."""

    def is_in(traces: Traces) -> bool:
        fresh = [each.id for each in traces.updates if each.delivered_at and not each.repeated]
        return bool(set(fresh) - set(range(last - len(fresh), last + len(fresh) + 1)))

    return Proof("the ids went on as before", is_in)


def untouched(faults: Iterable[Fault]) -> list[str]:
    """Kinds of failing calls that met no call at all."""
    hits: dict[str, int] = {}
    for each in faults:
        kind = f"{each.kind} {each.code}" if each.kind == "status" else each.kind
        what = f"{kind} of {each.method}{' as a page' if each.raw else ''}"
        hits[what] = hits.get(what, 0) + each.hits
    return [f"no call met {what}" for what, times in hits.items() if not times]
