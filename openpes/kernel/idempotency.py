"""Unsafe requests take effect once: the same key replays the answer, other content under it is an error."""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from openpes.kernel.models import AnsweredRequest
from openpes.kernel.refusal import Refused

REPLAYED_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Location", "HX-Trigger", "Content-Disposition")
KEY_FIELD = "idempotency_key"
KEY_SHAPE = re.compile(r"[!-~]{8,64}")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")

# One statement claims the key: a request under the same key waits here until the first has ended.
CLAIM = """
INSERT INTO kernel_answeredrequest (account_id, key, content_hash, status, headers, body, answered_at)
VALUES (%s, %s, %s, 0, '{}', '', %s)
ON CONFLICT (account_id, key) DO NOTHING RETURNING id
"""
REMEMBER = "UPDATE kernel_answeredrequest SET status = %s, headers = %s, body = %s WHERE id = %s"


def answer_once(
    request: HttpRequest, *, account_id: int, at: datetime, view: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Run `view` in the present transaction unless this key was answered before; then replay that answer.

    An answer of 400 or above undoes everything it wrote, the key included, so the next try starts clean.

    :raises Refused: without a key, or when the key was used for other content.
    """
    key = request.headers.get("Idempotency-Key") or request.POST.get(KEY_FIELD, "")
    if not KEY_SHAPE.fullmatch(key):
        raise Refused(
            _("This request carries no idempotency key."), next_step=_("Load the page again and send the form anew.")
        )
    content = _content_hash(request)
    claimed = _claim(account_id, key, content, at)
    if claimed is None:
        return _replay(AnsweredRequest.objects.get(account_id=account_id, key=key), content)
    response = view()
    if response.status_code >= 400:
        transaction.set_rollback(True)
    else:
        _remember(claimed, response)
    return response


def _claim(account_id: int, key: str, content: bytes, at: datetime) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [account_id, key, content, at])
        row = cursor.fetchone()
    return row[0] if row else None


def _content_hash(request: HttpRequest) -> bytes:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\0".encode())
    for name, values in sorted(request.POST.lists()):
        if name not in (KEY_FIELD, "csrfmiddlewaretoken"):
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name)).encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    if request.content_type not in FORM_TYPES:
        digest.update(request.body)
    return digest.digest()


def _replay(row: AnsweredRequest, content: bytes) -> HttpResponse:
    if bytes(row.content_hash) != content:
        raise Refused(
            _("This idempotency key was already used for a request with other content."),
            next_step=_("Load the page again and send the form anew."),
        )
    response = HttpResponse(bytes(row.body), status=row.status, headers=row.headers)
    response["Idempotency-Replayed"] = "true"
    return response


def _remember(claimed: int, response: HttpResponseBase) -> None:
    headers = {name: response[name] for name in REPLAYED_HEADERS if name in response}
    body = b"" if response.streaming else bytes(response.content)  # type: ignore[attr-defined]
    connection.write_behind(REMEMBER, [response.status_code, json.dumps(headers), body, claimed])
