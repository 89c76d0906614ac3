"""Rights over referrals and hires."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_REFERRALS = Permission(
    "referrals.view_referrals", _("See introductions to vacancies and what came of them")
)
REFER = Permission("referrals.refer", _("Introduce persons to vacancies and print the letter"))
RECORD_ANSWERS = Permission("referrals.record_answers", _("Record what came of an introduction"))
RECORD_HIRES = Permission("referrals.record_hires", _("Record and confirm hires"))
ANSWER_OWN = Permission("referrals.answer_own", _("See who was introduced to the own firm and answer"))
OWN_REFERRALS = Permission("referrals.own", _("Apply for vacancies, choose interview times, and see what came of it"))
FOLLOW_UP_HIRES = Permission("referrals.follow_up_hires", _("Ask whether hired persons are still at work"))
