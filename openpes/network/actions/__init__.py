"""Loading areas; opening, describing, closing points and their pictures; posting staff."""

from openpes.network.actions.acceptance import (
    assess_acceptance,
    begin_acceptance,
    drop_acceptance,
    publish_acceptance,
    return_acceptance,
    sign_acceptance,
    submit_acceptance,
)
from openpes.network.actions.areas import load_areas, record_population
from openpes.network.actions.certificates import (
    StaffCertificateFacts,
    assess_year,
    record_certificate,
    revoke_certificate,
)
from openpes.network.actions.describing import PointFacts, describe_point
from openpes.network.actions.pictures import add_picture, remove_picture
from openpes.network.actions.pilots import (
    StepFacts,
    apply_as_pilot,
    take_pilot_step,
)
from openpes.network.actions.points import (
    Host,
    close_service_point,
    lay_out_service_points,
    open_service_point,
    recognise_key_market,
)
from openpes.network.actions.staff import end_posting, end_postings_of, post_staff
from openpes.network.actions.subsidies import (
    entitle_month,
)

__all__ = [
    "Host",
    "PointFacts",
    "StaffCertificateFacts",
    "StepFacts",
    "add_picture",
    "apply_as_pilot",
    "assess_acceptance",
    "assess_year",
    "begin_acceptance",
    "close_service_point",
    "describe_point",
    "drop_acceptance",
    "end_posting",
    "end_postings_of",
    "entitle_month",
    "lay_out_service_points",
    "load_areas",
    "open_service_point",
    "post_staff",
    "publish_acceptance",
    "recognise_key_market",
    "record_certificate",
    "record_population",
    "remove_picture",
    "return_acceptance",
    "revoke_certificate",
    "sign_acceptance",
    "submit_acceptance",
    "take_pilot_step",
]
