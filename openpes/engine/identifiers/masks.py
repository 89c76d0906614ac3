"""What may be shown of an identifier to somebody who does not need all of it."""


def mask_id(number: str) -> str:
    """First three and last two characters: hides county, birth date, sex and most of the order number."""
    return _masked(number, 3, 2)


def mask_name(name: str) -> str:
    """The first character, a star for each of the others, and the middle dots of minority names."""
    return name[:1] + "".join("·" if character == "·" else "*" for character in name[1:])


def mask_phone(number: str) -> str:
    """First three and last four digits of a mobile number; two of anything shorter."""
    return _masked(number, 3, 4) if len(number) >= 11 else _masked(number, 0, 2)


def mask_credit_code(number: str) -> str:
    """First four and last four characters of a credit code."""
    return _masked(number, 4, 4)


def _masked(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return text[:first] + "*" * hidden + text[len(text) - last :]
