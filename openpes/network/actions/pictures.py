"""Pictures of service points: taken in, reduced to what draws them, taken away."""

import hashlib
from datetime import datetime

from openpes.engine.parameters import parameters
from openpes.engine.pictures import NotAPicture, Picture, cleaned_picture
from openpes.kernel import Actor, Refused, action, clock, publish, refuse_if
from openpes.network import rules
from openpes.network.events import PointPictureAdded, PointPictureRemoved
from openpes.network.models import PointPicture, ServicePoint


@action
def add_picture(*, point: int, caption: str, file: bytes, by: Actor, at: datetime) -> PointPicture:
    """Show a picture of a point to everybody. Only what draws it is kept: no place, no time, no hidden parts.

    :raises Refused: too large, neither JPEG nor PNG, damaged, without a caption; the point has its most, or this one
    :raises ServicePoint.DoesNotExist: the point is outside one's area
    """
    today = clock.day_of(at)
    most_bytes = int(parameters().value("picture_most_bytes", today))
    refuse_if(rules.why_not_this_file(size=len(file), most_bytes=most_bytes, caption=caption))
    picture = _cleaned(file, int(parameters().value("picture_most_pixels", today)))
    digest = hashlib.sha256(picture.content).hexdigest()
    row = ServicePoint.objects.visible_to(by.scope).select_for_update().get(pk=point)
    taken = list(PointPicture.objects.visible_to(row.area).filter(point=row).values_list("place_no", "digest"))
    most = int(parameters().value("pictures_of_a_point", today))
    refuse_if(
        rules.why_no_more_pictures(
            count=len(taken), most=most, again=digest in {known for _no, known in taken},
            closed=row.closed_on is not None and row.closed_on <= today,
        )
    )  # fmt: skip
    free = min(set(range(1, len(taken) + 2)) - {number for number, _known in taken})
    shown = PointPicture.objects.create(
        area=row.area, point=row, place_no=free, caption=caption.strip(), media_type=picture.media_type,
        width=picture.width, height=picture.height, digest=digest, content=picture.content, added_by=by.id,
        added_at=at,
    )  # fmt: skip
    publish(PointPictureAdded(picture=shown.pk, point=row.pk, area=row.area, by=by.id, at=at))
    return shown


@action
def remove_picture(*, picture: int, by: Actor, at: datetime) -> int:
    """Take a picture away; returns the number of its point.

    :raises PointPicture.DoesNotExist: it is gone, or outside one's area
    """
    row = PointPicture.objects.visible_to(by.scope).select_for_update().defer("content").get(pk=picture)
    row.delete()
    publish(PointPictureRemoved(picture=picture, point=row.point_id, area=row.area, by=by.id, at=at))
    return row.point_id


def _cleaned(file: bytes, most_pixels: int) -> Picture:
    try:
        return cleaned_picture(file, most_pixels=most_pixels)
    except NotAPicture as wrong:
        raise Refused(rules.picture_refusal(wrong.code, most_pixels)) from wrong
