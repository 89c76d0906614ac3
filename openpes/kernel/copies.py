"""Rows copied out of the database, taken from the line as they come."""

from collections.abc import Iterator

from psycopg import Copy
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus

END = b"\xff\xff"  # of a copy in binary form
ENDS = (len(END), 19 + len(END))  # the length of a message that can be the end: with the header where there are no rows
WAITING = 0


def messages(copy: Copy) -> Iterator[memoryview]:
    """What the server sends for a copy in binary form, a message for each row, the header with the first.

    The driver's own way takes every message through its loop that waits for any kind of answer, which costs more than
    the rest of a row does. Here the line is asked until the end is there, and then the driver goes on.

    :raises psycopg.Error: the server gave up in the middle
    """
    line = copy.connection.pgconn
    size, message = line.get_copy_data(WAITING)
    while size > 0:
        yield message
        if size in ENDS and message[-len(END) :] == END:
            break
        size, message = line.get_copy_data(WAITING)
    else:
        while result := line.get_result():
            if result.status == ExecStatus.FATAL_ERROR:
                line.get_result()
                raise error_from_result(result)
    for rest in copy:
        yield memoryview(rest)
