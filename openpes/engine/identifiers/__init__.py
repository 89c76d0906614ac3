"""Numbers and names that stand for a person, an employer or a telephone: read, check, mask."""

from openpes.engine.identifiers.counties import Counties, counties
from openpes.engine.identifiers.credit import (
    CreditCode,
    compose_credit_code,
    organisation_of,
    parse_credit_code,
    parse_employer_code,
    parse_organisation_code,
)
from openpes.engine.identifiers.error import IdentifierError
from openpes.engine.identifiers.masks import mask_credit_code, mask_id, mask_name, mask_phone
from openpes.engine.identifiers.names import names_plain, normalise_name, parse_name
from openpes.engine.identifiers.phones import normalise_phone, parse_mobile, parse_phone, phones_plain
from openpes.engine.identifiers.resident import (
    INVENTED_COUNTY,
    ResidentId,
    compose_resident_id,
    normalise_id,
    parse_resident_id,
    resident_check_digit,
    upgrade_id,
)
from openpes.engine.identifiers.resident_arrays import resident_ids_valid

__all__ = [
    "INVENTED_COUNTY",
    "Counties",
    "CreditCode",
    "IdentifierError",
    "ResidentId",
    "compose_credit_code",
    "compose_resident_id",
    "counties",
    "mask_credit_code",
    "mask_id",
    "mask_name",
    "mask_phone",
    "names_plain",
    "normalise_id",
    "normalise_name",
    "normalise_phone",
    "organisation_of",
    "parse_credit_code",
    "parse_employer_code",
    "parse_mobile",
    "parse_name",
    "parse_organisation_code",
    "parse_phone",
    "parse_resident_id",
    "phones_plain",
    "resident_check_digit",
    "resident_ids_valid",
    "upgrade_id",
]
