"""Addresses of appointments."""

from django.urls import path

from openpes.appointments import views

app_name = "appointments"
urlpatterns = [
    path("", views.day, name="day"),
    path("persons/<int:pk>/new", views.new, name="new"),
    path("persons/<int:pk>/recall", views.recall, name="recall"),
    path("<int:pk>/cancel", views.cancel, name="cancel"),
    path("<int:pk>/take", views.take, name="take"),
    path("recalls/<int:pk>/leave", views.leave, name="leave"),
    path("own", views.own, name="own"),
    path("own/new", views.own_new, name="own_new"),
    path("own/recall", views.own_recall, name="own_recall"),
    path("own/<int:pk>/cancel", views.own_cancel, name="own_cancel"),
    path("own/<int:pk>/take", views.own_take, name="own_take"),
    path("own/recalls/<int:pk>/leave", views.own_leave, name="own_leave"),
]
