"""Rights in the network."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_NETWORK = Permission("network.view_network", _("See service points, their staff and their working days"))
OPEN_POINT = Permission("network.open_point", _("Open, recognise and close service points, record populations"))
DESCRIBE_POINT = Permission("network.describe_point", _("Write down hours, windows, equipment and pictures of points"))
KEEP_STAFF = Permission("network.keep_staff", _("Record certificates, judge years and entitle village officers"))
POST_STAFF = Permission("network.post_staff", _("Post staff to service points"))
ASSESS = Permission("network.assess", _("Assess service points against the check-lists of acceptance"))
PILOTS = Permission("network.pilots", _("Apply for pilots, review and decide applications"))
