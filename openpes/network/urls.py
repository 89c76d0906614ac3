"""Addresses of the network."""

from django.urls import path

from openpes.network import views

app_name = "network"
urlpatterns = [
    path("", views.board, name="board"),
    path("points", views.point_list, name="point_list"),
    path("points/open", views.open_point, name="open_point"),
    path("points/<int:pk>", views.point, name="point"),
    path("points/<int:pk>/post", views.post_staff, name="post_staff"),
    path("areas/<slug:area>", views.area, name="area"),
    path("<slug:area>", views.board, name="board"),
]
