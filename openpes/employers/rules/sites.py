"""What must be stated of a site."""

from decimal import Decimal

from django.utils.translation import gettext as _

from openpes.kernel.refusal import Reason

# The country's outermost degrees, rounded outwards: whatever lies beyond was written down the wrong way round.
LATITUDES, LONGITUDES = (3, 54), (73, 136)


def why_not_a_site(
    *, name: str, address: str, area: str, area_known: bool, located: tuple[Decimal | None, Decimal | None]
) -> list[Reason]:
    """Everything that is wrong with a site; `located` are latitude and longitude."""
    found = []
    if not name:
        found.append(Reason(_("The site has no name."), field="name", next_step=_("Write how people call it.")))
    if not address:
        next_step = _("Write road and number.")
        found.append(Reason(_("The site has no address."), field="address", next_step=next_step))
    if not area_known:
        found.append(
            Reason(
                _("There is no area “%(area)s” in the city.") % {"area": area},
                field="area",
                next_step=_("Choose the county, town or village where the site stands."),
            )
        )
    return found + _wrongly_located(*located)


def _wrongly_located(latitude: Decimal | None, longitude: Decimal | None) -> list[Reason]:
    if latitude is None and longitude is None:
        return []
    if latitude is None or longitude is None:
        missing = "latitude" if latitude is None else "longitude"
        text = _("A place on the map needs both latitude and longitude.")
        return [Reason(text, field=missing, next_step=_("Add the other one, or leave both empty."))]
    within = LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]
    if within:
        return []
    text = _("This place lies outside the country; around Nanning, latitude is near 22.8 and longitude near 108.4.")
    return [Reason(text, field="latitude", next_step=_("Look whether the two are interchanged."))]
