"""The naive tables themselves, which a plain site knows without the product."""

from django.db import models


class PlainPerson(models.Model):
    """A person as a first design keeps one: everything readable in one row."""

    area = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=40)
    id_number = models.CharField(max_length=18)
    phone = models.CharField(max_length=20)
    sex = models.CharField(max_length=1)
    born_on = models.DateField()
    education = models.CharField(max_length=2)

    class Meta:
        app_label = "bench"
        db_table = "bench_person"


class WideVacancy(models.Model):
    """A vacancy as a first design publishes one: every text in one wide row, lists joined by commas."""

    title = models.CharField(max_length=120)
    employer_name = models.CharField(max_length=120)
    place = models.CharField(max_length=12)
    occupation = models.CharField(max_length=10)
    places_left = models.IntegerField()
    term = models.CharField(max_length=12)
    pay_min_fen = models.BigIntegerField()
    pay_max_fen = models.BigIntegerField()
    pay_band = models.CharField(max_length=20)
    education_min = models.CharField(max_length=2)
    benefits = models.TextField()
    conditions = models.TextField()
    description = models.TextField()
    published_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        app_label = "bench"
        db_table = "bench_vacancy"
