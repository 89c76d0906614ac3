"""Pure computation: no Django, no clock, no unseeded randomness."""
