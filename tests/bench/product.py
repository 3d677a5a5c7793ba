"""`python -m tests.bench.product run`: the bot as it is, without the limits of sending.

With BENCH_PROFILE it writes where its event loop's thread spent the time into that file.
"""

import cProfile
import os

import bot.app
import bot.cli
from bot.pacing import NO_LIMITS
from tests.dying import wrap


def main() -> None:
    wrap(bot.app, "Limits", lambda _: lambda: NO_LIMITS)
    kept = os.environ.get("BENCH_PROFILE")
    if not kept:
        bot.cli.main()
        return
    profile = cProfile.Profile()
    try:
        profile.runcall(bot.cli.main)
    finally:
        profile.dump_stats(kept)


if __name__ == "__main__":
    main()
