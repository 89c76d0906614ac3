"""Addresses of statistics."""

from django.urls import path

from openpes.statistics import views

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report.csv", views.report_csv, name="report_csv"),
    path("figure/", views.figure, name="figure"),
]
