"""Which pictures a service point may show."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason


def why_not_this_file(*, size: int, most_bytes: int, caption: str) -> Iterator[Reason]:
    """Why a file is not even looked into."""
    if not size:
        yield Reason(_("The file is empty."), field="file", next_step=_("Choose a photograph of the point."))
    if size > most_bytes:
        yield Reason(
            _("The picture has %(size)s KB; at most %(most)s KB are kept.")
            % {"size": f"{-(-size // 1000):,}", "most": f"{most_bytes // 1000:,}"},
            field="file",
            next_step=_("Send a smaller picture; 1,600 points of width are enough."),
        )
    if not caption.strip():
        yield Reason(
            _("Say in a few words what the picture shows, for those who cannot see it."), field="caption"
        )


def picture_refusal(code: str, most_pixels: int) -> Reason:
    """Why a file is no picture that may be shown; `code` is the engine's."""
    texts = {
        "format": _("The file is neither a JPEG nor a PNG picture, whatever its name says."),
        "damaged": _("The picture is damaged and cannot be drawn to its end."),
        "empty": _("The picture has no points."),
        "large": _("The picture has more than %(most)s million points.") % {"most": most_pixels // 1_000_000},
    }
    return Reason(texts[code], field="file", next_step=_("Take the photograph anew, or save it as JPEG."))


def why_no_more_pictures(*, count: int, most: int, again: bool, closed: bool) -> Iterator[Reason]:
    """Why a point takes no further picture."""
    if count >= most:
        yield Reason(
            _("The point shows %(count)s pictures already, the most that it may.") % {"count": count},
            field="file",
            next_step=_("Take one away first."),
        )
    if again:
        yield Reason(_("The point shows this very picture already."), field="file")
    if closed:
        yield Reason(_("The point is closed."), next_step=_("Its facts stay as they were on its last day."))
