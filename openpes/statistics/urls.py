"""Addresses of statistics."""

from django.urls import path

from openpes.statistics import views
from openpes.statistics.views import indicators, targets

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report.csv", views.report_csv, name="report_csv"),
    path("figure/", views.figure, name="figure"),
    path("indicators/", indicators.indicator_list, name="indicator_list"),
    path("indicators.csv", indicators.indicator_csv, name="indicator_csv"),
    path("indicators/rows/", indicators.indicator_rows, name="indicator_rows"),
    path("targets/", targets.target_list, name="target_list"),
    path("targets/propose/", targets.target_propose, name="target_propose"),
    path("targets/<int:pk>/", targets.target, name="target"),
    path("targets/<int:pk>/decide/", targets.target_decide, name="target_decide"),
    path("targets/<int:pk>/hand-down/", targets.target_hand_down, name="target_hand_down"),
]
