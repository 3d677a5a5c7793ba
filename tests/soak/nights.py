"""`python -m tests.soak.nights run`: the bot as it is, but nothing paces what it sends, and a signal brings the night.

APScheduler follows the machine's clock, which no jump moves: at SIGUSR1 it runs its nightly jobs.
"""

import asyncio
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import bot.app
import bot.cli
from bot.pacing import NO_LIMITS
from tests.dying import wrap

NIGHTLY = ("back_up", "purge")


def _with_signal(schedule_jobs: Callable[..., None]) -> Callable[..., None]:
    def run(application: Any, *parts: Any) -> None:
        schedule_jobs(application, *parts)

        def bring() -> None:
            for name in NIGHTLY:
                (job,) = application.job_queue.get_jobs_by_name(name)
                job.job.modify(next_run_time=datetime.now(UTC))

        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, bring)

    return run


def main() -> None:
    wrap(bot.app, "Limits", lambda _: lambda: NO_LIMITS)
    wrap(bot.app, "_schedule_jobs", _with_signal)
    bot.cli.main()


if __name__ == "__main__":
    main()
