"""Which build context a Dockerfile has is read from whoever builds it."""

import pytest
from conftest import RepoMaker

from migrate.builds import Build, builds
from migrate.compose import Argument, services

ROOT = {"Dockerfile": "", "docker/Dockerfile": "", "svc/Dockerfile": "", "svc/requirements.txt": ""}


def built(repo_of: RepoMaker, path: str, text: str) -> list[tuple[str, str, str | None]]:
    return [(each.dockerfile, each.context, each.target) for each in builds(repo_of(ROOT | {path: text}))]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("compose.yaml", "services:\n  web:\n    build: .\n", ("Dockerfile", "", None)),
        ("docker-compose.yml", "version: '3'\nservices:\n  web:\n    build: ./svc\n", ("svc/Dockerfile", "svc", None)),
        ("docker-compose.yml", "web:\n  build: svc/\n", ("svc/Dockerfile", "svc", None)),
        (
            "docker-compose.dev.yml",
            "services: {web: {build: {context: ., dockerfile: docker/Dockerfile, target: dev}}}",
            ("docker/Dockerfile", "", "dev"),
        ),
        ("docker/compose.yml", "services:\n  web:\n    build:\n      context: ..\n", ("Dockerfile", "", None)),
        (
            "docker/compose.yml",
            "services:\n  web:\n    build:\n      context: ..\n      dockerfile: docker/Dockerfile\n",
            ("docker/Dockerfile", "", None),
        ),
        ("compose.yml", "x-b: &b\n  context: svc\nservices:\n  web:\n    build: *b\n", ("svc/Dockerfile", "svc", None)),
        ("compose.yml", "services:\n  web:\n    build: ${FOLDER:-svc}\n", ("svc/Dockerfile", "svc", None)),
        ("docker-bake.hcl", 'target "app" {\n  context = "svc"\n}\n', ("svc/Dockerfile", "svc", None)),
        (
            "docker-bake.hcl",
            'target "app" {\n  args = { A = "b" }\n  dockerfile = "docker/Dockerfile"\n  target = "x"\n}\n',
            ("docker/Dockerfile", "", "x"),
        ),
        ("docker-bake.json", '{"target": {"app": {"context": "svc"}}}', ("svc/Dockerfile", "svc", None)),
        (
            ".github/workflows/ci.yml",
            (
                "jobs: {a: {steps: [1, {uses: docker/build-push-action@v6, "
                "with: {context: ., file: ./docker/Dockerfile, target: prod}}]}}"
            ),
            ("docker/Dockerfile", "", "prod"),
        ),
        (
            ".github/workflows/ci.yml",
            "jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {context: svc}}]}}",
            ("svc/Dockerfile", "svc", None),
        ),
        ("Makefile", "image:\n\tdocker build -t x -f docker/Dockerfile .\n", ("docker/Dockerfile", "", None)),
        ("Makefile", "image:\n\tdocker build \\\n\t  --file=svc/Dockerfile \\\n\t  .\n", ("svc/Dockerfile", "", None)),
        ("svc/build.sh", "docker buildx build --push --target=prod .\n", ("Dockerfile", "", "prod")),
        ("docker/build.sh", "podman build --no-cache -f Dockerfile ..  # all\n", ("docker/Dockerfile", "", None)),
        ("README.md", "Run `docker build -t me svc` first.\n", ("svc/Dockerfile", "svc", None)),
        (
            ".devcontainer/devcontainer.json",
            '{\n  // comment\n  "build": {"dockerfile": "../docker/Dockerfile", "context": "..",},\n}',
            ("docker/Dockerfile", "", None),
        ),
    ],
)
def test_builds_are_found(repo_of: RepoMaker, path: str, text: str, expected: tuple[str, str, str | None]) -> None:
    assert built(repo_of, path, text) == [expected]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("compose.yaml", "services: [\n"),
        ("compose.yaml", "services:\n  web: [1, 2]\n"),
        ("compose.yaml", "- web\n"),
        ("compose.yaml", "services:\n  web:\n    image: python\n"),
        ("compose.yaml", "services:\n  web:\n    build: https://git.example/x.git\n"),
        ("compose.yaml", "services:\n  web:\n    build: ${FOLDER}\n"),
        ("compose.yaml", "services:\n  web:\n    build: ../..\n"),
        ("compose.yaml", "services:\n  web:\n    build:\n      context: .\n      dockerfile_inline: FROM x\n"),
        ("compose.yaml", "services:\n  web:\n    build: missing\n"),
        ("docker-bake.hcl", 'target "app" {\n  context = "${BASE}"\n  dockerfile = "$x"\n}\n'),
        ("docker-bake.json", "[1"),
        (
            ".github/workflows/ci.yml",
            "jobs: {a: {steps: [{uses: docker/build-push-action@v6, with: {context: '${{ matrix.x }}'}}]}}",
        ),
        (".github/workflows/ci.yml", "build-push-action: [\n"),
        ("Makefile", "image:\n\tdocker build -t x $(FOLDER)\n"),
        ("Makefile", "image:\n\tdocker build -t x\n"),
        ("build.sh", "docker build 'x\n"),
        ("build.sh", "docker build . svc\n"),
        (".devcontainer/devcontainer.json", '{"image": "python"}'),
        (".devcontainer/devcontainer.json", "{{"),
        (".devcontainer/devcontainer.json", '{"build": {"dockerfile": "../../../Dockerfile"}}'),
    ],
)
def test_what_is_not_certain_is_no_build(repo_of: RepoMaker, path: str, text: str) -> None:
    assert built(repo_of, path, text) == []


