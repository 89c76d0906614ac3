"""What templates of every room may write: money, days, masks, changed queries, widgets, keys."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms, template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from openpes.kernel.days import spoken_day, spoken_moment
from openpes.kernel.forms import ManyBoxes
from openpes.kernel.pages import tools_at
from openpes.look.queries import qr_svg

register = template.Library()

CONTROL_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
)
MASK_SHAPES = {18: (6, 4), 15: (6, 3), 11: (3, 4)}


@register.filter
def yuan(fen: int | None) -> str:
    """An amount of fen in yuan, with thousands; fen are shown only when there are any."""
    if fen is None or fen == "":
        return ""
    amount = Decimal(int(fen)) / 100
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


@register.simple_tag
def pay_range(min_fen: int | None, max_fen: int | None = None) -> str:
    """Monthly pay as people read it: 3,000–4,500 yuan a month, or one bound, or one amount."""
    low, high = yuan(min_fen), yuan(max_fen)
    if low and high and low != high:
        return _("%(low)s–%(high)s yuan a month") % {"low": low, "high": high}
    if low and not high:
        return _("from %(low)s yuan a month") % {"low": low}
    if high and not low:
        return _("up to %(high)s yuan a month") % {"high": high}
    return _("%(low)s yuan a month") % {"low": low} if low else _("Pay not stated")


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as people read it: 21 Nov 2026, in Chinese 2026年11月21日."""
    return spoken_day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A date with hours and minutes, in business time."""
    return spoken_moment(value) if value else ""


@register.filter
def masked(value: Any) -> str:
    """Only the ends of an identity number or phone; for anything else only the first character.

    A `Sensitive` value prints its own mask and passes unchanged.
    """
    if not isinstance(value, str):
        return "" if value is None else str(value)
    head, tail = MASK_SHAPES.get(len(value), (1, 0))
    hidden = max(len(value) - head - tail, 0)
    return value[:head] + "*" * hidden + (value[-tail:] if tail else "")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The query string of this page with some parameters changed; None or '' takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def query_to(context: Context, changes: Mapping[str, Any]) -> str:
    """The same with changes that stand together, such as those of `kernel.paging`."""
    return query_with(context, **changes)


@register.simple_tag(takes_context=True)
def query_without(context: Context, name: str, value: str) -> str:
    """The query string of this page without one value of a parameter that may occur several times."""
    query = context["request"].GET.copy()
    query.setlist(name, [kept for kept in query.getlist(name) if kept != str(value)])
    for place in ("page", "before", "after"):
        query.pop(place, None)
    return f"?{query.urlencode()}" if query.urlencode() else "?"


@register.simple_tag
def idempotency_key() -> SafeString:
    """A hidden field by which the same form, sent twice, happens once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid4())


@register.simple_tag(takes_context=True)
def tools(context: Context, place: str) -> SafeString:
    """What higher rooms put beside a list, for its reader; empty when nothing is."""
    request = context["request"]
    offered = tools_at(place, getattr(request, "rights", frozenset()))
    parts = [render_to_string(tool.template, tool.context(request), request) for tool in offered]
    return mark_safe("".join(part.strip() for part in parts))


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code as inline SVG."""
    return mark_safe(qr_svg(text))


@register.filter
def percent(share: float | None) -> str:
    """A share from 0 to 1 as a whole percentage."""
    return "" if share is None else f"{round(float(share) * 100)}%"


@register.filter
def number(value: int | float | None) -> str:
    """A count with thousands separators."""
    return "" if value is None or value == "" else f"{value:,}"


@register.filter
def counted(pages: Any) -> str:
    """How many rows a paginator counts, with thousands separators; a bounded one may tell that there are more."""
    shown = number(pages.count)
    return _("more than %(n)s") % {"n": shown} if getattr(pages, "is_more", False) else shown


@register.filter
def duration(seconds: int | float | None) -> str:
    """Time left in words: under a minute, minutes, or hours."""
    if seconds is None:
        return ""
    minutes = round(float(seconds) / 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 60:
        return _("%(n)s min") % {"n": minutes}
    return pgettext("duration", "%(h)s h %(m)s min") % {"h": minutes // 60, "m": minutes % 60}


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """A form field's control in the platform's classes, wired to its help and its error."""
    control = field.field.widget
    attrs: dict[str, Any] = {"class": _control_class(control, control.attrs.get("class", ""))}
    if field.errors:
        attrs["class"] += " is-invalid"
    if isinstance(field.field, forms.DateField) or "data-date" in control.attrs:
        attrs |= {"inputmode": "numeric", "autocomplete": "off", "data-date": True, "placeholder": _("YYYY-MM-DD")}
    return field.as_widget(attrs=attrs)


@register.filter
def is_many(field: BoundField) -> bool:
    """Whether a field chooses some of many, so that scripts make a text field with chips of it."""
    return isinstance(field.field.widget, ManyBoxes)


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether a field is one checkbox, whose label stands behind the control."""
    return isinstance(field.field.widget, forms.CheckboxInput)


def _control_class(control: forms.Widget, own: str) -> str:
    found = next((name for kind, name in CONTROL_CLASSES if isinstance(control, kind)), "form-control")
    return f"{own} {found}".strip()


@register.filter
def plain_number(value: int | float | Decimal | None) -> str:
    """A number as HTML attributes want it: a dot, no separators, in every language."""
    return "0" if value is None else str(value)


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """The page numbers that a pager shows, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int, name: str = "page") -> str:
    """The address of another page of the same list."""
    return query_with(context, **{name: number})


@register.simple_tag(takes_context=True)
def sort_state(context: Context, name: str) -> dict[str, str]:
    """How a column is sorted now (`aria`) and what a click on its head asks for (`next`)."""
    now = context["request"].GET.get("sort", "")
    if now == name:
        return {"aria": "ascending", "next": f"-{name}"}
    return {"aria": "descending" if now == f"-{name}" else "", "next": name}


@register.simple_tag
def error_lines(form: BaseForm | None, reasons: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """What the error summary lists: the form's errors, then the reasons of a refusal, each with its field."""
    lines: list[dict[str, Any]] = []
    for name, errors in form.errors.items() if form is not None else ():
        field = form[name] if form is not None and name in form.fields else None
        for error in errors:
            named = field is None or str(field.label) in error
            lines.append({"text": error, "label": "" if named else field.label, "target": _target(field)})
    for reason in reasons:
        bound = form[reason.field] if form is not None and reason.field in form.fields else None
        lines.append(
            {
                "text": reason.text,
                "label": bound.label if bound else "",
                "target": _target(bound),
                "clause": reason.clause,
                "next_step": reason.next_step,
            }
        )
    return lines


def _target(field: BoundField | None) -> str:
    if field is None:
        return ""
    return field.id_for_label or f"{field.auto_id}_0"
