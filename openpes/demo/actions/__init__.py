"""What may be done with a demo city: build it, open its accounts, write its ledgers."""

from openpes.demo.actions.accounts import open_demo_accounts
from openpes.demo.actions.appointments import Queue, play_hall
from openpes.demo.actions.building import build_city
from openpes.demo.actions.corrections import play_corrections
from openpes.demo.actions.figures import play_figures
from openpes.demo.actions.furniture import furnish_points
from openpes.demo.actions.homes import play_homes
from openpes.demo.actions.introductions import introduce_to_employer
from openpes.demo.actions.ledgers import WrittenLedger, write_ledgers
from openpes.demo.actions.lives import play_lives
from openpes.demo.actions.matters import play_matters
from openpes.demo.actions.opening_hours import record_opening_hours
from openpes.demo.actions.placing import play_placing
from openpes.demo.actions.quality import play_quality
from openpes.demo.actions.registers import keep_registers
from openpes.demo.actions.reporting import play_reporting
from openpes.demo.actions.standards import play_standards
from openpes.demo.actions.surveys import play_survey
from openpes.demo.actions.whole import build_demo_city
from openpes.demo.queries import city_is_empty

__all__ = [
    "Queue",
    "WrittenLedger",
    "build_city",
    "build_demo_city",
    "city_is_empty",
    "furnish_points",
    "introduce_to_employer",
    "keep_registers",
    "open_demo_accounts",
    "play_corrections",
    "play_figures",
    "play_hall",
    "play_homes",
    "play_lives",
    "play_matters",
    "play_placing",
    "play_quality",
    "play_reporting",
    "play_standards",
    "play_survey",
    "record_opening_hours",
    "write_ledgers",
]
