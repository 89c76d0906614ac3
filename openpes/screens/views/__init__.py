"""Pages of what is released."""

from openpes.screens.views.bulletins import bulletin_new, bulletin_pack, bulletin_pdf, bulletins
from openpes.screens.views.halls import hall, keeper, list, rows, strip, strip_text
from openpes.screens.views.kiosk import kiosk, kiosk_own
from openpes.screens.views.media import media
from openpes.screens.views.subscribing import confirm, subscribe

__all__ = [
    "bulletin_new",
    "bulletin_pack",
    "bulletin_pdf",
    "bulletins",
    "confirm",
    "hall",
    "keeper",
    "kiosk",
    "kiosk_own",
    "list",
    "media",
    "rows",
    "strip",
    "strip_text",
    "subscribe",
]
