"""The invented city: always the same, plausible, and nobody real."""

import numpy as np
import pytest

from openpes.demo.rules import CityPlan, invent_city
from openpes.demo.rules.accounts import COUNTY, STAFF, VILLAGE, recorders
from openpes.demo.rules.agenda import Act, agenda
from openpes.demo.rules.careers import EMPLOYED, HIRED, UNEMPLOYED
from openpes.demo.rules.chance import texts
from openpes.demo.rules.days import NEVER
from openpes.demo.rules.firms import TRADES
from openpes.demo.rules.meetings import RATIO
from openpes.demo.rules.names import MINORITY_NAMES, RARE_GIVEN
from openpes.demo.rules.people import HEAD, SPOUSE
from openpes.demo.rules.places import RURAL
from openpes.demo.rules.trades import weight_of, weights_in
from openpes.demo.rules.work import titles
from openpes.engine.areas import areas
from openpes.engine.identifiers import INVENTED_COUNTY, counties, parse_credit_code, parse_phone, parse_resident_id
from openpes.engine.retirement import is_of_working_age
from tests.demo.factories import ON, city_of

PEOPLE = 4000


@pytest.fixture(scope="module")
def town():
    return city_of(PEOPLE)


def test_the_same_seed_gives_the_same_city_and_another_seed_another(town):
    again, other = city_of(PEOPLE), city_of(PEOPLE, seed=8)
    for part in ("homes", "people", "firms", "openings", "spells", "wishes"):
        for name, column in vars(getattr(town, part)).items():
            assert np.array_equal(column, getattr(getattr(again, part), name)), f"{part}.{name}"
    assert (town.meetings.referrals, town.meetings.hires) == (again.meetings.referrals, again.meetings.hires)
    assert not np.array_equal(town.people.name, other.people.name)


def test_a_city_has_exactly_the_persons_asked_for():
    assert [city_of(size).people.count for size in (1, 2, 57)] == [1, 2, 57]


@pytest.mark.parametrize("size", [0, -5, 7_500_001])
def test_a_city_of_impossible_size_is_not_invented(size):
    with pytest.raises(ValueError, match="1 to 7,500,000"):
        invent_city(CityPlan(size, 1, ON))


def test_identity_numbers_are_valid_unique_and_of_a_county_that_never_was(town):
    people = town.people
    read = [parse_resident_id(number, ON) for number in people.identity]
    assert {found.county for found in read} == {"450199"}
    assert {found.kind for found in read} == {"invented"}
    assert len(set(people.identity)) == people.count
    assert [found.born_on.toordinal() for found in read] == people.born.tolist()
    assert [found.sex == "1" for found in read] == people.male.tolist()


def test_the_invented_county_is_marked_as_never_assigned():
    assert INVENTED_COUNTY == "450199"
    assert counties().name(INVENTED_COUNTY) == "（从未启用）"


def test_credit_codes_are_valid_and_cannot_be_real(town):
    codes = [parse_credit_code(code) for code in town.firms.code]
    assert {code.county for code in codes} == {"450199"}
    assert len({code.number for code in codes}) == len(codes)


def test_telephones_are_well_formed_and_of_a_range_that_rings_nowhere(town):
    phones = [phone for phone in [*town.people.phone, *town.firms.phone] if phone]
    assert {parse_phone(phone)[:3] for phone in phones} == {"154"}
    assert len(set(phones)) == len(phones)


def test_addresses_leave_out_the_area_that_stands_before_them(town):
    for address in [*town.firms.address, *town.homes.address]:
        assert address.endswith(("号", "室")), address
        assert not any(word in address for word in ("南宁", "区", "县", "镇", "乡", "街道", "社区")), address


def test_names_are_filed_under_the_initials_that_the_room_of_people_gives(town):
    from openpes.demo.actions.people_rows import initials
    from openpes.people.queries import name_initials

    names = {*town.people.name, *MINORITY_NAMES, *("欧阳" + given for given in RARE_GIVEN), "单雄信", "万俟小妹"}
    assert {name: initials(name) for name in names} == {name: name_initials(name) for name in names}


