"""The order on the wire and on the disk, as the kernel sees it: sync first, then the offset."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

STRACE = (
    "strace",
    "-f",
    "-y",
    "-s",
    "600",
    "-e",
    "trace=fsync,fdatasync,recvfrom,sendto,sendmsg,recvmsg",
)
_CALL = re.compile(r"^(\d+)\s+(?:<\.\.\. )?(\w+)[ (](.*)$")
_OFFSET = re.compile(r'\\?"offset\\?": ')
_UPDATE = re.compile(r'\\"update_id\\"|"update_id"')


@dataclass(frozen=True, slots=True)
class Order:
    """How many batches came, and of those acknowledged how many had been synced to the disk before."""

    acknowledged: int
    synced: int

    @property
    def is_kept(self) -> bool:
        return 0 < self.acknowledged == self.synced


def order(lines: Iterable[str]) -> Order:
    """Read a trace. A sync counts when it has returned, and only one of the database's journal."""
    acknowledged = synced = 0
    has_batch = is_synced = False
    syncing: set[str] = set()
    for line in lines:
        found = _CALL.match(line)
        if not found:
            continue
        process, call, rest = found.groups()
        if call in {"fsync", "fdatasync"}:
            is_ours = ".db-wal" in rest or process in syncing
            if "unfinished" in rest:
                if ".db-wal" in rest:
                    syncing.add(process)
            elif is_ours and rest.rstrip().endswith("= 0"):
                syncing.discard(process)
                is_synced = True
        elif call.startswith("recv") and _UPDATE.search(rest):
            has_batch, is_synced = True, False
        elif call.startswith("send") and "allowed_updates" in rest and _OFFSET.search(rest):
            acknowledged += has_batch
            synced += has_batch and is_synced
            has_batch = False
    return Order(acknowledged, synced)


def read(trace: Path) -> Order:
    with trace.open(encoding="utf-8", errors="replace") as lines:
        return order(lines)
