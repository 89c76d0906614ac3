"""Breakdowns and their parts in the words of the reader."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from openpes.codes.queries import code_label, industry_label
from openpes.engine.indicators import KEYS
from openpes.engine.indicators.classes import FREE
from openpes.network.choices import PointKind, WindowPurpose
from openpes.network.queries import area_label
from openpes.referrals.queries import ground_label
from openpes.statistics.queries import row_name
from openpes.statistics.queries.breakdowns import NOT_STATED, OTHER_SECTION

WITH_NONE = ("education", "occupation")  # where the key of none is that of the official tables
TABLES = {"age": 10, "education": 11, "occupation": 5}
CHOICES = {"kind": PointKind, "purpose": WindowPurpose}
SETS = {"sex": "sex", "reason": "unemployment_reason", "end_reason": "unemployment_cancel_reason",
        "group": "seeker_category"}  # fmt: skip


def way_name(by: str) -> str:
    """A breakdown in the words of the reader."""
    return {
        "area": _("Area"), "sex": _("Sex"), "age": _("Age"), "education": _("Education"),
        "occupation": _("Occupation"), "industry": _("Industry"), "reason": _("Reason of unemployment"),
        "end_reason": _("Why it ended"), "group": _("Group of job seekers"), "kind": _("Kind of point"),
        "ground": _("Free of charge as"), "months": _("Months after the hire"), "purpose": _("Purpose"),
    }[by]  # fmt: skip


def part_name(by: str, key: str) -> str:
    """A part of a breakdown in the words of the reader."""
    if by == "area":
        return area_label(key) if key else _("Registered at the level itself")
    if key == NOT_STATED or (key == FREE and by in WITH_NONE):
        return {"industry": _("No employer, or none of a known industry"), "occupation": _("No occupation")}.get(
            by, _("Not on record")
        )
    if by in SETS:
        return code_label(SETS[by], key)
    if by == "industry":
        return pgettext("cross", "Other") if key == OTHER_SECTION else industry_label(key)
    if by in TABLES:
        row = KEYS[TABLES[by]].get(key, key)
        return _("Senior secondary school, without vocational schools") if row == "高中" else row_name(row)
    if by == "months" and key.isdecimal():
        return ngettext("%(n)s month", "%(n)s months", int(key)) % {"n": key}
    if by == "ground":
        return ground_label(key)
    return str(dict(CHOICES[by].choices).get(key, key)) if by in CHOICES else key
