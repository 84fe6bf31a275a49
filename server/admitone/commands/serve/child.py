"""`admitone serving-process`: one of the processes of a server. Only its parent starts it."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import click
import uvloop

from admitone import app, logs
from admitone.commands.failures import told_plainly
from admitone.config import Config
from admitone.share import Share

READY = b"r"
"""What a child says to its parent once it accepts connections."""


@click.command("serving-process", hidden=True)
@click.option("--number", type=int, required=True, help="Which of the processes this is, from 0.")
@click.option("--parent", type=int, required=True, help="The file descriptor of the line to the parent.")
@click.option("--listen", type=int, required=True, multiple=True, help="Those of the listening sockets.")
@click.option("--folder", type=Path, required=True, help="Where the processes have their private sockets.")
@told_plainly
def serving_process_command(number: int, parent: int, listen: tuple[int, ...], folder: Path) -> None:
    """Serve on sockets that the parent opened, until it says so or has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes: the parent ends its children
    config = Config.from_environment()
    logs.configure(config.log_format)
    line = socket.socket(fileno=parent)
    share = Share(number, [socket.socket(fileno=each) for each in listen], line, folder)
    uvloop.run(app.serve(config, lambda _: line.sendall(READY), share))
