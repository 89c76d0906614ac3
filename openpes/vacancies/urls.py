"""Addresses of vacancies."""

from django.urls import path

from openpes.vacancies import views

app_name = "vacancies"
urlpatterns = [
    path("", views.vacancy_list, name="list"),
    path("list.csv", views.vacancy_csv, name="csv"),
    path("new/", views.new, name="new"),
    path("employer/<int:pk>/", views.of_employer, name="of_employer"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/close/", views.close, name="close"),
    path("looking/", views.looking, name="looking"),
    path("check/", views.check, name="check"),
    path("occupations/", views.occupations, name="occupations"),
    path("<int:pk>/hold/", views.held, name="held"),
    path("<int:pk>/reports/", views.reports, name="reports"),
    path("<int:pk>/copies/", views.copies, name="copies"),
    path("<int:pk>/give-back/", views.give_back, name="give_back"),
    path("mine/", views.mine, name="mine"),
    path("mine/new/", views.new_mine, name="new_mine"),
    path("mine/<int:pk>/", views.ask, name="ask"),
    path("mine/check/", views.check_mine, name="check_mine"),
    path("mine/holds/<int:pk>/appeal/", views.appeal_mine, name="appeal_mine"),
    path("mine/<int:pk>/edit/", views.edit_mine, name="edit_mine"),
    path("mine/<int:pk>/close/", views.close_mine, name="close_mine"),
    path("report/<int:pk>/", views.report, name="report"),
    path("report/<int:pk>/send/", views.send_report, name="send_report"),
]