def test_the_narrowest_account_of_the_right_role_records_what_happens():
    paths = texts([VILLAGE, "450103001006", "450103002001", "450105001001", "450102001001"])
    ids = {one.username: number for number, one in enumerate(STAFF, 11)}
    names = {number: name for name, number in ids.items()} | {7: "nobody"}
    found = recorders(paths, ids, 7)
    told = [[names[pk] for pk in column.tolist()] for column in (found.people, found.firms)]
    assert told[0] == ["village_officer", "township_clerk", "county_clerk", "neighbour_clerk", "city_clerk"]
    assert told[1] == ["county_clerk", "township_clerk", "county_clerk", "neighbour_clerk", "city_clerk"]
    assert recorders(paths, {"auditor": 3}, 7).people.tolist() == [7] * 5


def test_everybody_registered_is_of_working_age(town):
    people = town.people
    for born, male, minute in zip(people.born.tolist(), people.male.tolist(), people.minute.tolist(), strict=True):
        sex = "1" if male else "2"
        born_on = type(ON).fromordinal(born)
        assert is_of_working_age(born_on, sex, ON)
        assert is_of_working_age(born_on, sex, type(ON).fromordinal(minute // 1440))


def test_households_have_one_head_and_at_most_one_spouse_of_the_other_sex(town):
    people = town.people
    for home in range(len(town.homes.place)):
        own = np.flatnonzero(people.home == home)
        roles = people.role[own].tolist()
        assert roles.count(HEAD) == 1
        assert roles.count(SPOUSE) <= 1
        if SPOUSE in roles:
            assert people.male[own[roles.index(HEAD)]] != people.male[own[roles.index(SPOUSE)]]


def test_about_half_are_zhuang_and_the_rare_names_occur():
    people = city_of(20_000).people
    assert 0.45 < np.mean(people.ethnic_group == "08") < 0.6
    names = "".join(people.name)
    assert all(character in names for character in ("䶮", "㛃", "·"))


def test_schooling_fits_age(town):
    age = (ON.toordinal() - town.people.born) / 365.25
    assert (age[town.people.education == "20"] >= 22).all()
    assert (age[town.people.education == "30"] >= 21).all()
    young, old = age < 30, age > 50
    college = np.isin(town.people.education, ("14", "20", "30"))
    assert college[young].mean() > 2 * college[old].mean()


def test_spells_of_a_person_follow_one_another_and_never_overlap(town):
    spells = town.spells
    same = spells.person[1:] == spells.person[:-1]
    assert (spells.until_day[:-1][same] != NEVER).all()
    assert (spells.from_day[1:][same] >= spells.until_day[:-1][same]).all()
    assert (spells.status[1:][same] != spells.status[:-1][same]).all()
    closed = spells.until_day != NEVER
    assert (spells.until_day[closed] >= spells.from_day[closed]).all()


def test_spells_are_registered_after_the_person_and_before_today(town):
    spells = town.spells
    assert (spells.minute > town.people.minute[spells.person]).all()
    assert (spells.minute < ON.toordinal() * 1440).all()
    assert (spells.from_day <= spells.minute // 1440).all()


def test_nobody_works_before_the_age_of_sixteen(town):
    first_day = town.people.born[town.spells.person] + 16 * 365.25
    assert (town.spells.from_day >= first_day).all()


def test_a_hire_ends_unemployment_and_begins_work_at_the_employer_of_the_vacancy(town):
    spells = town.spells
    assert len(town.meetings.hires) > 50
    for spell, vacancy, _referral, minute in town.meetings.hires:
        assert spells.status[spell] == UNEMPLOYED and spells.outcome[spell] == HIRED
        assert spells.status[spell + 1] == EMPLOYED and spells.person[spell + 1] == spells.person[spell]
        assert spells.until_day[spell] == spells.from_day[spell + 1] == minute // 1440
        assert spells.firm[spell + 1] == town.openings.firm[vacancy]
        assert spells.title[spell + 1] == town.openings.title[vacancy]


def test_no_vacancy_has_more_fills_than_places_and_a_full_one_ended_as_filled(town):
    taken = np.bincount([fill[0] for fill in town.meetings.fills], minlength=town.openings.count)
    assert (taken <= town.openings.openings).all()
    full = (taken == town.openings.openings) & (town.openings.publish != NEVER)
    assert (full == (town.meetings.end_reason == "filled")).all()
    assert full.any()


def test_referrals_stay_within_the_cap_and_reach_open_vacancies_only(town):
    o, m = town.openings, town.meetings
    sent = np.bincount([row[1] for row in m.referrals], minlength=o.count)
    assert (sent <= o.openings * RATIO).all()
    for _person, vacancy, minute, _score, answer, answered in m.referrals:
        assert o.publish[vacancy] < minute and minute // 1440 <= o.closes[vacancy]
        assert m.ended[vacancy] == NEVER or m.ended[vacancy] >= minute
        assert (answered == NEVER) == (answer == "")


def test_the_last_eight_quarters_have_vacancies_of_every_fate(town):
    o, m = town.openings, town.meetings
    published = o.publish // 1440
    for back in range(8):
        from_day, until_day = ON.toordinal() - 91 * (back + 1), ON.toordinal() - 91 * back
        public = o.publish != NEVER
        assert (public & (published >= from_day) & (published < until_day)).sum() > 10
        carried = public & (published < from_day) & ((m.ended == NEVER) | (m.ended // 1440 >= from_day))
        assert carried.any()
        ended = (m.ended // 1440 >= from_day) & (m.ended // 1440 < until_day)
        assert set(m.end_reason[ended]) == {"filled", "closed", "expired"}
    assert (o.publish == NEVER).any()


def test_about_one_wish_in_seven_takes_any_work(town):
    free = np.mean([wanted == () for wanted in town.wishes.occupations])
    assert 0.11 < free < 0.19


def test_titles_are_real_and_pass_the_wording_check_of_publication():
    from openpes.engine.adverts import discrimination as wording

    known = titles()
    assert known.count > 3000
    assert not [title for title in known.title if wording.discrimination_in(title)]


def test_every_vacancy_is_work_that_the_industry_of_its_employer_has(town):
    codes, known = titles().occupation[town.openings.title], town.firms.industry[town.openings.firm]
    odd = [(code, firm) for code, firm in zip(codes, known, strict=True) if not weight_of(code, firm)]
    assert odd == []
    turned = np.roll(known, 1)
    assert sum(not weight_of(code, firm) for code, firm in zip(codes, turned, strict=True)) > town.openings.count / 10
    assert (weight_of("4-14-01-02", "A01"), weight_of("2-05-01-05", "C39")) == (0, 0)
    assert min(weight_of("2-05-01-05", "Q83"), weight_of("4-03-02-01", "H62")) > 0


def test_every_title_has_an_industry_and_every_industry_has_work():
    table = [weights_in(trade) > 0 for trade in range(len(TRADES))]
    assert np.any(table, axis=0).all()
    assert min(row.sum() for row in table) > 100


def test_employers_answer_within_weeks_and_a_few_are_late():
    town = city_of(20_000)
    today = ON.toordinal() * 1440
    ages = np.array([(today - made) // 1440 for _p, _v, made, _s, answer, _a in town.meetings.referrals if not answer])
    assert len(ages) > 10
    assert ages.max() <= 45
    assert 0 < (ages > 14).sum() < len(ages) / 2


def test_the_village_of_the_demo_officer_is_a_village_with_people():
    village = areas()[VILLAGE]
    assert (village.kind, village.urban_rural in RURAL, VILLAGE.startswith(COUNTY)) == ("village", True, True)
    town = city_of(3000)
    place = town.places.paths.tolist().index(VILLAGE)
    assert (town.people.place == place).sum() >= 3


def test_the_agenda_is_in_order_and_holds_every_act_before_today(town):
    rows = agenda(town)
    assert (np.diff(rows[:, 0]) >= 0).all()
    assert rows[-1, 0] < (ON.toordinal() + 1) * 1440
    assert set(rows[:, 1].tolist()) == {int(act) for act in Act}
