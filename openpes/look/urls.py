"""Addresses of the look."""

from django.urls import path

from openpes.look import views

app_name = "look"
urlpatterns = [
    path("prefer", views.prefer, name="prefer"),
    path("initials.json", views.initials, name="initials"),
    path("style", views.style, name="style"),
    path("style/letter.pdf", views.style_letter, name="style_letter"),
    path("style/<slug:page>", views.style, name="style_page"),
]
