"""Addresses of persons."""

from django.urls import path

from openpes.people import views

app_name = "people"
urlpatterns = [
    path("", views.list_persons, name="list"),
    path("new", views.new, name="new"),
    path("identity", views.identity, name="identity"),
    path("areas", views.area_options, name="area_options"),
    path("<int:pk>/edit", views.edit, name="edit"),
    path("<int:pk>/move", views.move, name="move"),
    path("<int:pk>/reveal", views.reveal, name="reveal"),
    path("<int:pk>/household", views.household, name="household"),
    path("<int:pk>/household/form", views.household_form, name="household_form"),
    path("<int:pk>/household/join", views.household_join, name="household_join"),
    path("<int:pk>/household/leave", views.household_leave, name="household_leave"),
    path("<int:pk>/household/head", views.household_head, name="household_head"),
    path("<int:pk>/household/split", views.household_split, name="household_split"),
    path("<int:pk>/household/move", views.household_move, name="household_move"),
    path("<int:pk>/life", views.life, name="life"),
    path("<int:pk>/name", views.name, name="name"),
    path("<int:pk>/number", views.number, name="number"),
    path("<int:pk>/hukou", views.hukou, name="hukou"),
    path("<int:pk>/departure", views.departure, name="departure"),
    path("<int:pk>/departure/take-back", views.take_back, name="take_back"),
    path("<int:pk>/return", views.come_back, name="come_back"),
    path("numbers", views.number_list, name="number_list"),
    path("numbers/<int:pk>", views.number_answer, name="number_answer"),
    path("handovers", views.handover_list, name="handover_list"),
    path("handovers/<int:pk>", views.handover_answer, name="handover_answer"),
    path("<int:pk>/records", views.records, name="records"),
    path("<int:pk>/groups/new", views.group_new, name="group_new"),
    path("<int:pk>/education/new", views.education_new, name="education_new"),
    path("<int:pk>/qualifications/new", views.qualification_new, name="qualification_new"),
    path("<int:pk>/corrections/new", views.correction_new, name="correction_new"),
    path("ending", views.ending, name="ending"),
    path("groups/<int:pk>", views.group, name="group"),
    path("groups/<int:pk>/end", views.group_end, name="group_end"),
    path("education/<int:pk>/withdraw", views.education_withdraw, name="education_withdraw"),
    path("qualifications/<int:pk>/withdraw", views.qualification_withdraw, name="qualification_withdraw"),
    path("corrections", views.correction_list, name="correction_list"),
    path("corrections/<int:pk>", views.correction_answer, name="correction_answer"),
    path("corrections/<int:pk>/appeal", views.correction_appeal, name="correction_appeal"),
]
