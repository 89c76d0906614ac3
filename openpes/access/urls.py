"""Addresses of accounts, roles and long work."""

from django.urls import path

from openpes.access import views

app_name = "access"
urlpatterns = [
    path("roles", views.roles, name="roles"),
    path("account", views.account, name="account"),
    path("staff", views.staff, name="staff"),
    path("staff/grant", views.grant, name="grant"),
    path("staff/grants/<int:pk>/end", views.end_grant, name="end_grant"),
    path("work", views.job_list, name="job_list"),
    path("work/<uuid:pk>", views.job, name="job"),
    path("work/<uuid:pk>/cancel", views.cancel_job, name="cancel_job"),
    path("closed", views.closed, name="closed"),
]
