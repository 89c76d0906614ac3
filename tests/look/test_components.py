"""Components as pages use them: what they say, how they are wired, and that nothing slips through unescaped."""

import re
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.utils import translation

from openpes.kernel import Reason
from openpes.look.forms import SpecimenForm
from tests.look.pages import rendered

EVIL = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def bound() -> SpecimenForm:
    return SpecimenForm({"left_on": "2027-13-01", "phone": EVIL})


def test_a_field_is_wired_to_its_label_help_and_error():
    html = rendered('<c-field :field="form.left_on" />', form=bound())
    assert '<label for="id_left_on">Unemployed since <span class="field-star"' in html
    field = re.search(r"<input[^>]*>", html)[0]
    assert 'aria-describedby="id_left_on_helptext id_left_on_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'class="form-control is-invalid"' in field
    assert 'type="text"' in field
    assert "data-date" in field
    assert 'id="id_left_on_helptext"' in html
    assert 'id="id_left_on_error"' in html
    assert "“2027-13-01” is not a date" in html


def test_a_field_without_error_has_no_error_and_optional_fields_no_star():
    html = rendered('<c-field :field="form.last_employer" span="wide" />', form=SpecimenForm())
    assert "field-error" not in html
    assert "field-star" not in html
    assert "field-wide" in html


def test_one_checkbox_stands_before_its_label_and_choices_stand_in_a_fieldset():
    check = rendered('<c-field :field="form.wants_work" />', form=SpecimenForm())
    assert check.index("<input") < check.index("<label")
    radios = rendered('<c-field :field="form.channel" />', form=SpecimenForm())
    assert "<fieldset" in radios
    assert "<legend>How to reach the person" in radios
    assert radios.count('type="radio"') == 3


def test_a_field_with_suggestions_names_their_address():
    html = rendered('<c-field :field="form.occupation" picker="/codes/occupations" />', form=SpecimenForm())
    assert 'data-picker data-options-url="/codes/occupations"' in html


def test_the_error_summary_counts_the_errors_and_links_to_their_fields():
    html = rendered('<c-errors :form="form" />', form=bound())
    assert 'tabindex="-1" data-errors' in html
    assert "3 things need to be mended" in html
    assert '<a href="#id_left_on">Unemployed since: “2027-13-01” is not a date' in html
    assert '<a href="#id_phone">Phone: A mobile number has 11 digits' in html


def test_the_error_summary_lists_reasons_of_a_refusal_with_clause_and_next_step():
    reasons = [
        Reason("No places left.", clause="Act, art. 1", next_step="Choose another."),
        Reason("Too early.", field="left_on"),
    ]
    html = rendered('<c-errors :form="form" :reasons="reasons" />', form=SpecimenForm(), reasons=reasons)
    assert "2 things" in html
    assert "No places left. <span" in html
    assert "Act, art. 1" in html
    assert "Choose another." in html
    assert '<a href="#id_left_on">Unemployed since: Too early.</a>' in html


def test_no_errors_no_summary():
    assert rendered('<c-errors :form="form" />', form=SpecimenForm()) == ""
    assert rendered("<c-errors />") == ""


@pytest.mark.parametrize(
    "source",
    [
        '<c-card title="{{ x }}" end="{{ x }}">{{ x }}</c-card>',
        '<c-badge :text="x" />',
        '<c-badge tone="ok">{{ x }}</c-badge>',
        '<c-rule state="ok" :sentence="x" :clause="x" :next="x" />',
        '<c-facts :rows="rows" />',
        '<c-timeline :rows="steps" />',
        '<c-chip :text="x" :url="x" />',
        '<c-chip :text="x" :remove="x" />',
        '<c-stat :label="x" :value="3" :url="x" />',
        '<c-bar :share="0.5" :label="x" />',
        '<c-empty :title="x" :text="x" :url="x" :action="x" />',
        '<c-receipt :title="x" :number="x" :link="x" :rows="rows" />',
        '<c-progress :title="x" :done="1" :total="2" :note="x" :poll="x" :result="x" state="done" />',
        '<c-hit :url="x" :title="x" :meta="x" :badge="x" />',
        '<c-notice :text="x" />',
        '<c-submit :label="x" :value="x" name="a" />',
        '<c-table :caption="x" :columns="columns"><tr><td>{{ x }}</td></tr></c-table>',
        '<c-field :field="form.phone" />',
        '<c-errors :form="form" :reasons="reasons" />',
    ],
)
def test_nothing_that_people_typed_becomes_markup(source):
    html = rendered(
        source,
        x=EVIL,
        rows=[(EVIL, EVIL)],
        steps=[{"on": None, "text": EVIL, "more": EVIL, "url": EVIL}],
        columns=[{"label": EVIL}],
        form=bound(),
        reasons=[Reason(EVIL, clause=EVIL, next_step=EVIL)],
    )
    assert "alert(1)" in html or "%3Cscript" in html or "<path" in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("state", "english", "chinese"), [("ok", "Met", "符合"), ("wait", "To supply", "待补"), ("bad", "Not met", "不符")]
)
def test_a_rule_says_its_state_in_words_beside_the_colour(state, english, chinese):
    source = f'<c-rule state="{state}" sentence="Of age" clause="art. 1" next="Bring it" />'
    assert f'badge-{state}">{english}</span><span>Of age</span>' in rendered(source)
    with translation.override("zh-hans"):
        assert f'badge-{state}">{chinese}</span>' in rendered(source)


