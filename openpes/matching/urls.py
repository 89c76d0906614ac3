"""Addresses of matching."""

from django.urls import path

from openpes.matching import views

urlpatterns = [
    path("weights/", views.weights, name="weights"),
    path("fairness/", views.fairness, name="fairness"),
]
