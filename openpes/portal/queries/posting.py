"""An open vacancy as machines read it: schema.org/JobPosting as JSON-LD."""

import json
from datetime import datetime, time
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from openpes.kernel.clock import BUSINESS_ZONE
from openpes.network.queries import area_name
from openpes.portal.queries.openings import Opening
from openpes.vacancies.choices import Term
from openpes.vacancies.models import PublishedVacancy

EMPLOYMENT = {
    Term.OPEN_ENDED: ["FULL_TIME"],
    Term.FIXED: ["FULL_TIME", "CONTRACTOR"],
    Term.SHORT: ["TEMPORARY"],
    Term.PART_TIME: ["PART_TIME"],
}
CREDENTIALS = {
    "10": "postgraduate degree", "11": "postgraduate degree", "14": "postgraduate degree", "20": "bachelor degree",
    "30": "associate degree", "40": "high school", "41": "high school", "44": "high school", "47": "high school",
    "61": "high school",
}  # fmt: skip
# Inside a script element only these can end it or open a comment; as escapes they mean the same in JSON.
UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def json_ld(values: dict[str, Any]) -> SafeString:
    """Values as JSON that no content can break out of its script element."""
    return mark_safe(json.dumps(values, ensure_ascii=False, separators=(",", ":")).translate(UNSAFE))


def job_posting(opening: Opening, *, url: str, publisher: str) -> dict[str, Any]:
    """An open vacancy as schema.org/JobPosting; what is not stated is left out."""
    row = opening.row
    values = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": row.title,
        "description": _description(opening),
        "identifier": {"@type": "PropertyValue", "name": publisher, "value": str(row.pk)},
        "url": url,
        "datePosted": row.published_on.isoformat(),
        "validThrough": datetime.combine(row.closes_on, time(23, 59, 59), BUSINESS_ZONE).isoformat(),
        "employmentType": EMPLOYMENT.get(Term(row.term), ["OTHER"]) if row.term in Term.values else ["OTHER"],
        "hiringOrganization": {"@type": "Organization", "name": row.employer_name},
        "jobLocation": {"@type": "Place", "address": _address(row)},
        "baseSalary": _salary(row),
        "totalJobOpenings": row.places_left,
        "occupationalCategory": f"{row.occupation} {opening.occupation}",
        "industry": opening.sector,
        "jobBenefits": "、".join(opening.benefits),
        "skills": "、".join((*opening.skills_required, *opening.skills_wanted)),
        "educationRequirements": _education(row),
        "experienceRequirements": _experience(row),
        "directApply": False,
    }
    return {name: value for name, value in values.items() if value not in ("", None)}


def _description(opening: Opening) -> str:
    row = opening.row
    said = [row.description, row.conditions, "、".join(opening.benefits)]
    return "\n".join(part for part in said if part) or f"{row.title} · {opening.occupation}"


def _address(row: PublishedVacancy) -> dict[str, str]:
    address = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": area_name(row.place[:4]),
        "addressLocality": area_name(row.place[:6]),
        "streetAddress": " ".join(part for part in (area_name(row.place[:9]), row.address) if part),
    }
    return {name: value for name, value in address.items() if value}


def _salary(row: PublishedVacancy) -> dict[str, Any]:
    amounts = {"minValue": row.pay_min_fen // 100, "maxValue": row.pay_max_fen // 100, "unitText": "MONTH"}
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": {"@type": "QuantitativeValue"} | amounts}


def _education(row: PublishedVacancy) -> dict[str, str] | None:
    name = CREDENTIALS.get(row.education_min)
    return {"@type": "EducationalOccupationalCredential", "credentialCategory": name} if name else None


def _experience(row: PublishedVacancy) -> dict[str, Any] | None:
    if not row.experience_min:
        return None
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 12 * row.experience_min}
