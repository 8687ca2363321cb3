from __future__ import annotations

from unittest.mock import Mock

import pytest
from django.db import transaction

from groundwork.hurry import hurry


@pytest.mark.django_db(transaction=True)
def test_the_message_goes_out_when_the_transaction_is_in():
    task = Mock()
    with transaction.atomic():
        hurry(task, 7)
        assert task.apply_async.call_count == 0
    task.apply_async.assert_called_once_with([7], retry=False)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_hurries_nothing():
    task = Mock()
    with transaction.atomic():
        hurry(task, 7)
        transaction.set_rollback(True)
    assert task.apply_async.call_count == 0


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_it_only_says_so(caplog):
    hurry(Mock(**{"apply_async.side_effect": ConnectionRefusedError("no broker")}), 7)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
