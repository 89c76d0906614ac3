"""The name under which a session keeps the delegation that somebody acts under."""

ACTING_FOR = "acting_for"
