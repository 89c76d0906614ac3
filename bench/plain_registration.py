"""The one table of the plainest site."""

from django.db import models


class PlainRegistration(models.Model):
    """A registration as a plain row, nothing sealed."""

    id_number = models.CharField(max_length=18)
    name = models.CharField(max_length=80)
    area = models.CharField(max_length=12)
    address = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)
    education = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "bench"
        db_table = "bench_registration"
