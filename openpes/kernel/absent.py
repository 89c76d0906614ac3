"""A thing that is not there for whoever asks: the page answers 404, and does not tell whether it exists elsewhere."""

from types import TracebackType

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404


class Absence:
    """While it lasts, exceptions of some kinds become a 404; every other one stays the error that it is."""

    def __init__(self, kinds: tuple[type[Exception], ...]) -> None:
        self.kinds = kinds

    def __enter__(self) -> None:
        """Nothing begins."""

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, self.kinds):
            raise Http404 from None


def absent_is_404(*kinds: type[ObjectDoesNotExist] | type[ValueError]) -> Absence:
    """To be read in a sentence: `with absent_is_404(Vacancy.DoesNotExist):`."""
    return Absence(kinds)
