"""The options that several commands have in common, each declared once, and how a command gets them."""

import inspect
import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from migrate.options import Options

Project = Annotated[Path | None, typer.Argument(help="The project's folder; default: this folder.")]


def choices(
    *,
    no_lock: Annotated[bool, typer.Option("--no-lock", help="Do not run `uv lock`.")] = False,
    uv: Annotated[
        str | None,
        typer.Option("--uv", metavar="PATH", help="The uv to lock with; default: PATH's, else the bundled one."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE|git",
            help="Lock as pip would have on a date, or at the requirements' last commit (git).",
        ),
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Of a pip freeze, make only the roots dependencies.")] = False,
    requirements: Annotated[
        list[str] | None,
        typer.Option("--requirements", metavar="FILE", help="A requirements file of production; may be repeated."),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", metavar="NAME=FILE", help="A dependency group and its file; may be repeated."),
    ] = None,
    keep_requirements: Annotated[
        bool, typer.Option("--keep-requirements", help="Remove no requirements file.")
    ] = False,
    skip_docker: Annotated[bool, typer.Option("--skip-docker", help="Leave every Dockerfile as it is.")] = False,
    dockerfile: Annotated[
        list[str] | None,
        typer.Option("--dockerfile", metavar="FILE", help="Migrate only this Dockerfile; may be repeated."),
    ] = None,
    venv: Annotated[
        str | None, typer.Option("--venv", metavar="PATH", help="The virtual environment's absolute path in the image.")
    ] = None,
    uv_image: Annotated[
        str | None,
        typer.Option("--uv-image", metavar="REF", help="The image that uv is copied from; default: uv's own."),
    ] = None,
    no_cache_mounts: Annotated[
        bool, typer.Option("--no-cache-mounts", help="Write no cache mounts, for builders without BuildKit.")
    ] = False,
    slim_runtime: Annotated[
        bool, typer.Option("--slim-runtime", help="Let the runtime stand on the slim variant of its image.")
    ] = False,
) -> Options:
    """Return the choices of a plan. Raises typer.BadParameter for a value that cannot be one."""
    for text in group or ():
        if not re.fullmatch(r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?=.+", text):
            raise typer.BadParameter(f"--group {text}: write NAME=FILE")
    if venv is not None and not venv.startswith("/"):
        raise typer.BadParameter(f"--venv {venv}: name an absolute path of the image")
    return Options(
        lock=not no_lock,
        keep_requirements=keep_requirements,
        uv=uv,
        as_of=as_of,
        prune=prune,
        requirements=tuple(requirements or ()),
        groups=tuple(group or ()),
        docker=not skip_docker,
        dockerfiles=tuple(dockerfile or ()),
        venv=venv,
        uv_image=uv_image,
        cache_mounts=not no_cache_mounts,
        slim_runtime=slim_runtime,
    )


def of_images(
    *,
    engine: Annotated[
        str | None,
        typer.Option("--engine", metavar="PROGRAM", help="docker, podman or buildah; default: what answers."),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--target", metavar="STAGE", help="Build this stage, not the last one.")
    ] = None,
    build_args: Annotated[
        list[str] | None, typer.Option("--build-arg", metavar="K=V", help="A build argument; may be repeated.")
    ] = None,
    secrets: Annotated[
        list[str] | None,
        typer.Option("--secret", metavar="id=…", help="A secret of the build, as docker takes it; may be repeated."),
    ] = None,
    runs: Annotated[int, typer.Option("--runs", min=1, help="Builds of each kind; the median is shown.")] = 1,
    probe: Annotated[
        str | None,
        typer.Option(
            "--probe",
            metavar="URL|CMD",
            help="Ask this of both running containers: a URL of their own host, or a command.",
        ),
    ] = None,
    patience: Annotated[float, typer.Option("--patience", min=0, help="Seconds for a start.")] = 60,
    timeout: Annotated[float, typer.Option("--timeout", min=1, help="Seconds for one build.")] = 3600,
) -> dict[str, object]:
    """Return how images are built and measured, by the names of `images.Request`; what is as usual is left out."""
    from migrate.images.request import Request

    usual = Request()
    said = {
        "engine": engine,
        "stage": target,
        "build_arguments": tuple(build_args or ()),
        "secrets": tuple(secrets or ()),
        "runs": runs,
        "probe": probe,
        "patience": patience,
        "timeout": timeout,
    }
    return {name: value for name, value in said.items() if value != getattr(usual, name)}


def with_options(**makers: Callable[..., object]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator for commands: each named parameter is what its maker returns for options of the command line.

    The command has the makers' options behind its own: `@with_options(options=choices)` gives a command `options`.
    """

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(command, eval_str=True)
        taken = {name: inspect.signature(maker, eval_str=True).parameters for name, maker in makers.items()}
        parameters = [each for each in own.parameters.values() if each.name not in makers]
        parameters += [each for options in taken.values() for each in options.values()]

        @wraps(command)
        def with_made(**given: Any) -> None:
            made = {name: maker(**{key: given.pop(key) for key in taken[name]}) for name, maker in makers.items()}
            command(**given, **made)

        with_made.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined] # typer reads it
        with_made.__annotations__ = {each.name: each.annotation for each in parameters}
        return with_made

    return decorated


def without(maker: Callable[..., Options], *names: str) -> Callable[..., Options]:
    """Return a maker that does not take some options of another one; they have their defaults."""
    signature = inspect.signature(maker, eval_str=True)

    @wraps(maker)
    def reduced(**given: Any) -> Options:
        return maker(**given)

    kept = [each for each in signature.parameters.values() if each.name not in names]
    reduced.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined] # inspect reads it
    return reduced


def the_project(context: typer.Context, path: Path | None) -> Path:
    """Return the folder that is named, by PATH or by --project. Raises typer.BadParameter if both name one."""
    if path and context.obj:
        raise typer.BadParameter("name the project once: with --project or as PATH")
    return path or context.obj or Path()
