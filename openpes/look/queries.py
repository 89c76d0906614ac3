"""What pages and prints ask of the look: the reader's preferences, a QR code, a typeset PDF."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, override
from django.utils.translation.trans_real import translation
from noto_cjk_sans_otc import FONT_PATH
from pypinyin import Style, pinyin

from openpes.engine.identifiers import INVENTED_COUNTY, compose_resident_id
from openpes.look.choices import DEFAULT_SIZE, DEFAULT_THEME, SERVICE_PHONE, Size, Theme

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Preferences:
    """How one reader wants pages to look; kept in two cookies of the browser, nowhere else."""

    theme: str = DEFAULT_THEME
    size: str = DEFAULT_SIZE

    @property
    def base_theme(self) -> str:
        """The Bootstrap colour mode under our theme; `auto` starts light and is settled by start.js."""
        return "dark" if self.theme in (Theme.DARK, Theme.CONTRAST) else "light"

    @property
    def themes(self) -> list[tuple[str, str]]:
        """Every theme with its name, for the menu."""
        return [(theme.value, str(theme.label)) for theme in Theme]

    @property
    def is_elder(self) -> bool:
        return self.size == Size.ELDER


def preferences_of(request: HttpRequest) -> Preferences:
    """The reader's theme and text size from the cookies; an unknown value counts as the default."""
    theme = request.COOKIES.get("theme", DEFAULT_THEME)
    size = request.COOKIES.get("size", DEFAULT_SIZE)
    return Preferences(
        theme=theme if theme in Theme else DEFAULT_THEME,
        size=size if size in Size else DEFAULT_SIZE,
    )


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what every layout needs."""
    return {
        "look": preferences_of(request), "city_name": city_name(), "specimen_card": specimen_card(),
        "service_phone": SERVICE_PHONE, "refusal_frame": frame_of(request, "look/public.html"),
    }  # fmt: skip


def frame_of(request: HttpRequest, plain: str) -> str:
    """The layout of a page that says no: who has a desk keeps its navigation, everybody else sees the plain one."""
    at_desk = bool(getattr(request, "rights", None)) and not (request.actor.person or request.actor.employer)
    return "look/desk.html" if at_desk else plain


@lru_cache(maxsize=1)
def specimen_card() -> str:
    """What the practice driver of the card reader reads: a card that no real person can have, as JSON."""
    number = compose_resident_id(INVENTED_COUNTY, date(1990, 5, 17), 801)
    card = {"id_number": number, "name": "覃练习", "ethnic_group": "壮族", "address": "民族大道 1 号"}
    return json.dumps(card, ensure_ascii=False)


def city_name(language: str | None = None) -> str:
    """The name of this city in a language, by default the reader's: 南宁市, in English Nanning."""
    with override(language or get_language()):
        return str(settings.OPENPES_CITY_NAME)


@lru_cache(maxsize=1)
def initials_of_signs() -> dict[str, str]:
    """The pinyin initials of every Chinese character that stands on pages, all readings of a character together."""
    texts = translation("zh-hans")._catalog  # the merged catalogue of all rooms
    signs = {sign for _key, text in texts.items() for sign in str(text) if "\u3400" <= sign <= "\u9fff"}
    read = {sign: pinyin(sign, style=Style.FIRST_LETTER, heteronym=True)[0] for sign in sorted(signs)}
    return {sign: "".join(dict.fromkeys(found)) for sign, found in read.items()}


def qr_svg(text: str) -> str:
    """A QR code as an SVG of its own: black on white with its quiet zone, one unit a module, error level M.

    :raises ValueError: when there is nothing to encode.
    """
    if not text:
        raise ValueError("A QR code needs a text.")
    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(border=4, light="#fff", dark="#000", omitsize=True)


def typeset(template: str, values: Mapping[str, Any], at: datetime | None = None) -> bytes:
    """A tagged PDF from a Typst template and its values, the same bytes everywhere for the same input.

    The template is named like a Django template, `room/name.typ`, and reads its values with
    `json(bytes(sys.inputs.values))`. Only the packaged CJK font is used. `at` becomes the creation date.

    :raises FileNotFoundError: when the room has no such template.
    :raises typst.TypstError: when the template does not compile with these values.
    """
    pages = typst.Compiler(input=_print_template(template), root=PACKAGE, font_paths=_print_fonts()).compile(
        format="pdf",
        sys_inputs={"values": json.dumps(dict(values), ensure_ascii=False, default=str)},
        timestamp=int(at.timestamp()) if at else 0,
    )
    if not isinstance(pages, bytes):
        raise TypeError("A PDF is one file.")
    return pages


def _print_template(name: str) -> Path:
    room, _, file_name = name.partition("/")
    folder = PACKAGE / room / "templates" / room
    path = (folder / file_name).resolve()
    if not room.isidentifier() or path.suffix != ".typ" or path.parent != folder or not path.is_file():
        raise FileNotFoundError(f"There is no print template {name!r}; it is named room/name.typ.")
    return path


@lru_cache(maxsize=1)
def _print_fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(str(FONT_PATH)).parent]
    )
