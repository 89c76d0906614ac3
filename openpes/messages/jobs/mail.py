"""Mail over SMTP: every stage before the text is certain, the text itself is not."""

import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from openpes.engine.wordings import wordings
from openpes.kernel import clock
from openpes.messages.actions.sending import Parcel
from openpes.messages.jobs.gateways import PATIENCE, Gateway, NotSent
from openpes.messages.rules import Failure, link_token


class MailServer(Gateway):
    """The city's mail server."""

    def __init__(self, chosen: Mapping[str, Any]) -> None:
        self.chosen = chosen

    def send(self, parcel: Parcel) -> str:
        """Hand the mail over; answers of 4xx are later, of 5xx never, a line that breaks during the text unknown."""
        try:
            line = smtplib.SMTP(self.chosen["smtp_host"], self.chosen["smtp_port"], timeout=PATIENCE)
        except (OSError, smtplib.SMTPException) as away:
            raise NotSent(Failure.LATER, f"mail server not reached: {type(away).__name__}") from None
        with line:
            self._introduce(line, parcel)
            try:
                code, said = line.data(self.letter(parcel).as_bytes())
            except smtplib.SMTPDataError as refused:
                code, said = refused.smtp_code, _bytes(refused.smtp_error)
            except (OSError, smtplib.SMTPException) as broken:
                raise NotSent(Failure.UNKNOWN, f"line broke: {type(broken).__name__}") from None
            _check(code, said)
        return said.decode("utf-8", "replace")[:100]

    def _introduce(self, line: smtplib.SMTP, parcel: Parcel) -> None:
        try:
            if self.chosen["smtp_tls"]:
                line.starttls()
            if self.chosen["smtp_user"]:
                line.login(self.chosen["smtp_user"], self.chosen["smtp_password"])
            line.ehlo_or_helo_if_needed()
            _check(*line.mail(self.chosen["smtp_from"]))
            _check(*line.rcpt(parcel.to.reveal()))
        except (OSError, smtplib.SMTPException) as broken:
            raise NotSent(Failure.LATER, f"mail server: {type(broken).__name__}") from None

    def letter(self, parcel: Parcel) -> EmailMessage:
        """The mail, with the link by which its reader stops such mails."""
        wording = wordings()[parcel.purpose]
        mail = EmailMessage()
        mail["From"], mail["To"] = self.chosen["smtp_from"], parcel.to.reveal()
        mail["Subject"] = f"{self.chosen['sms_name']} · {wording.title(parcel.language)}"
        mail["Date"] = format_datetime(clock.now())
        mail["Message-ID"] = f"<{parcel.number}@{self.chosen['smtp_from'].rpartition('@')[2] or 'localhost'}>"
        text = parcel.text
        if wording.stop and self.chosen["site"]:
            link = f"{self.chosen['site']}/messages/stop/{link_token(parcel.number)}"
            mail["List-Unsubscribe"] = f"<{link}>"
            text += f"\n\n{'退订' if parcel.language.startswith('zh') else 'Stop these mails'}: {link}"
        mail.set_content(text)
        return mail


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said


def _check(code: int, said: bytes) -> None:
    if 200 <= code < 300:
        return
    words = f"{code} {said.decode('utf-8', 'replace')}"
    raise NotSent(Failure.NEVER if code >= 500 else Failure.LATER, words)
