"""Closed vocabularies of employers: the national code sets that their fields use."""

UNIT_TYPE, ECONOMIC_TYPE = "unit_type", "economic_type"
