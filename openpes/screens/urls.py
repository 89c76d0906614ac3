"""Addresses of the hall screens."""

from django.urls import path

from openpes.screens import views

urlpatterns = [
    path("", views.list, name="list"),
    path("hall/", views.hall, name="hall"),
    path("keeper.js", views.keeper, name="keeper"),
    path("rows/", views.rows, name="rows"),
]