def test_a_build_has_its_place_and_the_lines_of_its_arguments(repo_of: RepoMaker) -> None:
    text = (
        "services:\n  web:\n    build:\n      context: .\n      args:\n        REQUIREMENTS: dev.txt\n"
        "  b:\n    build:\n      args:\n        - A=1\n        - B\n"
    )
    first, second = builds(repo_of(ROOT | {"compose.yml": text}))
    assert first == Build("Dockerfile", "", "compose.yml", 3, None, {"REQUIREMENTS": Argument("dev.txt", 6)})
    assert second.args == {"A": Argument("1", 10), "B": Argument(None, 11)}


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "compose.yaml",
            "services: {a: {build: {context: ., args: {A: 3.11, B: '${X:-y}', C: '${X}'}}}}",
            ["3.11", "y", None],
        ),
        ("compose.yaml", "services: {a: {build: {context: ., args: ['A=1', 'B=', C]}}}", ["1", "", None]),
        (
            "docker-bake.hcl",
            'target "a" {\n  args = {\n    A = "3.11"\n    B = VALUE\n    C = "${X}"\n  }\n}\n',
            ["3.11", None, None],
        ),
        ("docker-bake.json", '{"target": {"a": {"args": {"A": "1", "B": null}}}}', ["1", None, None]),
        (
            ".github/workflows/ci.yml",
            (
                "jobs: {a: {steps: [{uses: docker/build-push-action@v6, "
                'with: {context: ., build-args: "A=1\\nB=${{ x }}"}}]}}'
            ),
            ["1", None, None],
        ),
        ("Makefile", "image:\n\tdocker build --build-arg A=1 --build-arg=B=2 --build-arg C .\n", ["1", "2", None]),
    ],
)
def test_build_arguments_have_their_value_if_it_is_certain(
    repo_of: RepoMaker, path: str, text: str, expected: list[str | None]
) -> None:
    (build,) = builds(repo_of(ROOT | {path: text}))
    assert [build.args[name].value if name in build.args else None for name in "ABC"] == expected


@pytest.mark.parametrize(
    ("volumes", "expected"),
    [
        ("- .:/app", [("/app", ".")]),
        ("- ./src:/app/:ro", [("/app", "./src")]),
        ("- data:/app:cached", [("/app", "data")]),
        ("- /app/.venv", [("/app/.venv", None)]),
        ("- {type: bind, source: ., target: /app/}", [("/app", ".")]),
        ("- {type: volume, target: /app/.venv}", [("/app/.venv", None)]),
        ("- {type: tmpfs}", []),
        ("- relative", []),
        ("- 5", []),
        ("- .:${PLACE:-/app}", [("/app", ".")]),
        ("- .:${PLACE}", []),
    ],
)
def test_mounts(repo_of: RepoMaker, volumes: str, expected: list[tuple[str, str | None]]) -> None:
    repo = repo_of({"compose.yml": f"services:\n  web:\n    volumes:\n      {volumes}\n"})
    (service,) = services(repo)
    assert [(mount.target, mount.source) for mount in service.mounts] == expected
    assert all(mount.line == 4 for mount in service.mounts)
