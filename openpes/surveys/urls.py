"""Addresses of labour surveys."""

from django.urls import path

from openpes.surveys.views import campaigns, checks, papers, villages, visits

urlpatterns = [
    path("", campaigns.list, name="list"),
    path("mine/", villages.mine, name="mine"),
    path("plan/", campaigns.plan, name="plan"),
    path("<int:pk>/", campaigns.campaign, name="campaign"),
    path("<int:pk>/start/", campaigns.start, name="start"),
    path("<int:pk>/close/", campaigns.close, name="close"),
    path("<int:pk>/assign/", campaigns.assign, name="assign"),
    path("<int:pk>/households/", campaigns.household_list, name="household_list"),
    path("villages/<int:pk>/", villages.village, name="village"),
    path("villages/<int:pk>/take-in/", villages.take_in, name="take_in"),
    path("villages/<int:pk>/found/", visits.found, name="found"),
    path("villages/<int:pk>/workbook/", papers.workbook, name="workbook"),
    path("villages/<int:pk>/forms.pdf", papers.village_forms, name="village_forms"),
    path("villages/<int:pk>/draw/", checks.draw, name="draw"),
    path("households/<int:pk>/", visits.household, name="household"),
    path("households/<int:pk>/form.pdf", papers.household_form, name="household_form"),
    path("checks/<int:pk>/", checks.check, name="check"),
    path("checks/<int:pk>/mark/", checks.mark, name="mark"),
    path("checked/<int:pk>/", checks.ask_again, name="ask_again"),
]
