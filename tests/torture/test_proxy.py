"""The line that breaks does not break what it is tried with."""

from torture.proxy import Proxy, Weather


def test_it_may_be_over_before_it_is_told() -> None:
    proxy = Proxy(9)
    proxy._closing = True
    proxy._thread.join()  # It looks every second.
    proxy.close()
    assert proxy._mouth.fileno() == proxy._ear.fileno() == proxy._place.fileno() == -1


def test_who_comes_while_it_is_shut_is_not_let_in() -> None:
    proxy = Proxy(9)
    proxy.be(Weather.DOWN)
    proxy._accept()
    proxy.close()
