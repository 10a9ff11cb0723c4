"""The command line of campaigns: the options of `uvmigrate batch`."""

import sys
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from migrate.cli.choices import choices, of_images, with_options
from migrate.options import Options

if TYPE_CHECKING:
    from migrate.batch.campaign import Request

STOPPED = "stopped; the same command goes on with the rest"


class Retry(StrEnum):
    """Repositories to attempt again."""

    FAILED = "failed"
    BLOCKED = "blocked"


class Forge(StrEnum):
    """What serves the repositories, and so which program opens requests."""

    GITHUB = "github"
    GITLAB = "gitlab"


@with_options(options=choices, images=of_images)
def batch(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders, folders of repositories, git URLs, text or CSV files of those, or - for standard input."
        ),
    ] = None,
    *,
    campaign: Annotated[
        Path, typer.Option("--campaign", help="The campaign's folder: ledger, uvmigrate.toml, clones, reports.")
    ] = Path("uvmigrate-campaign"),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change no repository; the default.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Write; clones get a commit.")] = False,
    commit: Annotated[bool, typer.Option("--commit", help="Commit local folders too, on a new branch.")] = False,
    push: Annotated[bool, typer.Option("--push", help="Push the branch to the remote `origin`.")] = False,
    request: Annotated[bool, typer.Option("--pr", help="Open a pull or merge request with gh or glab.")] = False,
    branch: Annotated[str | None, typer.Option("--branch", help="The new branch; default: uvmigrate.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Open requests as drafts.")] = False,
    labels: Annotated[list[str] | None, typer.Option("--label", help="A label for requests; may be repeated.")] = None,
    reviewers: Annotated[list[str] | None, typer.Option("--reviewer", help="A reviewer; may be repeated.")] = None,
    forge: Annotated[Forge | None, typer.Option("--forge", help="Default: by the name of the host.")] = None,
    sleep: Annotated[float, typer.Option("--sleep", min=0, help="Seconds from one request to the next.")] = 0,
    force: Annotated[bool, typer.Option("--force", help="Write over uncommitted changes too.")] = False,
    compare: Annotated[
        bool,
        typer.Option("--compare", help="Build and measure the old image and the new one; a failed proof blocks."),
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="Repositories at once; default: one per core.")] = 0,
    cluster: Annotated[
        str,
        typer.Option("--cluster", metavar="ADDRESS|local", help="Work on a Dask cluster; needs uvmigrate[cluster]."),
    ] = "",
    only: Annotated[list[str] | None, typer.Option("--only", help="Only repositories named so, as `acme/*`.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="At most so many, new ones first.")] = None,
    retry: Annotated[list[Retry] | None, typer.Option("--retry", help="Only those that ended so.")] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Attempt again what has not changed.")] = False,
    options: Options,
    images: dict[str, object],
) -> None:
    """Preview or apply the migration of many repositories; may be stopped at any time, and goes on where it was."""
    if dry_run and (apply or commit or push or request):
        raise typer.BadParameter("say --dry-run, or what to do: --apply, --commit, --push, --pr")
    if context.obj:
        raise typer.BadParameter("name the repositories behind `batch`, not with --project")
    from migrate.batch.campaign import Request
    from migrate.batch.choices import Choices
    from migrate.batch.model import State

    said = {
        **{each.name: getattr(options, each.name) for each in fields(Options) if _is_said(options, each.name)},
        "force": force or None,
        "branch": branch,
        "draft": draft or None,
        "labels": tuple(labels) if labels else None,
        "reviewers": tuple(reviewers) if reviewers else None,
        "forge": forge.value if forge else None,
        "compare": compare or None,
        **images,
    }
    asked = Request(
        folder=campaign,
        sources=tuple(sources or ()),
        standard_input=_standard_input() if sources and "-" in sources else (),
        given=Choices(
            apply=apply or commit or push or request,
            commit=commit or push or request,
            push=push or request,
            request=request,
            sleep=sleep,
        ),
        on_command_line={name: value for name, value in said.items() if value is not None},
        jobs=jobs,
        only=tuple(only or ()),
        retry=frozenset(State(state) for state in retry or ()),
        limit=limit,
        refresh=refresh,
        cluster=cluster,
    )
    raise typer.Exit(_run(asked))


def _standard_input() -> tuple[str, ...]:
    if sys.stdin is None:
        return ()
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr] # as paths are read
    return tuple(sys.stdin)


def _is_said(options: Options, name: str) -> bool:
    return bool(getattr(options, name) != getattr(Options(), name))


def _run(asked: "Request") -> int:
    from migrate.batch import campaign
    from migrate.batch.progress import shown_on

    with shown_on(sys.stderr) as (announce, show):
        summary = campaign.run(asked, announce, show)
    sys.stdout.write("".join(f"{line}\n" for line in summary.table))
    sys.stdout.flush()
    if summary.is_stopped:
        return 130
    return 1 if summary.needs_a_person else 0
