"""The invented city: everything about it follows from the number of persons, a seed and a day."""

from openpes.demo.rules.city import City, CityPlan, invent_city

__all__ = ["City", "CityPlan", "invent_city"]
