"""`python -m bot.worker`: the process that makes files for the bot.

Terms, then orders, come in by standard input; what was made goes out by standard output. It ends when
its standard input does, be it that the bot lets it go or that the bot is dead.
"""

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from bot import orders
from bot.failures import places
from bot.making import Making
from bot.orders import Failure, Made, Order
from storage.errors import UnavailableError

# How long what is being made may go on when nobody waits for it any more.
ENDS_WITHIN_S = 1.0
# Presses are answered first, and where memory is short the worker goes before the bot.
_NICE, _OOM_SCORE = 5, "500"


def main() -> None:
    # A service manager sends SIGTERM to every process of the service; when to end, the bot says.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.nice(_NICE)
    with contextlib.suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE, "utf-8")
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    try:
        making = Making(orders.read(sys.stdin.buffer))
    except EOFError:
        return
    waiting = SimpleQueue[Order | None]()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, waiting), daemon=True).start()
    with asyncio.Runner() as runner, contextlib.suppress(BrokenPipeError):
        while order := waiting.get():
            answers.write(orders.packed(runner.run(_answer(making, order))))
            answers.flush()


async def _answer(making: Making, order: Order) -> Made | Failure:
    try:
        return await making.make(order.wanted, order.now)
    except UnavailableError as error:
        return Failure(type(error).__name__, places(error), error.condition)
    except Exception as error:  # noqa: BLE001 - the outermost place: the bot is told, and says so
        return Failure(type(error).__name__, places(error))


def _listen(stream: BinaryIO, waiting: SimpleQueue[Order | None]) -> None:
    with contextlib.suppress(EOFError):
        while True:
            waiting.put(orders.read(stream))
    waiting.put(None)
    time.sleep(ENDS_WITHIN_S)  # an idle worker has ended by then
    os.killpg(0, signal.SIGKILL)  # and what it had started


if __name__ == "__main__":
    main()
