"""The words with which the page of dated parameters names groups, sources, units and parts of a value."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GROUPS = {
    "appointments": _("Appointments at a window"),
    "counter": _("Queue of the hall"),
    "intake": _("Imported files"),
    "matching": _("Job matching"),
    "matters": _("Questions that officers answer for"),
    "network": _("Service points"),
    "persons": _("Ages of working life"),
    "placing": _("From an application to a hire, and what is free of charge"),
    "registration": _("Registration deadlines"),
    "security": _("Sessions and access to files"),
    "statistics": _("Reports and published figures"),
    "surveys": _("Labour surveys"),
    "vacancies": _("Vacancies and referrals"),
    "portal": _("Public search and saved searches"),
}

# How a value is known, with the tone of its badge.
BASES = {
    "law": (pgettext_lazy("parameter", "Law"), "ok"),
    "secondary": (_("Secondary source"), "wait"),
    "city": (_("Set by the city"), "plain"),
}

UNITS = {
    "years": pgettext_lazy("parameter", "years"),
    "months": pgettext_lazy("parameter", "months"),
    "days": pgettext_lazy("parameter", "days"),
    "working days": pgettext_lazy("parameter", "working days"),
    "hours": pgettext_lazy("parameter", "hours"),
    "minutes": pgettext_lazy("parameter", "minutes"),
    "seconds": pgettext_lazy("parameter", "seconds"),
    "persons": pgettext_lazy("parameter", "persons"),
    "calls": pgettext_lazy("parameter", "calls"),
    "visits": pgettext_lazy("parameter", "visits"),
    "times": pgettext_lazy("parameter", "times"),
    "households": pgettext_lazy("parameter", "households"),
    "per cent": pgettext_lazy("parameter", "per cent"),
    "pictures": pgettext_lazy("parameter", "pictures"),
    "pixels": pgettext_lazy("parameter", "pixels"),
    "bytes": pgettext_lazy("parameter", "bytes"),
    "points": pgettext_lazy("parameter", "service points"),
    "rows": pgettext_lazy("parameter", "rows"),
    "wishes": pgettext_lazy("parameter", "wishes"),
    "suggestions": pgettext_lazy("parameter", "suggestions"),
    "referrals per opening": pgettext_lazy("parameter", "referrals per opening"),
    "fen a month": pgettext_lazy("parameter", "yuan a month"),
    "class": pgettext_lazy("parameter", "class of place"),
    "parts of a billion": pgettext_lazy("parameter", "parts of a billion"),
    "points of 10,000; shares in ten-thousandths": pgettext_lazy(
        "parameter", "points of 10,000; shares in ten-thousandths"
    ),
}

PARTS = {
    "same_number": pgettext_lazy("parameter", "same number"),
    "near_number": pgettext_lazy("parameter", "number one slip away"),
    "same_birth": pgettext_lazy("parameter", "same birth date and sex"),
    "near_birth": pgettext_lazy("parameter", "birth date one slip away"),
    "other_person": pgettext_lazy("parameter", "another number and birth date"),
    "same_name": pgettext_lazy("parameter", "same name"),
    "like_name": pgettext_lazy("parameter", "names that sound alike"),
    "other_name": pgettext_lazy("parameter", "another name"),
    "same_phone": pgettext_lazy("parameter", "same telephone"),
    "other_phone": pgettext_lazy("parameter", "another telephone"),
    "same_village": pgettext_lazy("parameter", "same community or village"),
    "same_county": pgettext_lazy("parameter", "same county"),
    "elsewhere": pgettext_lazy("parameter", "different counties"),
    "doubles": pgettext_lazy("parameter", "second files among 10,000"),
    "family": pgettext_lazy("parameter", "relatives of a person in the register"),
    "likely": pgettext_lazy("parameter", "shown from, hundredths of a bit"),
    "certain": pgettext_lazy("parameter", "very likely from, hundredths of a bit"),
    "excellent": pgettext_lazy("parameter", "excellent from, per cent"),
    "good": pgettext_lazy("parameter", "good from, per cent"),
    "fair": pgettext_lazy("parameter", "fair from, per cent"),
    "near": pgettext_lazy("parameter", "shown at once from, per cent"),
    "base": pgettext_lazy("parameter", "base age in months"),
    "born_from_year": pgettext_lazy("parameter", "first birth year affected"),
    "born_from_month": pgettext_lazy("parameter", "first birth month affected"),
    "step": pgettext_lazy("parameter", "months of birth for each month of delay"),
    "longest": pgettext_lazy("parameter", "longest delay in months"),
    "class_1": pgettext_lazy("parameter", "class 1"),
    "class_2": pgettext_lazy("parameter", "class 2"),
    "class_3": pgettext_lazy("parameter", "class 3"),
    "occupation": pgettext_lazy("parameter", "occupation"),
    "place": pgettext_lazy("parameter", "place of work"),
    "pay": pgettext_lazy("parameter", "pay"),
    "education": pgettext_lazy("parameter", "education"),
    "skills": pgettext_lazy("parameter", "skills"),
    "experience": pgettext_lazy("parameter", "experience"),
    "occupation_shared": pgettext_lazy("parameter", "occupation: shares for 0 to 4 shared levels"),
    "occupation_within": pgettext_lazy(
        "parameter", "occupation: shares when the wish is a whole class that holds the vacancy"
    ),
    "occupation_no_wish": pgettext_lazy("parameter", "occupation: share without a wish"),
    "place_shared": pgettext_lazy("parameter", "place: shares for 0 to 4 shared levels"),
    "pay_at_top": pgettext_lazy("parameter", "pay: share when only the top of the range reaches the wish"),
    "pay_tolerated": pgettext_lazy("parameter", "pay: share when the offer is slightly below the wish"),
    "pay_tolerance": pgettext_lazy("parameter", "pay: how far below the wish an offer may be"),
    "pay_unstated": pgettext_lazy("parameter", "pay: share when the vacancy states none"),
    "education_surplus": pgettext_lazy("parameter", "education: shares for 0 to 3 ranks above what is asked"),
    "experience_slack_years": pgettext_lazy("parameter", "experience: years below what is asked that do not exclude"),
}

# The two schedules of the retirement age of women, as a parameter names them.
TRACKS = {
    "women_55": _("Women, 55 years before 2025"),
    "women_50": _("Women, 50 years before 2025"),
}
