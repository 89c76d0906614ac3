"""What may be done with a file: receive, match, check, accept, take back, drop, take marked; and offering a kind."""

from openpes.intake.actions.accept import accept_batch, accept_part, start_accepting
from openpes.intake.actions.check import check_batch, refuse_batch
from openpes.intake.actions.columns import match_again, match_columns
from openpes.intake.actions.erase import erase_records
from openpes.intake.actions.marked import take_marked_file
from openpes.intake.actions.receive import SameFile, receive_file
from openpes.intake.actions.single import one_by_one, undo_one_by_one
from openpes.intake.actions.undo import drop_batch, purge_content, start_undoing, undo_batch
from openpes.intake.actions.work import cancel_work, resume_work
from openpes.intake.choices import offer

__all__ = [
    "SameFile",
    "accept_batch",
    "accept_part",
    "cancel_work",
    "check_batch",
    "drop_batch",
    "erase_records",
    "match_again",
    "match_columns",
    "offer",
    "one_by_one",
    "purge_content",
    "receive_file",
    "refuse_batch",
    "resume_work",
    "start_accepting",
    "start_undoing",
    "take_marked_file",
    "undo_batch",
    "undo_one_by_one",
]
