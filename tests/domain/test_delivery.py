import pytest

from bot.domain.delivery import RULES, Kind, Lane


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_of_message_has_its_rule(kind: Kind) -> None:
    assert kind in RULES


def test_whoever_just_pressed_a_button_is_answered_before_anybody_is_reminded() -> None:
    assert Lane.INTERACTIVE < Lane.LADDER < Lane.BROADCAST


@pytest.mark.parametrize(
    ("lane", "kinds"),
    [
        (
            Lane.INTERACTIVE,
            {
                Kind.FORM,
                Kind.RECEIPT,
                Kind.REPLY,
                Kind.PICTURE_REPLY,
                Kind.DOCUMENT,
                Kind.INCIDENT,
                Kind.INCIDENT_STEP,
            },
        ),
        (
            Lane.LADDER,
            {
                Kind.CLOSING,
                Kind.PROMPT,
                Kind.OUTAGE,
                Kind.REMINDER,
                Kind.DIGEST,
                Kind.PICTURE,
                Kind.BOARD,
                Kind.PIN,
            },
        ),
        (
            Lane.BROADCAST,
            {
                Kind.ALERT,
                Kind.MENU,
                Kind.ANNOUNCEMENT,
                Kind.ANNOUNCEMENT_STEP,
                Kind.ANNOUNCEMENT_REMINDER,
                Kind.ANNOUNCEMENT_COUNT,
                Kind.EXERCISE,
                Kind.UNIT_PAGE,
            },
        ),
    ],
)
def test_a_kind_goes_in_the_lane_of_those_who_wait_for_it(lane: Lane, kinds: set[Kind]) -> None:
    assert {kind for kind, rule in RULES.items() if rule.lane is lane} == kinds


def test_only_what_asks_again_or_adorns_is_worse_twice_than_never() -> None:
    once = {kind for kind, rule in RULES.items() if not rule.repeats_when_doubtful}
    assert once == {
        Kind.PROMPT,
        Kind.OUTAGE,
        Kind.REMINDER,
        Kind.PICTURE,
        Kind.PICTURE_REPLY,
        Kind.DOCUMENT,
        Kind.ANNOUNCEMENT_REMINDER,
        Kind.EXERCISE,
        Kind.UNIT_PAGE,
    }


def test_what_is_bound_to_a_time_says_when_it_comes_late() -> None:
    assert {kind for kind, rule in RULES.items() if rule.tells_delay} == {
        Kind.PROMPT,
        Kind.REMINDER,
        Kind.DIGEST,
        Kind.INCIDENT,
        Kind.ANNOUNCEMENT,
    }
