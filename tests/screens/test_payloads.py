"""What a button carries comes back as it was, and nothing else is taken for it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Role
from bot.domain.periods import Period
from bot.screens.packing import InvalidPayloadError
from bot.screens.payloads import (
    BackupPress,
    CallsPress,
    FormPress,
    HistoryPress,
    InvitePress,
    LanguagePress,
    NudgePress,
    Step,
    SummaryPress,
    View,
)

LONGEST_DATA = 64

days = st.dates(date(2000, 1, 1), date(2099, 12, 31))
presses = st.builds(
    FormPress,
    report_type=st.sampled_from(["duty", "party_committee"]),
    day=days,
    unit_id=st.integers(0, 999_999),
    step=st.sampled_from(Step),
    seen=st.integers(0, 9999),
    mark=st.text("0123456789abcdef", max_size=8),
    argument=st.sampled_from(
        ["", "safety", "absent.short_leave", "absent.on_mission", "has_committee.yes"]
    ),
)


@given(presses)
def test_a_form_press_comes_back_as_it_was_and_fits_into_a_button(press: FormPress) -> None:
    data = press.pack()
    assert len(data.encode()) <= LONGEST_DATA
    assert FormPress.parse(data) == press


@given(st.sampled_from(Role), st.none() | st.integers(0, 999_999_999))
def test_an_invite_press_comes_back_as_it_was(role: Role, unit_id: int | None) -> None:
    press = InvitePress(role, unit_id)
    assert InvitePress.parse(press.pack()) == press


@given(
    st.builds(
        SummaryPress,
        period=st.sampled_from(Period),
        day=st.dates(),
        view=st.sampled_from(View),
        unit_id=st.integers(0, 999_999_999),
        page=st.integers(0, 999),
    )
)
def test_a_summary_press_comes_back_as_it_was_and_fits_into_a_button(press: SummaryPress) -> None:
    assert len(press.pack().encode()) <= LONGEST_DATA
    assert SummaryPress.parse(press.pack()) == press


def test_a_backup_press_comes_back_as_it_was_and_nothing_else_is_taken_for_one() -> None:
    assert BackupPress.parse(BackupPress().pack()) == BackupPress()
    for data in ("bk:", "bk:later", "bk:now:", "bk:now\n"):
        with pytest.raises(InvalidPayloadError):
            BackupPress.parse(data)


@given(st.dates(), st.none() | st.integers(0, 999_999_999))
def test_a_history_press_comes_back_as_it_was(day: date, unit_id: int | None) -> None:
    press = HistoryPress(day, unit_id)
    assert HistoryPress.parse(press.pack()) == press


@pytest.mark.parametrize(
    ("payload", "data"),
    [
        (SummaryPress, "s:ngay:20260230:all:0:0"),
        (SummaryPress, "s:gio:20260228:all:0:0"),
        (SummaryPress, "s:ngay:20260228:some:0:0"),
        (HistoryPress, "h:20261301:"),
        (HistoryPress, "h:20260101:-1"),
    ],
)
def test_what_only_looks_like_ours_is_refused(
    payload: type[SummaryPress | HistoryPress], data: str
) -> None:
    with pytest.raises(InvalidPayloadError):
        payload.parse(data)


@given(days, st.integers(0, 999_999_999))
def test_a_nudge_press_comes_back_as_it_was_and_fits_into_a_button(day: date, unit_id: int) -> None:
    data = NudgePress(day, unit_id).pack()
    assert len(data.encode()) <= LONGEST_DATA
    assert NudgePress.parse(data) == NudgePress(day, unit_id)


@given(st.text())
@pytest.mark.parametrize(
    "payload", [FormPress, InvitePress, LanguagePress, NudgePress, SummaryPress, HistoryPress]
)
def test_any_other_text_is_refused_by_name(
    payload: type[
        FormPress | InvitePress | LanguagePress | NudgePress | SummaryPress | HistoryPress
    ],
    data: str,
) -> None:
    try:
        press = payload.parse(data)
    except InvalidPayloadError:
        return
    assert press.pack() == data


def test_only_its_own_words_make_the_list_of_whom_to_ring() -> None:
    assert CallsPress.parse(CallsPress().pack()) == CallsPress()
    with pytest.raises(InvalidPayloadError):
        CallsPress.parse("cs:later")
