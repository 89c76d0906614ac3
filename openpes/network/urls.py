"""Addresses of the network."""

from django.urls import path

from openpes.network.views import board, points, public

app_name = "network"
urlpatterns = [
    path("", board.board, name="board"),
    path("near", public.near, name="near"),
    path("office/<int:pk>", public.office, name="office"),
    path("picture/<int:pk>", public.picture, name="picture"),
    path("points", board.point_list, name="point_list"),
    path("points/open", points.open_point, name="open_point"),
    path("points/<int:pk>", points.point, name="point"),
    path("points/<int:pk>/describe", points.describe, name="describe"),
    path("points/<int:pk>/pictures", points.add_picture, name="add_picture"),
    path("points/<int:pk>/post", points.post_staff, name="post_staff"),
    path("points/<int:pk>/recognise", points.recognise, name="recognise"),
    path("points/<int:pk>/close", points.close, name="close"),
    path("pictures/<int:pk>/remove", points.remove_picture, name="remove_picture"),
    path("areas/<slug:area>", board.area, name="area"),
    path("areas/<slug:area>/population", board.record_population, name="record_population"),
    path("<slug:area>", board.board, name="board"),
]
