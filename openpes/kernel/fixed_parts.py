"""Parts of templates that are the same on every page of a language: drawn once a process, joined to one text.

Most of a page is fixed: its own HTML, translated words, addresses without arguments, names of files, icons. The loader
joins every run of such nodes when a template is compiled; a run is drawn when it is first met in a language, by the
very nodes that it is made of. Nothing that depends on a variable is ever part of a run, so a run knows no reader.
"""

from collections.abc import Iterable
from threading import local
from typing import Any

from django.template import Context, TemplateDoesNotExist
from django.template.base import FilterExpression, Node, NodeList, Template, TextNode, Variable
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import base, cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class FixedPart(Node):
    """A run of nodes whose text depends on the language alone."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = tuple(nodes)
        self.drawn: dict[tuple[str | None, bool, str], str] = {}

    def render_annotated(self, context: Context) -> str:
        """The text in the language of the reader."""
        key = (get_language(), context.autoescape, get_script_prefix())
        text = self.drawn.get(key)
        if text is None:
            text = self.drawn[key] = SafeString("".join(node.render_annotated(context) for node in self.nodes))
        return text

    render = render_annotated


class _Joining(base.Loader):
    """Joins the fixed parts of a template before anybody else sees it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._compiling = local()

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The template of a name.

        :raises TemplateDoesNotExist: there is none
        """
        template = super().get_template(template_name, skip)
        self._names_in_work().append(template_name)
        try:
            self._join(template.nodelist)
        finally:
            self._names_in_work().pop()
        return template

    def _names_in_work(self) -> list[str]:
        if not hasattr(self._compiling, "names"):
            self._compiling.names = []
        names: list[str] = self._compiling.names
        return names

    def _join(self, nodes: NodeList) -> None:
        """Join the runs of a list in place, and those inside its nodes."""
        joined: list[Node] = []
        run: list[Node] = []
        for node in nodes:
            fixed = self._fixed(node)
            if fixed is None:
                joined += _as_one(run)
                run = []
                for below in _lists_of(node):
                    self._join(below)
                joined.append(node)
            else:
                run += fixed
        nodes[:] = [*joined, *_as_one(run)]

    def _fixed(self, node: Node) -> list[Node] | None:
        """The nodes of which a fixed node is made; None when it is not fixed."""
        if isinstance(node, FixedPart):
            return list(node.nodes)
        if type(node) in (LoadNode, CommentNode):
            return []
        if type(node) is IncludeNode:
            return self._included(node)
        return [node] if _is_fixed(node) else None

    def _included(self, node: IncludeNode) -> list[Node] | None:
        name = _constant(node.template)
        if name is None or node.extra_context or name.startswith("."):
            return None
        if name in self._names_in_work():  # a template that includes itself is no text
            return None
        try:
            parts = [self._fixed(part) for part in self.get_template(name).nodelist]
        except TemplateDoesNotExist:
            return None  # told when it is drawn
        return None if any(part is None for part in parts) else [one for part in parts for one in part or ()]


class Loader(cached.Loader, _Joining):
    """The framework's cached loader over templates whose fixed parts are joined."""


def _as_one(run: list[Node]) -> list[Node]:
    if not run or all(type(node) is TextNode for node in run):
        return [TextNode("".join(node.s for node in run))] if run else []
    return [FixedPart(run)]


def _is_fixed(node: Node) -> bool:
    if type(node) is TextNode:
        return True
    if type(node) is TranslateNode:
        return not node.asvar and _is_constant(node.filter_expression) and _is_constant(node.message_context)
    if type(node) is StaticNode:
        return node.varname is None and _is_constant(node.path)
    if type(node) is URLNode:
        return not (node.asvar or node.args or node.kwargs) and _is_constant(node.view_name)
    return False


def _is_constant(expression: FilterExpression | None) -> bool:
    return expression is None or _constant(expression) is not None


def _constant(expression: FilterExpression) -> str | None:
    """The text that an expression always has; None when it depends on anything."""
    if not isinstance(expression, FilterExpression) or expression.filters:
        return None
    value = expression.var.literal if isinstance(expression.var, Variable) else expression.var
    return value if isinstance(value, str) else None


def _lists_of(node: Node) -> list[NodeList]:
    if isinstance(node, IfNode):
        return [nodes for _condition, nodes in node.conditions_nodelists]
    below = (getattr(node, name, None) for name in node.child_nodelists)
    return [nodes for nodes in below if isinstance(nodes, NodeList)]
