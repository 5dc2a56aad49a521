from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from monitor.fetch.guard import Budget, GuardedBackend, is_public, system_resolver
from monitor.fetch.rules import FetchRules, Refusal
from tests.fetch.conftest import Serve, make_rules
from tests.fetch.sites import answer

INNER = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1",
    "100.100.100.200", "100.127.255.255", "127.0.0.1", "127.1.2.3",
    "127.255.255.255", "169.254.0.1", "169.254.169.254", "169.254.170.2",
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8", "192.0.0.192",
    "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1",
    "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::7f00:1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::ffff:100.100.100.200", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::7f00:1", "100::1",
    "2001::1", "2001:0:7f00:1::1", "2001:2::1", "2001:10::1", "2001:20::1",
    "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::1",
    "2002:5db8:d80e::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
    "fd12:3456::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff01::1", "ff02::1",
    "ff0e::1", "4000::1", "2620:4f:8000::1", "localhost", "2130706433",
    "0x7f000001", "0177.0.0.1", "127.1", "not-an-address",
]  # fmt: skip
OUTER = [
    "1.1.1.1", "8.8.8.8", "93.184.215.14", "185.15.59.224", "100.63.255.255",
    "100.128.0.1", "172.32.0.1", "192.0.1.1", "198.20.0.1", "223.255.255.255",
    "2606:4700:4700::1111", "2a02:188:1:1::2", "2620:0:862::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTER)
def test_outer_address_is_public(address: str) -> None:
    assert is_public(address)


def connect(
    host: str, port: int, found: Sequence[str] = (), **over: Any
) -> tuple[str, list[str]]:
    """The refusal's code ("" for none) and the names that were looked up."""
    asked: list[str] = []

    async def resolve(name: str, _: int) -> Sequence[str]:
        asked.append(name)
        return found

    async def once() -> str:
        try:
            backend = GuardedBackend(make_rules(**over), resolve)
            await (await backend.connect_tcp(host, port)).aclose()
        except Refusal as no:
            return no.reason.code
        return ""

    return asyncio.run(once()), asked


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "::1", "2130706433", "017700000001", "0x7f000001", "0x7f.1",
        "127.1", "127.0.1", "0177.0.0.1", "127.0.0.01", "00.00.00.00", "0", "0x",
        "127.0.0.1.", "1.2.3.4.5", "256.256.256.256", "169.254.169.254", "①②⑦.⓪.⓪.①",
        "127。0。0。1", "１２７.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1",
        "fe80::1%lo", "0000::1", "0:0:0:0:0:ffff:7f00:0001",
    ],
)  # fmt: skip
def test_number_as_host_is_never_connected_to(host: str, serve: Serve) -> None:
    refused, asked = connect(host, 80, ["127.0.0.1"])
    assert refused == "refused_address"
    assert asked == []


@pytest.mark.parametrize("found", [[inner] for inner in INNER[:20]])
def test_name_with_an_inner_address_is_refused(found: list[str]) -> None:
    assert connect("forum.example", 443, found)[0] == "refused_address"


def test_one_inner_address_among_outer_ones_is_enough_to_refuse() -> None:
    found = ["93.184.215.14", "2606:4700:4700::1111", "10.0.0.7"]
    assert connect("forum.example", 80, found)[0] == "refused_address"


def test_name_without_addresses_is_unknown() -> None:
    assert connect("forum.example", 80, [])[0] == "dns_failed"


@pytest.mark.parametrize("port", [22, 25, 81, 3306, 5432, 6379, 8080, 8443, 9200])
def test_only_web_ports_are_used(port: int) -> None:
    refused, asked = connect("forum.example", port, ["93.184.215.14"])
    assert refused == "port_refused"
    assert asked == []


def test_exception_counts_for_that_host_and_port_only(serve: Serve) -> None:
    site, other = serve(), serve()
    allowed = {"allow_private": (site.place, f"inner.example:{site.port}")}
    assert connect("127.0.0.1", site.port, **allowed)[0] == ""
    assert connect("inner.example", site.port, ["127.0.0.1"], **allowed)[0] == ""
    assert connect("other.example", site.port, ["127.0.0.1"], **allowed)[0] != ""
    assert connect("127.0.0.1", other.port, **allowed)[0] == "port_refused"
    assert connect("127.0.0.1", 80, **allowed)[0] == "refused_address"


def test_next_address_is_tried_when_the_first_does_not_answer(serve: Serve) -> None:
    site = serve({"/": answer()})
    allowed = {"allow_private": (f"two.example:{site.port}",)}
    found = ["::1", "127.0.0.1"]  # nobody listens on the first
    assert connect("two.example", site.port, found, **allowed)[0] == ""


def test_name_service_that_hangs_is_given_up() -> None:
    async def resolve(name: str, port: int) -> Sequence[str]:
        await asyncio.sleep(30)
        return []

    async def once() -> str:
        backend = GuardedBackend(make_rules(connect_timeout=0.05), resolve)
        with pytest.raises(Refusal) as no:
            await backend.connect_tcp("slow.example", 80)
        return no.value.reason.code

    assert asyncio.run(once()) == "dns_failed"


def test_system_knows_its_own_name(serve: Serve) -> None:
    site = serve({"/": answer()})

    async def once() -> str:
        rules = make_rules(allow_private=(f"LocalHost:{site.port}",))
        with ThreadPoolExecutor(1) as threads:
            backend = GuardedBackend(rules, system_resolver(threads))
            await (await backend.connect_tcp("localhost", site.port)).aclose()
            with pytest.raises(Refusal) as no:
                await backend.connect_tcp("localhost", 80)
        return no.value.reason.code

    assert asyncio.run(once()) == "refused_address"


def test_unix_sockets_are_off() -> None:
    async def resolve(name: str, port: int) -> Sequence[str]:
        return []

    backend = GuardedBackend(FetchRules("Udkig/0.1"), resolve)
    with pytest.raises(Refusal):
        asyncio.run(backend.connect_unix_socket("/run/some.sock"))


def test_budget_counts_all_bytes_and_all_seconds() -> None:
    budget = Budget(600, 10)
    budget.spend(6)
    with pytest.raises(Refusal, match="too_large"):
        budget.spend(6)
    assert budget.seconds(0.01) <= 0.01
    assert budget.seconds() <= 600
    with pytest.raises(Refusal, match="deadline"):
        Budget(0, 10).seconds()
