"""The Dockerfile, parsed and linted by the packages that its editors use."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[3]
DOCKERFILE = ROOT / "Dockerfile"
_READER = Path(__file__).with_name("dockerfile.mjs")


class Instruction(msgspec.Struct, frozen=True):
    """One instruction; `text` is what follows its flags, with its lines joined."""

    keyword: str
    flags: list[tuple[str, str]]
    text: str

    @property
    def words(self) -> list[str]:
        """The arguments: those of the JSON form, or those that blanks part."""
        is_json = self.text.startswith("[")
        return msgspec.json.decode(self.text, type=list[str]) if is_json else shlex.split(self.text)


class Dockerfile(msgspec.Struct, frozen=True):
    """What the linter finds, and all instructions in order."""

    problems: list[str]
    instructions: list[Instruction]

    @property
    def stages(self) -> list[list[Instruction]]:
        """The instructions of each stage, from its FROM on."""
        found: list[list[Instruction]] = []
        for one in self.instructions:
            if one.keyword == "FROM":
                found.append([])
            if found:
                found[-1].append(one)
        return found

    def last(self, keyword: str) -> Instruction:
        """What this instruction says of the image that is built."""
        return [one for one in self.stages[-1] if one.keyword == keyword][-1]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the image sets."""
        words = [word for one in self.stages[-1] if one.keyword == "ENV" for word in one.words]
        return {name: text for name, _, text in (word.partition("=") for word in words)}

    @property
    def health_check(self) -> list[str]:
        """The command by which the image is asked how it is."""
        found = re.fullmatch(r"CMD (\[.*\])", self.last("HEALTHCHECK").text)
        assert found
        return msgspec.json.decode(found[1], type=list[str])


def read_dockerfile(path: Path = DOCKERFILE) -> Dockerfile:
    """Parse a Dockerfile."""
    read = subprocess.run(["node", _READER, path], capture_output=True, check=True).stdout
    return msgspec.json.decode(read, type=Dockerfile)
