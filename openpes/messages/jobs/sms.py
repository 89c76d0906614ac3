"""SMS over an HTTP gateway: JSON in a signed POST; the number of a message makes a repeated one recognisable."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from openpes.engine.wordings import wordings
from openpes.kernel import clock
from openpes.messages.actions.sending import Parcel
from openpes.messages.jobs.gateways import PATIENCE, Gateway, NotSent
from openpes.messages.rules import Failure, signature

STOP_HINT = {True: " 拒收请回复退订", False: " Reply TD to stop."}
ASKED_TO_WAIT = (429, 503)


class SmsGateway(Gateway):
    """The city's SMS gateway: `{"id", "to", "text", "purpose"}` as JSON.

    The headers `X-Message-Time` and `X-Message-Signature` carry the second of the attempt and the HMAC-SHA-256 of
    `<time>.<body>` under the common key, as hexadecimal digits.
    """

    def __init__(self, chosen: Mapping[str, Any]) -> None:
        self.url = urlsplit(chosen["sms_url"])
        self.key, self.name = chosen["sms_key"].encode(), chosen["sms_name"]
        self.knows_numbers = bool(chosen["sms_knows_numbers"])

    def send(self, parcel: Parcel) -> str:
        """Post the message; 2xx is taken, 429 and 503 later, other 4xx never, everything else unknown."""
        line = self._line()
        try:
            line.connect()
        except OSError as away:
            raise NotSent(Failure.LATER, f"gateway not reached: {type(away).__name__}") from None
        try:
            body, headers = self._letter(parcel)
            line.request("POST", self._path(), body, headers)
            answer = line.getresponse()
            told = answer.read(10_000)
        except (OSError, HTTPException) as broken:
            raise NotSent(Failure.UNKNOWN, f"line broke: {type(broken).__name__}") from None
        finally:
            line.close()
        return _receipt(answer, told)

    def _line(self) -> HTTPConnection:
        kind = HTTPSConnection if self.url.scheme == "https" else HTTPConnection
        return kind(self.url.hostname or "", self.url.port, timeout=PATIENCE)

    def _path(self) -> str:
        return (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")

    def _letter(self, parcel: Parcel) -> tuple[bytes, dict[str, str]]:
        told = {
            "id": str(parcel.number), "to": parcel.to.reveal(), "text": self._text(parcel), "purpose": parcel.purpose,
        }  # fmt: skip
        body = json.dumps(told, ensure_ascii=False).encode()
        moment = str(int(clock.now().timestamp()))
        return body, {
            "Content-Type": "application/json; charset=utf-8",
            "X-Message-Time": moment,
            "X-Message-Signature": signature(self.key, moment, body),
        }

    def _text(self, parcel: Parcel) -> str:
        hint = STOP_HINT[parcel.language.startswith("zh")] if wordings()[parcel.purpose].stop else ""
        return f"【{self.name}】{parcel.text}{hint}"


def _receipt(answer: HTTPResponse, told: bytes) -> str:
    said = told.decode("utf-8", "replace").strip()[:200]
    if 200 <= answer.status < 300:
        try:
            return str(json.loads(said).get("id", ""))
        except (ValueError, AttributeError):
            return ""
    if answer.status in ASKED_TO_WAIT:
        raise NotSent(Failure.LATER, f"{answer.status} {said}")
    never = 400 <= answer.status < 500
    raise NotSent(Failure.NEVER if never else Failure.UNKNOWN, f"{answer.status} {said}")
