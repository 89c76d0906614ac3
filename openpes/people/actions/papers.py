"""Numbers of papers: often made of an identity number, so they are sealed, masked, and found by their index."""

from openpes.kernel.forms import half_width
from openpes.kernel.sensitive import blind_index, seal, unseal

CONTEXT = "paper.number"
SHOWN = 4
LONGEST_MASK = 30


def paper_number(text: str) -> str:
    """The number of a paper as it is compared: half-width, capitals, no blanks."""
    return "".join(half_width(text).upper().split())


def paper_mask(number: str) -> str:
    """What is shown of the number of a paper: its last four characters, of a short one only the last."""
    shown = number[-SHOWN:] if len(number) > 2 * SHOWN else number[-1:]
    return ("*" * min(len(number) - len(shown), LONGEST_MASK - SHOWN) + shown) if number else ""


def sealed_paper(number: str) -> bytes | None:
    """The number of a paper, sealed; None when there is none."""
    return seal(number, context=CONTEXT) if number else None


def paper_index(number: str) -> bytes | None:
    """The blind index of the number of a paper."""
    return blind_index(number, context=CONTEXT) if number else None


def paper_in_full(sealed: bytes | None) -> str:
    """The number of a paper in the clear, for the person whose it is."""
    return unseal(sealed, context=CONTEXT) if sealed is not None else ""
