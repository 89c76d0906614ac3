"""Addresses of accounts, roles and long work."""

from django.urls import path

from openpes.access.views import by_phone, delegation, own, staff

app_name = "access"
urlpatterns = [
    path("phone", by_phone.ask, name="by_phone"),
    path("phone/code", by_phone.enter, name="phone_code"),
    path("roles", own.roles, name="roles"),
    path("account", own.account, name="account"),
    path("staff", staff.staff, name="staff"),
    path("staff/open", staff.open_account, name="open"),
    path("staff/grant", staff.grant, name="grant"),
    path("staff/areas", staff.area_options, name="area_options"),
    path("staff/grants/<int:pk>/confirm", staff.confirm, name="confirm"),
    path("staff/grants/<int:pk>/end", staff.end_grant, name="end_grant"),
    path("staff/<int:pk>", staff.member, name="member"),
    path("staff/<int:pk>/password", staff.password, name="password"),
    path("staff/<int:pk>/renew", staff.renew, name="renew"),
    path("staff/<int:pk>/close", staff.close, name="close"),
    path("delegations", delegation.delegations, name="delegations"),
    path("delegations/new", delegation.delegate, name="delegate"),
    path("delegations/<int:pk>/end", delegation.end_delegation, name="end_delegation"),
    path("delegations/<int:pk>/act", delegation.act_for, name="act_for"),
    path("delegations/own", delegation.act_for_oneself, name="act_for_oneself"),
    path("work", own.job_list, name="job_list"),
    path("work/<uuid:pk>", own.job, name="job"),
    path("work/<uuid:pk>/cancel", own.cancel_job, name="cancel_job"),
    path("closed", own.closed, name="closed"),
]
