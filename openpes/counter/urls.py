"""Addresses of the counter."""

from django.urls import path

from openpes.counter import views

urlpatterns = [
    path("", views.home, name="home"),
    path("find/", views.find, name="find"),
    path("person/<int:pk>/", views.person, name="person"),
    path("vacancy/<int:pk>/candidates/", views.candidates, name="candidates"),
    path("queue/", views.queue, name="queue"),
    path("queue/pane/", views.pane, name="pane"),
    path("queue/waiting/", views.waiting, name="waiting"),
    path("queue/take/", views.take, name="take"),
    path("queue/next/", views.next_number, name="next"),
    path("queue/<int:pk>/", views.slip, name="slip"),
    path("queue/<int:pk>/call/", views.call, name="call"),
    path("queue/<int:pk>/move/", views.move, name="move"),
    path("hall/<int:point>/", views.hall, name="hall"),
    path("hall/<int:point>/rows/", views.hall_rows, name="hall_rows"),
]
