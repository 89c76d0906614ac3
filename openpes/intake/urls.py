"""Addresses of files that come in."""

from django.urls import path

from openpes.intake import views

urlpatterns = [
    path("", views.list, name="list"),
    path("start/<slug:kind>/", views.start, name="start"),
    path("start/<slug:kind>/template/", views.template, name="template"),
    path("<uuid:pk>/", views.batch, name="batch"),
    path("<uuid:pk>/progress/", views.progress, name="progress"),
    path("<uuid:pk>/columns/", views.columns, name="columns"),
    path("<uuid:pk>/columns/again/", views.columns_again, name="columns_again"),
    path("<uuid:pk>/accept/", views.accept, name="accept"),
    path("<uuid:pk>/undo/", views.undo, name="undo"),
    path("<uuid:pk>/drop/", views.drop, name="drop"),
    path("<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("<uuid:pk>/annotated/", views.annotated, name="annotated"),
]
