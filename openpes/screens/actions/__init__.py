"""What is released by an act: bulletins, digests."""

from openpes.screens.actions.bulletins import BulletinFacts, print_bulletin
from openpes.screens.actions.digests import send_digest
from openpes.screens.actions.kiosk import show_own_lines

__all__ = ["BulletinFacts", "print_bulletin", "send_digest", "show_own_lines"]
