"""Never too many for one second of the receiver, whatever the way there does."""

from hypothesis import given
from hypothesis import strategies as st

from bot.gate import Gate

DELAYS = st.floats(0, 3, allow_nan=False)


@given(
    st.integers(1, 8),
    st.lists(st.tuples(DELAYS, DELAYS, st.floats(0, 0.7)), min_size=1, max_size=60),
)
def test_no_second_of_the_receiver_has_more_than_are_allowed(
    many: int, messages: list[tuple[float, float, float]]
) -> None:
    """Each message: how long it is on the way there and back, and what the sender does before it."""
    gate, now = Gate(many), 0.0
    arrived: list[float] = []
    back: list[float] = []

    def pass_until(moment: float) -> None:
        for answer in sorted(back):
            if answer <= moment:
                gate.answer(answer)
                back.remove(answer)

    for there, thence, idle in messages:
        now += idle
        pass_until(now)
        while wait := gate.opens_in(now) or (gate.opens_in(now) is None):
            now = max(now, min(back)) if wait is True else now + wait
            pass_until(now)
        gate.leave(now)
        arrived.append(now + there)
        back.append(now + there + thence)
    for begin in arrived:
        assert sum(begin <= at < begin + 1 - 1e-9 for at in arrived) <= many


def test_it_keeps_an_even_pace_and_catches_up_with_a_short_delay_only() -> None:
    gate, left = Gate(10), list[float]()
    for moment in range(400):
        now = moment / 100
        if 1.0 <= now < 1.15 or 2.0 <= now < 3.0:  # the sender is busy
            continue
        while gate.opens_in(now) == 0:
            gate.leave(now)
            gate.answer(now)
            left.append(now)
    assert sum(at < 1 for at in left) == 10
    assert sum(at < 2 for at in left) == 20
    assert sum(3 <= at < 3.05 for at in left) == 1


def test_without_a_limit_nothing_is_held_back() -> None:
    gate = Gate(0)
    for _ in range(1000):
        assert gate.opens_in(1.0) == 0
        gate.leave(1.0)
