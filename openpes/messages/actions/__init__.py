"""Messages: written, sent, decided; agreed to and stopped."""

from openpes.messages.actions.sending import (
    Parcel,
    note_failure,
    note_interrupted,
    note_sent,
    take_message,
)
from openpes.messages.actions.settling import erase_old, leave_message, send_again
from openpes.messages.actions.wishes import (
    Wanted,
    ask_consent,
    confirm_consent,
    end_consent,
    resume_recipient,
    stop_by_link,
    stop_recipient,
)
from openpes.messages.actions.writing import About, send_message

__all__ = [
    "About",
    "Parcel",
    "Wanted",
    "ask_consent",
    "confirm_consent",
    "end_consent",
    "erase_old",
    "leave_message",
    "note_failure",
    "note_interrupted",
    "note_sent",
    "resume_recipient",
    "send_again",
    "send_message",
    "stop_by_link",
    "stop_recipient",
    "take_message",
]
