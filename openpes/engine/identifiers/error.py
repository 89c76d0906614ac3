"""The refusal of an identifier, with the rule that it breaks."""

from typing import Any

from openpes.engine.message import Message


class IdentifierError(ValueError):
    """An identifier breaks a rule; `code` names the rule and `message` says it in a sentence."""

    def __init__(self, code: str, text: str, **params: Any) -> None:
        self.code = code
        self.message = Message(text, params)
        super().__init__(str(self.message))
