"""What the public may know of papers of the register."""

from django.db import models

from openpes.registration.choices import Paper, PaperEnd


class PaperProof(models.Model):
    """What anybody may know who holds a paper: by a keyed digest, the little that tells whether it is valid.

    `paper` is the id of the booklet or the certificate of transfer, whichever `kind` says. The row with the empty
    digest stands for every paper that does not exist, so that both are found alike.
    """

    digest = models.CharField(max_length=32, primary_key=True)
    kind = models.CharField(max_length=9, choices=Paper, blank=True, default=Paper.HANDBOOK)
    paper = models.BigIntegerField(db_index=True)
    tail = models.CharField(max_length=6, blank=True, default="")
    copy_no = models.PositiveSmallIntegerField(default=0)
    issued_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=10, choices=PaperEnd, blank=True, default="")
    office = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ["digest"]
