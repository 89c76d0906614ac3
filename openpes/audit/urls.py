"""Addresses of the journal."""

from django.urls import path

from openpes.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.journal, name="journal"),
    path("seals", views.seals, name="seals"),
    path("seals/heads.txt", views.heads, name="heads"),
]
