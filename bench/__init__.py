"""Every performance claim as a measurement that anyone can repeat, each beside a named plain alternative."""
