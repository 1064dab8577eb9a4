#!/usr/bin/env python3
"""Relays connections so that bench/kill-test can cut them.

  bench/relay.py FROM TO      where FROM and TO are a port of 127.0.0.1 or the path of a Unix socket

A Unix socket joins two network namespaces. On SIGUSR1 nothing passes any more and nobody is told, as if packets were
dropped; new connections wait. On SIGUSR2 all connections are reset and new ones are refused. SIGHUP mends both.
"""
import asyncio, signal, socket, struct, sys

RESET = struct.pack("ii", 1, 0)


class Relay:
    def __init__(self, source, target):
        self.source, self.target = source, target
        self.passing = asyncio.Event()
        self.passing.set()
        self.writers = set()
        self.server = None

    async def listen(self):
        if self.source.isdigit():
            self.server = await asyncio.start_server(self.accept, "127.0.0.1", int(self.source))
        else:
            self.server = await asyncio.start_unix_server(self.accept, self.source)

    async def accept(self, reader, writer):
        self.writers.add(writer)
        try:
            await self.passing.wait()
            if self.target.isdigit():
                opened = await asyncio.open_connection("127.0.0.1", int(self.target))
            else:
                opened = await asyncio.open_unix_connection(self.target)
            self.writers.add(opened[1])
            ways = [asyncio.create_task(self.copy(reader, opened[1])), asyncio.create_task(self.copy(opened[0], writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            self.close(opened[1])
        except OSError:
            pass  # nobody listens there now
        finally:
            self.close(writer)

    async def copy(self, reader, writer):
        try:
            while data := await reader.read(65536):
                await self.passing.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass  # one side is gone, and the other learns of it

    def close(self, writer):
        self.writers.discard(writer)
        writer.close()

    def reset(self):
        self.server.close()
        for writer in list(self.writers):
            end = writer.get_extra_info("socket")
            if end.family == socket.AF_INET:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()

    def mend(self):
        self.passing.set()
        if not self.server.is_serving():
            asyncio.ensure_future(self.listen())


async def main():
    relay = Relay(sys.argv[1], sys.argv[2])
    await relay.listen()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, relay.passing.clear)
    loop.add_signal_handler(signal.SIGUSR2, relay.reset)
    loop.add_signal_handler(signal.SIGHUP, relay.mend)
    await asyncio.Event().wait()


asyncio.run(main())
