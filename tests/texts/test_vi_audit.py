"""Entries of the audit trail, each in the form in which it is kept."""

import pytest

from bot.domain.people import Role
from bot.domain.seats import Who
from bot.domain.trail import ACTIONS, Told
from bot.texts.en import English
from bot.texts.markup import plain
from tests.builders import ZONE, at, texts, unit

AN_SON = unit(2)


def told(action: str, kept: str | None = None) -> Told:
    return Told(
        at("08:00"),
        None,
        action,
        AN_SON,
        None,
        kept,
        None,
        {1: Who(Role.COMMANDER)},
        {(Role.LEADER, AN_SON.id): {1: 2}},
        {AN_SON.id: AN_SON},
    )


@pytest.mark.parametrize(
    ("action", "kept", "words"),
    [
        (
            "report.reopen",
            '{"day": "2022-03-13", "until": "2022-03-14T05:00:00+00:00"}',
            "ngày 13/03/2022, đến 12:00 ngày 14/03/2022",
        ),
        ("exemption.end", '{"ended_on": "2022-03-15"}', "từ 15/03/2022"),
        (
            "report.erase",
            '{"before": "2022-03-14", "reports": 26, "revisions": 28, "nudges": 0, "boards": 2}',
            "trước 14/03/2022, 26 báo cáo, 28 lần gửi, 2 bảng theo dõi",
        ),
        (
            "activity.erase",
            '{"before": "2022-03-14", "activities": 2, "reports": 9, "roster_members": 3}',
            "trước 14/03/2022, 2 hoạt động, 9 báo cáo, 3 người đã thôi",
        ),
        (
            "exemption.add",
            '{"id": 7, "first": "2022-03-14", "last": null, "weekdays": "sat,sun"}',
            "từ 14/03/2022, T7, CN",
        ),
        (
            "role.end",
            '{"who": 1, "role": "leader", "since": "2022-03-14T01:00:00+00:00", "until": null}',
            "CHT An Sơn (2), từ 08:00 ngày 14/03/2022",
        ),
        (
            "unit.merge",
            '{"into": 3, "since": "2022-03-15", "roles": 0}',
            "vào phường An Sơn, từ 15/03/2022",
        ),
        ("unit.strength", '{"establishment": 1024, "is_sample": true}', "biên chế 1.024, số mẫu"),
        ("unit.rename", '{"name": "phường <b>X</b>"}', "phường <b>X</b>"),
        (
            "role.acting",
            '{"who": 1, "as_role": "leader", "as_unit": 3, "first": "2022-03-14", "last": "2022-03-14"}',
            "CHT An Sơn (2), ngày 14/03/2022",
        ),
        ("role.change", '{"who": 1, "role": "deputy"}', "Chỉ huy"),
        (
            "invitation.create",
            '{"role": "leader", "replaces": 1}',
            "Chỉ huy trưởng đơn vị, thay CHT An Sơn (2)",
        ),
        ("group.bind", '{"chat": -100123, "topic": null}', "nhóm"),
        ("schedule.change", "không phải JSON", "không phải JSON"),
        ("unit.add", "[1, 2]", "[1, 2]"),
        ("role.end", None, ""),
    ],
)
def test_an_entry_is_told_in_plain_words(action: str, kept: str | None, words: str) -> None:
    assert plain(texts().audit_facts(told(action, kept), kept, with_strength=True)) == words


@pytest.mark.parametrize(
    ("action", "kept", "words"),
    [
        (
            "report.reopen",
            '{"day": "2022-03-13", "until": "2022-03-14T05:00:00+00:00"}',
            "day 13/03/2022, until 12:00 on 14/03/2022",
        ),
        (
            "exemption.add",
            '{"id": 7, "first": "2022-03-14", "last": "2022-03-20", "weekdays": "sat,sun"}',
            "from 14/03/2022 up to and including 20/03/2022, Sat, Sun",
        ),
        (
            "schedule.change",
            '{"mon": "15:30 16:30 20:00", "from": "2022-03-15"}',
            "Mon 15:30–16:30–20:00; Tue–Sun no report due from 15/03/2022",
        ),
        (
            "unit.merge",
            '{"into": 3, "since": "2022-03-15", "roles": 2}',
            "into phường An Sơn, from 15/03/2022, roles ended with it: 2",
        ),
        (
            "unit.strength",
            '{"establishment": 1024, "is_sample": true}',
            "establishment 1,024, sample figure",
        ),
        (
            "invitation.create",
            '{"role": "leader", "replaces": 1}',
            "Unit commander, in place of Cdr An Sơn (2)",
        ),
    ],
)
def test_an_entry_is_told_in_english_as_well(action: str, kept: str, words: str) -> None:
    entry = told(action, kept)
    assert plain(English(ZONE).audit_facts(entry, kept, with_strength=True)) == words


def test_without_strength_an_establishment_is_only_said_to_have_changed() -> None:
    kept = '{"name": "phường X", "establishment": 24}'
    found = texts().audit_facts(told("unit.add", kept), kept, with_strength=False)
    assert found == "phường X, biên chế đã đổi"


# What stands in the trail beside what is about a topic.
_OTHERS = (
    "announcement.send",
    "announcement.correct",
    "incident.acknowledge",
    "incident.close",
    "report.late_reason",
)


def test_every_action_has_a_name() -> None:
    for actions in (*ACTIONS.values(), _OTHERS):
        for action in actions:
            assert texts().audit_action(action) != action
            assert English(ZONE).audit_action(action) != action
