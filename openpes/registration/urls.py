"""Addresses of registrations and job wishes."""

from django.urls import path

from openpes.registration import views

app_name = "registration"
urlpatterns = [
    path("unemployed", views.unemployed_list, name="unemployed_list"),
    path("unemployed.csv", views.unemployed_export, name="unemployed_export"),
    path("persons/<int:pk>/unemployment", views.unemployment_new, name="unemployment_new"),
    path("persons/<int:pk>/employment", views.employment_new, name="employment_new"),
    path("persons/<int:pk>/wish", views.wish_new, name="wish_new"),
    path("<int:pk>/end", views.unemployment_end, name="unemployment_end"),
    path("<int:pk>/end-employment", views.employment_end, name="employment_end"),
    path("<int:pk>/receipt", views.receipt, name="receipt"),
    path("<int:pk>/proofs", views.proofs, name="proofs"),
    path("<int:pk>/take-back", views.withdraw, name="withdraw"),
    path("wishes/<int:pk>", views.wish_edit, name="wish_edit"),
    path("wishes/<int:pk>/end", views.wish_end, name="wish_end"),
]
