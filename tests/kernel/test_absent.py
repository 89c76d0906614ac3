"""What is not there for the reader is a 404, and nothing else is."""

import pytest
from django.http import Http404

from openpes.employers.models import Employer
from openpes.kernel.absent import absent_is_404
from openpes.people.models import Person


def test_a_row_that_is_not_there_for_the_reader_is_a_404_that_tells_nothing_of_it():
    with pytest.raises(Http404) as answered, absent_is_404(Person.DoesNotExist, Employer.DoesNotExist):
        raise Employer.DoesNotExist("Employer 7 of another county")
    assert str(answered.value) == "" and answered.value.__suppress_context__


def test_a_missing_row_of_another_kind_stays_the_error_that_it_is():
    with pytest.raises(Employer.DoesNotExist), absent_is_404(Person.DoesNotExist):
        raise Employer.DoesNotExist


def test_what_goes_well_goes_on():
    with absent_is_404(Person.DoesNotExist):
        found = 7
    assert found == 7
