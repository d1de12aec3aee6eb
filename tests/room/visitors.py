"""A visitor of a running page without a browser: what a tab sends and receives, over its web socket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlencode

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from sim.ui.links import link_of
from sim.ui.page import FAULT
from sim.ui.question import Question

FIRST_NUMBERS: Final = {  # page → what is only there once there are numbers
    "compare": "**Alternative A.** Projected",
    "money": "Table: ",
    "people": "Table: ",
}
Lived = TypeVar("Lived")
OVER: Final = 120.0  # seconds after which a page that has not come is a failure of the test


@dataclass
class Visitor:
    """One tab: it asks for a page once, then again whenever the page says that a part of it looks anew."""

    socket: ClientConnection
    patience: float = OVER  # seconds that it waits for a page
    told: str = ""  # every word it was sent, in the order it came
    faults: list[str] = field(default_factory=list)  # what no visitor should be sent
    drawn: bool = False  # the page, to its end
    _page: str = ""  # as the server names it
    _query: str = ""  # what stands behind ? in the address
    _looks: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for look in self._looks.values():
            look.cancel()
        await self.socket.close()

    async def open(self, page: str = "", question: Question | None = None) -> None:
        """Ask for a page, as a browser does that was given its address."""
        self._query = "" if question is None else urlencode({"q": str(link_of(question))})
        await self._send(page_name=page)

    @property
    def settled(self) -> bool:
        """Whether the page is drawn to its end, and nothing of it redraws itself again and again."""
        return self.drawn and not self._looks

    async def until(self, enough: Callable[[Visitor], bool]) -> None:
        """Read on until something holds."""
        async with asyncio.timeout(self.patience):
            while not enough(self):
                self._take(ForwardMsg.FromString(await self.socket.recv(decode=False)))

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        take = {
            "new_session": self._begin,
            "script_finished": self._finish,
            "delta": self._read,
            "navigation": self._stand,
            "page_info_changed": self._move,
            "auto_rerun": self._look_at,
            "stop_auto_rerun": self._stop,
        }.get(str(kind))
        if take is not None:
            take(message)

    def _begin(self, message: ForwardMsg) -> None:
        """Begin to be sent a page anew, or a part of it."""
        self._page = message.new_session.page_script_hash
        if not message.metadata.run.fragment_ids:
            self.drawn = False
            while self._looks:
                self._looks.popitem()[1].cancel()

    def _finish(self, message: ForwardMsg) -> None:
        self.drawn = self.drawn or message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _read(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        words = " ".join(_words(message.delta))
        self.told += words + "\n"
        if element.WhichOneof("type") == "exception" or FAULT in words:
            self.faults.append(words)

    def _stand(self, message: ForwardMsg) -> None:
        self._page = message.navigation.page_script_hash

    def _move(self, message: ForwardMsg) -> None:
        self._query = message.page_info_changed.query_string

    def _look_at(self, message: ForwardMsg) -> None:
        told = message.auto_rerun
        self._stop_looking(told.fragment_id)
        self._looks[told.fragment_id] = asyncio.create_task(self._again(told.fragment_id, told.interval))

    def _stop(self, message: ForwardMsg) -> None:
        for fragment in message.stop_auto_rerun.fragment_ids:
            self._stop_looking(fragment)

    def _stop_looking(self, fragment: str) -> None:
        if fragment in self._looks:
            self._looks.pop(fragment).cancel()

    async def _again(self, fragment: str, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            await self._send(page_script_hash=self._page, fragment_id=fragment, is_auto_rerun=True)

    async def _send(self, **told: Any) -> None:
        await self.socket.send(BackMsg(rerun_script={"query_string": self._query, **told}).SerializeToString())


def lived(visits: Coroutine[Any, Any, Lived]) -> Lived:
    """Return what comes of visits, on a thread of their own: tests with a browser leave a loop running on this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, visits).result()


async def come(server: str, patience: float = OVER) -> Visitor:
    """Come to a running page."""
    address = server.replace("http", "ws", 1) + "/_stcore/stream"
    socket = await connect(  # a browser answers pings and sends none
        address,
        max_size=None,
        subprotocols=["streamlit"],
        open_timeout=patience,
        ping_interval=None,  # type: ignore[list-item]
    )
    return Visitor(socket, patience)


@dataclass(frozen=True)
class Answered:
    """What one visitor got: after how many seconds first numbers and the whole answer, and what was told in the end."""

    seconds: float
    whole_seconds: float
    faults: list[str]
    told: str


def sentence(told: str) -> str:
    """Return what was last said about alternative A."""
    return next(line for line in reversed(told.splitlines()) if FIRST_NUMBERS["compare"] in line)


async def answered(
    server: str, questions: Sequence[Question], page: str = "compare", patience: float = OVER
) -> list[Answered]:
    """Send one visitor for each question at the same time, and wait until their pages are drawn to the end."""
    return list(await asyncio.gather(*(_answered(server, question, page, patience) for question in questions)))


async def _answered(server: str, question: Question, page: str, patience: float) -> Answered:
    began = time.monotonic()
    async with await come(server, patience) as visitor:
        await visitor.open(page, question)
        await visitor.until(lambda one: FIRST_NUMBERS[page] in one.told or bool(one.faults))
        seconds = time.monotonic() - began
        await visitor.until(lambda one: one.settled)
        return Answered(seconds, time.monotonic() - began, visitor.faults, visitor.told)


def _words(message: Any) -> Iterator[str]:
    """Yield every text in a message."""
    if isinstance(message, Alert):
        yield message.body
        return
    for field_of, value in message.ListFields():
        for one in value if field_of.is_repeated and not hasattr(value, "items") else [value]:
            if isinstance(one, str):
                yield one
            elif hasattr(one, "ListFields"):
                yield from _words(one)
