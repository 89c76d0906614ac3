"""The code for signing in goes to the registered telephone of the one person who asked for it."""

from datetime import datetime

from openpes.access.actions import arm_code, close_code
from openpes.engine.parameters import parameters
from openpes.kernel import Actor, Refused, action, clock
from openpes.messages.actions import send_message
from openpes.messages.choices import Channel
from openpes.messages.queries import words_for
from openpes.people.models import Person
from openpes.people.queries.lives import why_not_living

LANGUAGE = "zh-hans"


@action
def send_sign_in_code(*, code: int, index: bytes, by: Actor, at: datetime) -> bool:
    """Make a code that was asked for and send it to the one living person whose number it is; whether one went.

    A number that stands in several files opens none of them: whoever holds it could be any of these persons.
    """
    found = list(Person.objects.filter(phone_index=index).order_by("pk")[:2])
    if len(found) != 1 or why_not_living(person=found[0].pk):
        close_code(code=code, by=by, at=at)
        return False
    person = found[0]
    phone = person.phone()
    digits = arm_code(code=code, person=person.pk, name=person.name, area=person.area, by=by, at=at)
    if not digits or phone is None:
        return False
    minutes = parameters().value("sign_in_code_minutes", clock.day_of(at))
    text = words_for("sign_in_code", LANGUAGE, code=digits, minutes=minutes)
    try:
        send_message(
            channel=Channel.SMS, to=phone.reveal(), text=text, purpose="sign_in_code", area=person.area,
            person=person.pk, language=LANGUAGE, by=by, at=at,
        )  # fmt: skip
    except Refused:  # the number is a landline, or has had all codes of the day
        return False
    return True
