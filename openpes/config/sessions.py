"""Sessions in the database as the framework keeps them; each request reads its own by one plain statement."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > statement_timestamp()"


class SessionStore(DatabaseSessions):
    """The sessions of the table `django_session`: one that is deleted or over is gone at once."""

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing, and a new key later, when there is no such session any more."""
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row[0]))
