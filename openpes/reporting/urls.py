"""Addresses of vacancy reporting."""

from django.urls import path

from openpes.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.board, name="board"),
    path("employers/<int:pk>/", views.of_employer, name="of_employer"),
    path("employers/<int:pk>/duty", views.duty, name="duty"),
    path("employers/<int:pk>/visit", views.visit_new, name="visit_new"),
    path("changes/<int:pk>/settle", views.settle, name="settle"),
    path("calls/", views.call, name="call"),
    path("calls/<int:pk>/tell", views.call_tell, name="call_tell"),
    path("calls/<int:pk>/back", views.call_back, name="call_back"),
    path("visits/", views.visit_list, name="visit_list"),
    path("visits/plan/", views.planner, name="planner"),
    path("visits/plan/csv", views.planner_csv, name="planner_csv"),
    path("visits/sheet", views.sheet, name="sheet"),
    path("visits/<int:pk>/", views.visit, name="visit"),
    path("leads/", views.lead_list, name="lead_list"),
    path("leads/new", views.lead_new, name="lead_new"),
    path("leads/<int:pk>/", views.lead, name="lead"),
    path("coverage/", views.coverage, name="coverage"),
    path("coverage/rows", views.coverage_rows, name="coverage_rows"),
    path("coverage/csv", views.coverage_csv, name="coverage_csv"),
    path("own/", views.own, name="own"),
    path("answer/", views.send_answer, name="send_answer"),
    path("answer/<str:token>/", views.answer, name="answer"),
]
