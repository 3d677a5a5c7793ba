"""The words that a typed duty report is read by: what people write on a phone, in Vietnamese."""

from collections.abc import Iterable
from itertools import product

from bot.domain.line_words import Ambiguous, Meaning, Reason, State, Term, Vocabulary

_TERMS = {
    Term.STRENGTH: ("quân số", "qs"),
    Term.PRESENT: ("có mặt", "hiện có", "hiện diện"),
    Term.FULL: ("đủ", "đầy đủ"),
    Term.ESTABLISHMENT: ("biên chế", "quân số biên chế"),
    Term.ABSENT: ("vắng", "vắng mặt", "v"),
    Term.NONE: ("không", "ko", "k", "kg", "không có", "không ai"),
    Term.PEOPLE: ("đồng chí", "đ/c", "đc", "người"),
    Term.DAY: ("ngày",),
    Term.COURTESY: ("báo cáo", "gọi trực chỉ huy"),
}
_REASONS = {
    "leave": ("phép", "nghỉ phép", "đi phép"),
    "short_leave": ("tranh thủ", "nghỉ tranh thủ", "đi tranh thủ"),
    "sick": ("ốm", "nghỉ ốm", "bị ốm", "bệnh"),
    "on_mission": ("công tác", "đi công tác"),
    "studying": ("học", "đi học"),
    "other": ("khác", "lý do khác"),
}
_AMBIGUOUS = {
    "bc": ("biên chế", "báo cáo"),
    "tt": ("tranh thủ", "trật tự"),
    "ct": ("công tác", "chính trị"),
}

_NO = ("không", "ko", "k", "kg")
_NOT = (*_NO, "chưa")
_SAFE = (
    "an toàn",
    "an toàn tuyệt đối",
    "tuyệt đối an toàn",
    "bảo đảm an toàn",
    "đảm bảo an toàn",
)
_UNSAFE = ("mất an toàn", "xảy ra mất an toàn", "có mất an toàn")
_ORDER = (
    "anct",
    "antt",
    "ttatxh",
    "anct ttatxh",
    "an ninh",
    "an ninh chính trị",
    "an ninh trật tự",
    "trật tự",
    "trật tự an toàn xã hội",
    "an ninh chính trị trật tự xã hội",
    "an ninh chính trị trật tự an toàn xã hội",
)
_INCIDENT = ("có vụ việc", "xảy ra vụ việc", "có vụ việc xảy ra")
_TROUBLE = ("có vấn đề", "có sự cố")
# After a denial only: without one it is a question.
_ANY_TROUBLE = (*_TROUBLE, "có vấn đề gì", "có sự cố gì")
_UNREST = ("mất ổn định", "bất ổn", *_INCIDENT)
_ALL_NORMAL = (
    "bình thường",
    "tình hình bình thường",
    "mọi mặt bình thường",
    "mọi việc bình thường",
)


def _joined(*words: Iterable[str]) -> tuple[str, ...]:
    """Return every phrase that takes one of each, in this order."""
    return tuple(" ".join(phrase).strip() for phrase in product(*words))


# No phrase here ends in a denial: what follows one could be what it denies.
_SAFETY_NORMAL = (
    *_SAFE,
    "an toàn bình thường",
    *_joined(("an toàn",), _NOT, _ANY_TROUBLE),
    *_joined(_NOT, ("có vấn đề", "có vấn đề gì"), ("an toàn", "về an toàn")),
    *_joined(_NOT, _UNSAFE),
)
_SAFETY_PROBLEM = (
    *_joined(_NOT, _SAFE),
    *_UNSAFE,
    *_joined(("an toàn",), _TROUBLE),
    *_joined(("có vấn đề",), ("an toàn", "về an toàn")),
)
_ORDER_NORMAL = (
    *_joined(("", "tình hình", *_ORDER), ("ổn định",)),
    *_joined(_ORDER, ("bình thường",)),
    *_joined(("", *_ORDER), _NOT, _INCIDENT, ("", "gì", "nào")),
    *_joined(_ORDER, _NOT, _ANY_TROUBLE),
)
_ORDER_PROBLEM = (
    *_joined(("", "tình hình", *_ORDER), _NOT, ("ổn định",)),
    *_joined(("", "tình hình", *_ORDER), _UNREST),
    *_joined(_ORDER, _NOT, ("bình thường",)),
    *_joined(_ORDER, _TROUBLE),
    "mất trật tự",
)
_BOTH_NORMAL = (
    *_ALL_NORMAL,
    *_joined(_NO, ("có vấn đề", "có vấn đề gì", "có gì bất thường", "vấn đề gì")),
)
_STATES = {
    State((("safety", True),)): _SAFETY_NORMAL,
    State((("safety", False),)): _SAFETY_PROBLEM,
    State((("order", True),)): _ORDER_NORMAL,
    State((("order", False),)): _ORDER_PROBLEM,
    State((("safety", True), ("order", True))): _BOTH_NORMAL,
}
_NOBODY_ABSENT = (
    *_joined(_NO, ("vắng", "vắng mặt", "có vắng", "vắng ai", "ai vắng", "có ai vắng")),
)


def _meanings() -> dict[str, Meaning]:
    meanings: dict[str, Meaning] = {}
    meanings.update({word: term for term, words in _TERMS.items() for word in words})
    meanings.update({word: Reason(key) for key, words in _REASONS.items() for word in words})
    meanings.update({word: state for state, words in _STATES.items() for word in words})
    meanings.update(dict.fromkeys(_NOBODY_ABSENT, Term.NOBODY_ABSENT))
    meanings.update({word: Ambiguous(may_be) for word, may_be in _AMBIGUOUS.items()})
    return meanings


VOCABULARY = Vocabulary(_meanings())
