"""Office files are packages: the same content is to give the same bytes, and no letter may break it."""

import re
import unicodedata
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NEVER = (1980, 1, 1, 0, 0, 0)  # the oldest time that a package can hold
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def fixed(package: bytes, modified: datetime) -> bytes:
    """Return the package without the times of its making; `modified` (UTC) is the one it tells."""
    told = f"{modified:%Y-%m-%dT%H:%M:%SZ}".encode()
    result = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + told, content)
            entry = ZipInfo(name, _NEVER)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, content)
    return result.getvalue()


def legible(text: str, *, lines: bool = False) -> str:
    """Return the text composed as NFC, without what XML cannot hold and what turns its direction.

    With `lines`, tabs and ends of lines stay as they are; else each is a space.
    """
    composed = unicodedata.normalize("NFC", text)
    spaced = composed if lines else " ".join(composed.split())
    if spaced.isprintable():  # a quick answer for almost all
        return spaced
    return "".join(c for c in spaced if c in "\t\n\r" or _is_kept(c))


def _is_kept(c: str) -> bool:
    return unicodedata.category(c) not in {"Cc", "Cs", "Cn"} and c not in _DIRECTIONS
