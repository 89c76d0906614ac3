"""Forms of the network."""

from openpes.network.forms.points import (
    CloseForm,
    PictureForm,
    PointFactsForm,
    PointForm,
    PopulationForm,
    PostingForm,
)

__all__ = ["CloseForm", "PictureForm", "PointFactsForm", "PointForm", "PopulationForm", "PostingForm"]
