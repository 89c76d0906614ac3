"""Short codes on paper: letters that nothing is mistaken for, as they are typed by hand, and what finds their proof."""

import hashlib

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is mistaken for something else on paper
CODE_LENGTH = 12


def spoken_code(code: str) -> str:
    """A code as it is printed, in groups of four; any other text stays as it is."""
    if len(code) != CODE_LENGTH:
        return code
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def plain_code(text: str) -> str:
    """A code as it is kept, from what somebody typed: small letters, gaps and dashes do not matter in a short one."""
    short = "".join(text.split()).replace("-", "").upper()
    is_short = len(short) == CODE_LENGTH and not set(short) - set(CODE_LETTERS)
    return short if is_short else text.strip()


def digest_of(token: str) -> str:
    """Under which a paper's public proof is found: the code itself is not in the public table."""
    return hashlib.sha256(token.encode()).hexdigest()
