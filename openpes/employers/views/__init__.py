"""Pages of employers."""

from openpes.employers.views.blacklist import blacklist, blacklist_new, entry
from openpes.employers.views.lists import detail, edit, employer_list, new, options
from openpes.employers.views.own import (
    member,
    mine,
    own_appeal,
    own_consent_withdraw,
    own_contact_new,
    own_site_give_up,
    own_site_new,
    people,
)
from openpes.employers.views.records import (
    consent_withdraw,
    contact_new,
    document_list,
    document_new,
    document_strike,
    people_of,
    site,
    site_give_up,
    site_new,
)

__all__ = [
    "blacklist",
    "blacklist_new",
    "consent_withdraw",
    "contact_new",
    "detail",
    "document_list",
    "document_new",
    "document_strike",
    "edit",
    "employer_list",
    "entry",
    "member",
    "mine",
    "new",
    "options",
    "own_appeal",
    "own_consent_withdraw",
    "own_contact_new",
    "own_site_give_up",
    "own_site_new",
    "people",
    "people_of",
    "site",
    "site_give_up",
    "site_new",
]
