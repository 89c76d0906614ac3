"""Rights in the network."""

from django.utils.translation import gettext_lazy as _

from openpes.access.permissions import Permission

VIEW_NETWORK = Permission("network.view", _("See the service points of the area, their staff and when they worked"))
OPEN_POINT = Permission("network.open_point", _("Open service points"))
POST_STAFF = Permission("network.post_staff", _("Post staff to service points"))
