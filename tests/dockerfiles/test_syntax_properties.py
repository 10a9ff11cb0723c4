"""The Dockerfile reader on generated texts, compared with BuildKit's own parser."""

import json
from contextlib import suppress

import pytest
from buildkit import buildkit, ours
from hypothesis import assume, example, given
from hypothesis import strategies as st
from times import seconds

from migrate.dockerfile.syntax.parse import DockerfileError, parse

blanks = st.sampled_from(["", " ", "\t", "  "])


words = st.text(st.sampled_from("abzAB019./-_=:,$é&|;<>()*?[]{}#%+@!~^"), min_size=1, max_size=8).filter(
    lambda word: "${" not in word and not word.startswith("--")
)
quoted = st.one_of(
    words,
    st.builds("'{}'".format, st.text(st.sampled_from('ab #"\\'), max_size=6)),
    st.builds('"{}"'.format, st.text(st.sampled_from("ab #'="), max_size=6)),
)


flags = st.lists(
    st.sampled_from(["--mount=type=cache,target=/x", "--from=base", "--x", "--y='a b'", '--z="c"']), max_size=2
)


@st.composite
def continuations(draw: st.DrawFn, newline: str, escape: str) -> str:
    """Draw a blank between two arguments that may lead to the next line, with comments on the way."""
    if draw(st.booleans()):
        return draw(st.sampled_from([" ", "  ", "\t"]))
    between = draw(st.lists(st.sampled_from(["# c", "  # d " + escape, "", " \t", "#"]), max_size=2))
    return f" {escape}{draw(blanks)}{newline}" + "".join(line + newline for line in between) + draw(blanks) + " "


@st.composite
def instructions(draw: st.DrawFn, newline: str, escape: str) -> str:
    keyword = draw(
        st.sampled_from(
            ["RUN", "run", "COPY", "ADD", "CMD", "Entrypoint", "WORKDIR", "EXPOSE", "ARG", "ENV", "LABEL", "X"]
        )
    )
    if draw(st.integers(0, 9)) == 0:
        keyword = f"ONBUILD {keyword}"
    parts = [*draw(flags), *draw(st.lists(quoted, min_size=1, max_size=5))]
    end = ""
    if keyword in {"RUN", "COPY"} and draw(st.booleans()):
        for name in draw(st.sampled_from([["EOF"], ["EOF", "F"]])):
            parts.append(
                draw(st.sampled_from(["<<", "<<-", "3<<"])) + draw(st.sampled_from([name, f"'{name}'", f'"{name}"']))
            )
            lines = draw(st.lists(st.sampled_from(["a", "\tb \\", "# c", "", "CMD x"]), max_size=3))
            end += newline + newline.join([*lines, name])
    if keyword in {"ENV", "LABEL"}:
        parts = [f"a={part}" for part in parts]
    line = "".join(part + draw(continuations(newline, escape)) for part in parts[:-1]) + parts[-1]
    return draw(blanks) + keyword + draw(continuations(newline, escape)) + line + draw(blanks) + end


@st.composite
def dockerfiles(draw: st.DrawFn) -> str:
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    escape = draw(st.sampled_from(["\\", "\\", "`"]))
    top = draw(st.sampled_from(["", "", "\ufeff"])) + (f"# escape={escape}{newline}" if escape == "`" else "")
    gaps = st.lists(st.sampled_from(["", "# a", "  # b \\", " \t"]), max_size=2)
    text = top + f"FROM a{newline}"
    for instruction in draw(st.lists(instructions(newline, escape), max_size=4)):
        text += "".join(line + newline for line in draw(gaps)) + instruction + newline
    return text if draw(st.booleans()) else text.rstrip("\r\n")


def has_text_behind_an_array(text: str) -> bool:
    """Whether text follows a JSON array, over which the older BuildKit passes."""
    try:
        found = parse(text).instructions
    except DockerfileError:
        return False
    for instruction in found:
        arguments = instruction.arguments
        if instruction.keyword == "ONBUILD":
            arguments = arguments.partition(" ")[2].lstrip()
        with suppress(ValueError):
            value, end = json.JSONDecoder().raw_decode(arguments)
            if isinstance(value, list) and arguments[end:].strip():
                return True
    return False


@given(dockerfiles())
def test_generated_dockerfiles_read_as_buildkit_reads_them(text: str) -> None:
    assume(not has_text_behind_an_array(text))
    assert ours(text) == buildkit(text)


pieces = st.sampled_from(
    [
        *("FROM a\n", "RUN ", "COPY ", "ENV ", "ARG ", "CMD ", "ONBUILD ", "HEALTHCHECK ", "\n", "\r\n", "\\\n", "`\n"),
        *("\\ \r\n", " ", "\t", "# c\n", "#", "a", "a=b", "'", '"', "\\", "`", "--x=y ", "--", '["a"]', "[", "<<EOF"),
        *(
            "\nEOF\n",
            "<<-'E'",
            "\n\tE\n",
            "${a}",
            "${",
            "}",
            "$",
            "# escape=`\n",
            "\ufeff",
            "\u00a0",
            "\r",
            "\0",
            "é",
            ":-",
        ),
    ]
)


@given(st.one_of(st.lists(pieces, max_size=25).map("".join), st.text()))
@example("\ufeff")
@example("\ufeff\ufeffFROM a")
@example("\r")
def test_any_text_is_its_instructions_and_what_lies_between(text: str) -> None:
    try:
        read = parse(text)
    except DockerfileError:
        return
    position = 0
    rebuilt = ""
    for instruction in read.instructions:
        assert position <= instruction.start < instruction.end
        assert instruction.start <= instruction.arguments_start <= instruction.arguments_end <= instruction.end
        between = text[position : instruction.start]
        assert all(line.strip("\ufeff").strip()[:1] in {"", "#"} for line in between.split("\n"))
        rebuilt += between + text[instruction.start : instruction.end]
        position = instruction.end
    assert rebuilt + text[position:] == text
    assert len(read.masked) == len(text)
    assert all(mask in {"\0", character} for mask, character in zip(read.masked, text, strict=True))


@pytest.mark.parametrize(
    "unit",
    [
        "RUN apt-get update && \\\n    # comment\n    apt-get install -y 'gcc' \"$x\" \\\n    curl\n\n",
        "RUN --mount=type=cache,target=/x --y='a b' a\nENV A=b \\\n  C=\"d e\"\nCOPY a b c\n",
        "RUN " + "\\ " * 40 + "\\\n",
        "ENV a=" + "'\"\\" * 30 + "\n",
        'RUN a <<EOF ${x:-${y}} "$z"\n' + "b\n" * 20 + "EOF\n",
        "RUN \\\n" + "ONBUILD \\\n" * 20,
        "# syntax = " + "a " * 50 + "x\n" + "RUN [[[[[\n",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    few, many = ("FROM a\n" + unit * number for number in (10, 320))
    assert seconds(lambda: parse(many)) < 200 * seconds(lambda: parse(few)) + 0.01
