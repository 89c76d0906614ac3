"""Addresses of the counter."""

from django.urls import path

from openpes.counter import views

urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("person/<int:pk>/", views.person, name="person"),
    path("vacancy/<int:pk>/candidates/", views.candidates, name="candidates"),
]
