"""What stands around the body of an official report: given by the settings, never by data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`body` is the issuing body, empty for the command's own name; `signer` has a line each."""

    superior: str = ""
    body: str = ""
    symbol: str = ""
    place: str = ""
    signer: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