def test_a_table_head_sorts_and_the_numbers_of_its_columns_stand_right():
    columns = [{"label": "Pay", "sort": "pay", "number": True}, {"label": "Place"}]
    html = rendered('<c-table :columns="columns" :bulk="True"></c-table>', "/?sort=pay&page=3", columns=columns)
    assert '<th scope="col" class="num" aria-sort="ascending"><a href="?sort=-pay">Pay</a></th>' in html
    assert '<th scope="col">Place</th>' in html
    assert "data-bulk-all" in html


def test_a_pager_keeps_the_filters_and_marks_the_page():
    page = Paginator(range(500), 20).get_page(2)
    html = rendered('<c-pager :page="page" />', page=page)
    assert '<span aria-current="page">2</span>' in html
    assert 'href="?area=450102&amp;page=3"' in html
    assert 'rel="prev"' in html
    assert "21–40 of 500" in html
    assert rendered('<c-pager :page="page" />', page=Paginator(range(5), 20).get_page(1)) == ""


def test_a_figure_is_a_link_only_when_there_is_a_list_behind_it():
    assert '<a class="stat" href="/v"' in rendered('<c-stat label="Open" :value="4000" :of="5000" url="/v" />')
    plain = rendered('<c-stat label="Open" :value="4000" />')
    assert "<a" not in plain
    assert "4,000" in plain


def test_long_work_shows_count_time_left_and_cancel_only_while_it_runs():
    source = '<c-progress title="Import" :done="1240" :total="5000" :left="95" poll="/j/1" cancel="/j/1/x" {} />'
    running = rendered(source.format(""), csrf_token="t")
    assert 'hx-get="/j/1" hx-trigger="every 1s"' in running
    assert "<strong>1,240</strong> of 5,000" in running
    assert "about 2 min left" in running
    assert 'action="/j/1/x"' in running
    done = rendered(source.format('state="done" result="/j/1/result"'))
    assert "hx-get" not in done
    assert "/j/1/x" not in done
    assert 'href="/j/1/result"' in done


def test_a_save_button_carries_its_key_and_a_receipt_its_number_and_code():
    assert 'aria-keyshortcuts="Alt+S" data-save' in rendered('<c-submit label="Save" />')
    assert "data-save" not in rendered('<c-submit label="Find" keys="" />')
    receipt = rendered('<c-receipt title="Done" number="4501-1" link="https://example.org/r" />')
    assert "4501-1" in receipt
    assert "<svg" in receipt
    assert "data-focus" in receipt


def test_a_field_may_carry_a_help_of_its_own():
    html = rendered('<c-field :field="form.phone" help="{{ x }}" />', form=SpecimenForm(), x=EVIL)
    assert 'id="id_phone_helptext">&quot;&gt;&lt;script' in html
    assert "For messages" not in html


class Turned:
    """What the pager asks of a page that is found by its rows."""

    by_key = True
    previous = {"before": None, "after": 4321, "page": None}
    next = {"before": 1234, "after": None, "page": None}

    def __init__(self, has_previous: bool, has_next: bool, count: int, is_more: bool) -> None:
        self.has_previous, self.has_next = has_previous, has_next
        self.paginator = SimpleNamespace(count=count, is_more=is_more)


def test_a_pager_by_rows_leads_to_the_next_the_previous_and_both_ends():
    path, page = "/list?area=450102&before=7&page=2", Turned(True, True, 10_000, True)
    html = rendered('<c-pager :page="page" />', path, page=page)
    links = dict(re.findall(r'<a href="([^"]*)" rel="(\w+)"', html))
    assert links == {
        "?area=450102": "first", "?area=450102&amp;after=4321": "prev",
        "?area=450102&amp;before=1234": "next", "?area=450102&amp;after=0": "last",
    }  # fmt: skip
    assert "more than 10,000 in all" in html
    with translation.override("zh-hans"):
        told = rendered('<c-pager :page="page" />', page=page)
    assert "共超过 10,000 条" in told and "第一页" in told and "最后一页" in told


def test_a_pager_by_rows_leads_nowhere_from_the_ends():
    first = rendered('<c-pager :page="page" />', page=Turned(False, True, 30, False))
    assert 'rel="next"' in first and "30 in all" in first and 'rel="prev"' not in first and "First page" not in first
    last = rendered('<c-pager :page="page" />', page=Turned(True, False, 30, False))
    assert 'rel="prev"' in last and 'rel="next"' not in last and "Last page" not in last
    assert rendered('<c-pager :page="page" />', page=Turned(False, False, 3, False)) == ""


def test_the_last_page_of_a_bounded_list_says_that_the_list_goes_on():
    pages = Paginator(range(10_000), 25)
    pages.is_more = True
    first, last = (rendered('<c-pager :page="page" />', page=pages.get_page(n)) for n in (1, 400))
    assert "1–25 of more than 10,000" in first and "narrow it" not in first
    assert "9976–10000 of more than 10,000" in last and "The list goes on: narrow it to see the others." in last
    pages.is_more = False
    assert "narrow it" not in rendered('<c-pager :page="page" />', page=pages.get_page(400))
