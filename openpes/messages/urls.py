"""Addresses of messages."""

from django.urls import path

from openpes.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.list, name="list"),
    path("<int:pk>/again", views.again, name="again"),
    path("<int:pk>/leave", views.leave, name="leave"),
    path("stop", views.stop_for, name="stop_for"),
    path("stop/<slug:token>", views.stop, name="stop"),
    path("inbound", views.inbound, name="inbound"),
]
