"""Addresses of the code lists and parameters."""

from django.urls import path

from openpes.codes import views

app_name = "codes"
urlpatterns = [
    path("", views.code_list, name="code_list"),
    path("parameters/", views.parameter_list, name="parameter_list"),
    path("occupations/", views.occupation_list, name="occupation_list"),
    path("occupations/options/", views.occupation_options, name="occupation_options"),
    path("<slug:set_name>/", views.code_set, name="code_set"),
]
