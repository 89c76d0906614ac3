"""What a page says after an act, on its way to the next page: in a cookie that nobody but the city can read."""

import json
import zlib
from base64 import b85decode, b85encode, urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.signing import BadSignature

from openpes.kernel.sensitive import seal, unseal

CONTEXT = "messages.cookie"


class SealedCookieStorage(CookieStorage):
    """The framework's cookie of messages, sealed instead of signed: a message may name a person.

    It costs no statement. A row of the session would be written in a transaction of its own after the act was done, so
    that an act which took effect could be answered with an error.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = _Sealer()


class _Sealer:
    """The two words of a signer of objects, by the keys of the city."""

    def sign_object(self, obj: Any, *, serializer: Any, **_options: Any) -> str:
        """The object as text that only `unsign_object` reads."""
        packed = b85encode(zlib.compress(serializer().dumps(obj))).decode()
        return urlsafe_b64encode(seal(packed, context=CONTEXT)).decode()

    def unsign_object(self, text: str, *, serializer: Any, **_options: Any) -> Any:
        """The object again.

        :raises BadSignature: the text was not sealed by this city
        """
        try:
            packed = unseal(urlsafe_b64decode(text.encode()), context=CONTEXT)
            return serializer().loads(zlib.decompress(b85decode(packed)))
        except (InvalidTag, ValueError, LookupError, zlib.error, json.JSONDecodeError) as wrong:
            raise BadSignature("not sealed by this city") from wrong
