"""Renders small pieces of templates the way pages do."""

import re
from typing import Any

from django.template import Context, Template, engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from openpes.look.queries import page_context


def rendered(source: str, path: str = "/list?area=450102&page=2", **values: Any) -> str:
    """The HTML of a piece of template, components included, with blanks folded."""
    request = RequestFactory().get(path)
    template = Template(CottonCompiler().process(source), engine=engines["django"].engine)
    html = template.render(Context({"request": request, **page_context(request), **values}))
    return re.sub(r"\s+", " ", html).strip()
