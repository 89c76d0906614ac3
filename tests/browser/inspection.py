"""What is looked for on an opened page: axe's rules, one heading, labels, width, and words of the other language."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

LOCALE = Path(__file__).resolve().parents[2] / "locale"
AXE_TAGS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"]}
AXE_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that a theme can change
# Latin words that Chinese pages rightly show: products and keys; names of the test's people; what the test asked for.
LATIN = frozenset(
    ["OpenPES", "Apache", "Excel", "Word", "English", "Enter", "Ctrl", "Alt", "Tab", "Esc", "Shift", "zzzz", "city",
     "county", "township", "village", "neighbour", "clerk", "officer", "statistician", "auditor", "administrator",
     "supervisor", "seeker", "employer", "second", "newcomer"]
)  # fmt: skip
BARE_DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")
SHOWN_HOW = re.compile(r"2026-11-01")  # how a date is typed, in the help of a field
CHINESE = re.compile(r"[\u3400-\u9fff]")
NAMES = re.compile(r"https?://\S+|[\w（）()]+\.(?:xlsx|csv|txt)|\.xlsx")  # addresses and files
WORD = re.compile(r"[A-Za-z]{3,}")
RUN_AXE = """async (options) => (await axe.run(document, options)).violations.map(
  (rule) => ({ id: rule.id, nodes: rule.nodes.slice(0, 3).map((node) => ({ html: node.html })) }))"""
FACTS = """() => {
  const shown = (el) => el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
    if (!text || el.closest('script, style, code, kbd, pre, [lang]:not(html)') || !shown(el)) continue;
    texts.push(text);
  }
  for (const el of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    if (el.closest('[lang]:not(html)')) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(el.getAttribute(name) || '');
  }
  texts.push(document.title);
  const fields = [...document.querySelectorAll('input:not([type=hidden]):not([type=submit]), select, textarea')];
  const named = (el) => el.labels?.length || el.ariaLabel || el.getAttribute('aria-labelledby');
  const bare = fields.filter((el) => el.checkVisibility() && !named(el));
  return {
    texts, headings: document.querySelectorAll('h1').length, bare: bare.map((el) => el.name || el.id || el.outerHTML),
    width: document.documentElement.scrollWidth, room: document.documentElement.clientWidth,
    language: document.documentElement.lang,
    wide: [...document.querySelectorAll('body *')].filter((el) => el.getBoundingClientRect().right > innerWidth + 1
      && !el.closest('.table-wrap, .only-read, .skip')).slice(0, 3).map((el) => el.tagName + '.' + el.className),
  };
}"""


@dataclass(frozen=True)
class Seen:
    """A page as it was read: its language, its texts, and what is countable on it."""

    language: str
    texts: list[str]
    headings: int
    bare: list[str]
    width: int
    room: int
    wide: list[str]


def faults_of(page: Page, run_only: dict = AXE_TAGS) -> list[str]:
    """Everything that is wrong with the page as it stands, each in one line; `run_only` chooses axe's rules."""
    seen = Seen(**page.evaluate(FACTS))
    faults = axe_faults(page, run_only)
    if seen.headings != 1:
        faults.append(f"has {seen.headings} h1")
    if seen.width > seen.room:
        faults.append(f"is {seen.width} px wide in a window of {seen.room}: {seen.wide}")
    faults += [f"field without a label: {name}" for name in seen.bare]
    faults += [f"a bare date: {text!r}" for text in sorted(set(seen.texts)) if is_bare_date(text)]
    wrong = foreign_to_english if seen.language == "en" else foreign_to_chinese
    return faults + [f"not translated: {text!r}" for text in sorted(set(seen.texts)) if wrong(text)]


def is_bare_date(text: str) -> bool:
    """Whether a text shows a date as machines write it, and not as its language does."""
    return bool(BARE_DATE.search(SHOWN_HOW.sub("", text)))


def axe_faults(page: Page, run_only: dict) -> list[str]:
    """The violations that axe-core finds, with the first places of each."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)  # half a megabyte: once for a page, not for every theme of it
    found = page.evaluate(RUN_AXE, {"runOnly": run_only, "resultTypes": ["violations"]})
    return [f"axe {rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]


def foreign_to_chinese(text: str) -> bool:
    """Whether a text of a Chinese page has a Latin word that is no known name and no abbreviation in capitals."""
    return any(word not in LATIN and not word.isupper() for word in WORD.findall(NAMES.sub("", text)))


def foreign_to_english(text: str) -> bool:
    """Whether a text of an English page is the Chinese of something that has an English original."""
    return text in our_chinese() and text != "南宁市"  # the city among areas, whose names are data


@cache
def our_chinese() -> frozenset[str]:
    """Every Chinese sentence of the catalogue: on an English page it must have been English."""
    entries = [entry for file in LOCALE.glob("zh_Hans/*.po") for entry in polib.pofile(str(file))]
    return frozenset(entry.msgstr for entry in entries if CHINESE.search(entry.msgstr) and entry.msgid != entry.msgstr)
