"""Addresses of persons."""

from django.urls import path

from openpes.people import views

app_name = "people"
urlpatterns = [
    path("", views.list_persons, name="list"),
    path("new", views.new, name="new"),
    path("identity", views.identity, name="identity"),
    path("areas", views.area_options, name="area_options"),
    path("<int:pk>/edit", views.edit, name="edit"),
    path("<int:pk>/move", views.move, name="move"),
    path("<int:pk>/reveal", views.reveal, name="reveal"),
    path("<int:pk>/household", views.household, name="household"),
    path("<int:pk>/household/form", views.household_form, name="household_form"),
    path("<int:pk>/household/join", views.household_join, name="household_join"),
    path("<int:pk>/household/leave", views.household_leave, name="household_leave"),
    path("<int:pk>/household/head", views.household_head, name="household_head"),
]
