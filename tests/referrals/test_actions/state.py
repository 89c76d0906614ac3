"""What stands in the tables after an action, past every area."""



from openpes.kernel import within
from openpes.kernel.scope import CITY
from openpes.referrals.models import Hire, LetterProof, Referral
from openpes.registration.models import JobWish, StatusPeriod
from openpes.vacancies.models import Fill, PublishedVacancy, Vacancy


def stored(referral) -> Referral:
    with within(CITY):
        return Referral.objects.get(pk=referral.pk)


def everything() -> dict[str, list]:
    """What a hire changes, as values that can be compared."""
    with within(CITY):
        return {
            "fills": list(Fill.objects.values_list("vacancy", "place_no")),
            "periods": list(
                StatusPeriod.objects.values_list("person", "status", "from_on", "until_on").order_by("pk")
            ),
            "wishes": list(JobWish.objects.values_list("person", "until_on").order_by("pk")),
            "referrals": list(Referral.objects.values_list("pk", "answer", "version").order_by("pk")),
            "proofs": list(LetterProof.objects.values_list("letter_no", "answered")),
            "hires": list(Hire.objects.values_list("person", "vacancy")),
            "vacancies": list(Vacancy.objects.values_list("pk", "ended_on", "end_reason").order_by("pk")),
            "public": list(PublishedVacancy.objects.values_list("pk", "places_left").order_by("pk")),
        }
