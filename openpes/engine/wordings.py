"""The templates of messages: what each purpose says in both languages, and how it may be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from openpes.engine.files import document


@dataclass(frozen=True)
class Wording:
    """What the service writes for one purpose; `zh` and `en` are templates, empty where the room writes its own text.

    `urgent` ones go out at any hour, `stop` says that a recipient may stop them, `consent` that the holder of the
    address must have agreed, `secret` that nobody reads the text afterwards.
    """

    purpose: str
    title_en: str
    title_zh: str
    zh: str = ""
    en: str = ""
    urgent: bool = False
    stop: bool = False
    consent: bool = False
    secret: bool = False

    def title(self, language: str) -> str:
        """What the purpose is called."""
        return self.title_zh if language.startswith("zh") else self.title_en

    def filled(self, language: str, variables: Mapping[str, object]) -> str:
        """The text with its variables.

        :raises ValueError: the purpose has no template, or a variable is missing or not of the template
        """
        template = self.zh if language.startswith("zh") else self.en
        if not template:
            raise ValueError(f"The purpose '{self.purpose}' has no template; its room writes the text.")
        wanted = {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}
        if wanted != set(variables):
            raise ValueError(f"The template '{self.purpose}' takes {sorted(wanted)}, not {sorted(variables)}.")
        return template.format(**variables)


@lru_cache(maxsize=1)
def wordings() -> dict[str, Wording]:
    """Every purpose of a message by its code.

    :raises ValueError: a template has one language only, or other variables in the two
    """
    found = {purpose: Wording(purpose, **entry) for purpose, entry in document("message_templates.toml").items()}
    for one in found.values():
        if _places(one.zh) != _places(one.en):
            raise ValueError(f"The template '{one.purpose}' differs between the languages.")
    return found


def _places(template: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(template) if name}
