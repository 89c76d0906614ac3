"""What is released: screens, strips, bulletins, files for the media, a person's own lines at a kiosk."""

from openpes.screens.queries.bulletins import bulletin, bulletins
from openpes.screens.queries.halls import (
    HallBoard,
    Row,
    Screen,
    ScreenList,
    Setting,
    hall_board,
    screen_list,
    selection_of,
    setting_of,
)
from openpes.screens.queries.kiosk import OwnLines, own_lines, person_at_kiosk
from openpes.screens.queries.media import led_lines, sentences
from openpes.screens.queries.selection import Selection, selected, told_of

__all__ = [
    "HallBoard",
    "OwnLines",
    "Row",
    "Screen",
    "ScreenList",
    "Selection",
    "Setting",
    "bulletin",
    "bulletins",
    "hall_board",
    "led_lines",
    "own_lines",
    "person_at_kiosk",
    "screen_list",
    "selected",
    "selection_of",
    "sentences",
    "setting_of",
    "told_of",
]
