"""Addresses of the network."""

from django.urls import path

from openpes.network.views import acceptance, board, pilots, points, public, staff

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
    path("postings/<int:pk>/end", points.end_posting, name="end_posting"),
    path("points/<int:pk>/recognise", points.recognise, name="recognise"),
    path("points/<int:pk>/close", points.close, name="close"),
    path("pictures/<int:pk>/remove", points.remove_picture, name="remove_picture"),
    path("staff", staff.staff_list, name="staff_list"),
    path("staff/<int:pk>", staff.staff_file, name="staff_file"),
    path("staff/<int:pk>/certificates", staff.record_certificate, name="record_certificate"),
    path("staff/<int:pk>/years", staff.assess_year, name="assess_year"),
    path("certificates/<int:pk>/revoke", staff.revoke_certificate, name="revoke_certificate"),
    path("subsidies", staff.subsidies, name="subsidies"),
    path("acceptance", acceptance.acceptance_board, name="acceptance_board"),
    path("acceptance/list", acceptance.acceptance_list, name="acceptance_list"),
    path("acceptance/<int:pk>", acceptance.acceptance, name="acceptance"),
    path("acceptance/<int:pk>/submit", acceptance.submit, name="submit_acceptance"),
    path("acceptance/<int:pk>/drop", acceptance.drop, name="drop_acceptance"),
    path("acceptance/<int:pk>/assess", acceptance.assess, name="assess_acceptance"),
    path("acceptance/<int:pk>/sign", acceptance.sign, name="sign_acceptance"),
    path("acceptance/<int:pk>/return", acceptance.give_back, name="return_acceptance"),
    path("acceptance/<int:pk>/publish", acceptance.publish, name="publish_acceptance"),
    path("points/<int:pk>/acceptance", acceptance.begin, name="begin_acceptance"),
    path("pilots", pilots.pilot_list, name="pilot_list"),
    path("pilots/apply", pilots.apply, name="apply_pilot"),
    path("pilots/<int:pk>", pilots.pilot, name="pilot"),
    path("pilots/<int:pk>/step", pilots.step, name="pilot_step"),
    path("areas/<slug:area>", board.area, name="area"),
    path("areas/<slug:area>/population", board.record_population, name="record_population"),
    path("<slug:area>", board.board, name="board"),
]
