"""Advertised titles into codes of the classification of 2022, with confidence and the words that decided."""

from openpes.engine.coding.coder import Coded, Coder, Decided, code_titles, reasons_of
from openpes.engine.coding.model import Model

__all__ = ["Coded", "Coder", "Decided", "Model", "code_titles", "reasons_of"]
