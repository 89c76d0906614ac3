"""What is wrong with a field, in a sentence that names the field, the rule, and what to do next."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

FRAMEWORK = "django."
# The framework's own sentences by their code; %(label)s is the field.
SENTENCES: dict[str, Any] = {
    "required": _("Please fill in “%(label)s”."),
    "invalid_choice": _("“%(label)s” has no choice “%(value)s”. Choose one from the list."),
    "invalid_list": _("“%(label)s” takes several choices. Choose them from the list."),
    "max_length": _("“%(label)s” takes at most %(limit_value)s characters, now there are %(show_value)s. Shorten it."),
    "min_length": _("“%(label)s” takes at least %(limit_value)s characters, now there are %(show_value)s. Add some."),
    "max_value": _("“%(label)s” is at most %(limit_value)s. Enter a smaller number."),
    "min_value": _("“%(label)s” is at least %(limit_value)s. Enter a larger number."),
    "null_characters_not_allowed": _("“%(label)s” contains a character that cannot be stored. Type it anew."),
    "missing": _("No file came with “%(label)s”. Choose the file again."),
    "empty": _("The file of “%(label)s” is empty. Choose another one."),
}
# Sentences that differ by what the field takes, the narrower kind first.
BY_KIND: tuple[tuple[type[forms.Field], str, Any], ...] = (
    (forms.BooleanField, "required", _("Please tick “%(label)s”, or do not go on.")),
    (forms.FileField, "required", _("Please choose a file for “%(label)s”.")),
    (forms.ChoiceField, "required", _("Please choose “%(label)s”.")),
    (forms.FileField, "max_length", _("The file name of “%(label)s” is too long. Rename it and choose it again.")),
    (forms.FileField, "invalid", _("No file came with “%(label)s”. Choose the file again.")),
    (forms.IntegerField, "invalid", _("“%(label)s” takes a whole number, such as 12. Use digits only.")),
    (forms.EmailField, "invalid", _("“%(label)s” takes an e-mail address, such as name@example.cn. Check it.")),
    (forms.UUIDField, "invalid", _("“%(label)s” is not one that the platform gave out. Load the page again.")),
    (forms.RegexField, "invalid", _("“%(label)s” does not have the right form. Look at the help beside it.")),
)


class NamedMistakes:
    """For a form: the framework's bare sentences become ones that name the field; a field's own sentences stay."""

    fields: dict[str, forms.Field]

    def add_error(self, field: str | None, error: Any) -> None:
        """Add a mistake to a field under its name."""
        if field in self.fields and isinstance(error, ValidationError) and hasattr(error, "error_list"):
            error = ValidationError([self._named(field, one) for one in error.error_list])
        super().add_error(field, error)  # type: ignore[misc]

    def _named(self, name: str, error: ValidationError) -> ValidationError:
        field = self.fields[name]
        sentence = _sentence(field, error.code or "")
        if sentence is None:
            return error
        params = {"value": "", "limit_value": "", "show_value": ""} | dict(error.params or {})
        return ValidationError(sentence, code=error.code, params=params | {"label": label_of(field, name)})


def label_of(field: forms.Field, name: str) -> Any:
    """What a field is called on the page."""
    return field.label or format_lazy("{}", name.replace("_", " ").capitalize())


def _sentence(field: forms.Field, code: str) -> Any:
    """Our sentence in place of the framework's; nothing where the field has one of its own."""
    if str(field.error_messages.get(code, "")) != str(_framework_message(field, code)):
        return None
    for kind, of_code, sentence in BY_KIND:
        if of_code == code and isinstance(field, kind):
            return sentence
    return SENTENCES.get(code)


def _framework_message(field: forms.Field, code: str) -> Any:
    """What the framework itself says in such a field; nothing when a class of ours says it first."""
    for kind in type(field).__mro__:
        if code in kind.__dict__.get("default_error_messages", {}):
            return kind.default_error_messages[code] if kind.__module__.startswith(FRAMEWORK) else None
    return ""
