"""Addresses of matters."""

from django.urls import path

from openpes.matters import views

app_name = "matters"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("all", views.all_open, name="list"),
    path("persons/<int:pk>/new", views.new, name="new"),
    path("<int:pk>", views.detail, name="detail"),
    path("<int:pk>/hand-over", views.hand_over, name="hand_over"),
    path("<int:pk>/close", views.close, name="close"),
    path("hand-overs/<int:pk>/answer", views.answer, name="answer"),
    path("hand-overs/<int:pk>/take-back", views.take_back, name="take_back"),
    path("hand-overs/accept-list", views.accept_all, name="accept_all"),
    path("hand-list", views.hand_list, name="hand_list"),
    path("hand-list/office", views.hand_list_of, name="hand_list_of"),
    path("colleagues", views.colleagues, name="colleagues"),
    path("lists", views.lists, name="lists"),
    path("own", views.own, name="own"),
]
