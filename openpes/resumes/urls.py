"""Addresses of resumes."""

from django.urls import path

from openpes.resumes import views

app_name = "resumes"
urlpatterns = [
    path("", views.own, name="own"),
    path("edit/", views.edit, name="edit"),
    path("audience", views.audience, name="audience"),
    path("confirm", views.confirm, name="confirm"),
    path("withdraw", views.withdraw, name="withdraw"),
    path("cv.pdf", views.paper, name="paper"),
]
