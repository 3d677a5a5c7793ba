"""So many in a second, as whoever receives them counts."""

from collections import deque

WINDOW_S = 1.0


class Gate:
    """Lets through at most `many` in any second of the receiver's clock, and keeps an even pace.

    When something arrives is not known, only when it left and when it was answered; it arrived in between.
    So it counts from its leaving until a second after its answer, and nothing that the way there or the
    receiver's own delays do can push more than `many` into one second. With `many` 0 nothing is held back.
    Moments are seconds of a clock that only moves forward.
    """

    # What was late by no more than this is caught up with; a longer silence gives no right to a burst.
    _CATCHES_UP_S = 0.2

    def __init__(self, many: int) -> None:
        self._many = many
        self._pace = WINDOW_S / many if many else 0.0
        self._next = 0.0
        self._answered: deque[float] = deque()
        self.under_way = 0

    def opens_in(self, now: float) -> float | None:
        """Seconds until the next may leave, 0 if it may now; None if not before an answer comes."""
        if not self._many:
            return 0.0
        while self._answered and now - self._answered[0] >= WINDOW_S:
            self._answered.popleft()
        wait = max(0.0, self._next - now)
        if self.under_way + len(self._answered) < self._many:
            return wait
        if not self._answered:
            return None
        return max(wait, self._answered[0] + WINDOW_S - now)

    def leave(self, now: float) -> None:
        self.under_way += 1
        is_caught_up_with = now - self._next <= self._CATCHES_UP_S
        self._next = (self._next if is_caught_up_with else now) + self._pace

    def answer(self, now: float) -> None:
        """Count what came back, in whatever way: it may have arrived."""
        self.under_way -= 1
        if self._many:
            self._answered.append(now)
