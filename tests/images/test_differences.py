"""The comparison of images must be able to fail: each difference that matters is found, each explained one is not."""

from dataclasses import replace

import pytest

from migrate.images import differences
from migrate.images.differences import Context
from migrate.images.model import File, Listing

ENVIRONMENT = "/app/.venv"
CODE = File("-", 0o644, 0, 0, "1")
FOLDER = File("d", 0o755, 0, 0, "")
BEFORE = Listing({"/app": FOLDER, "/app/app.py": CODE})


def listing(**changes: File | None) -> Listing:
    """BEFORE with files added, replaced or (None) removed."""
    files = {**BEFORE.files, **changes}
    return Listing({path: file for path, file in files.items() if file is not None})


def test_spelling_of_names_and_pip_itself_do_not_count() -> None:
    assert differences.in_packages({"Flask_Login": "1", "pip": "23", "wheel": "1"}, {"flask-login": "1"}, set()) == []


@pytest.mark.parametrize("after", [{}, {"flask": "2"}, {"flask": "1", "click": "8"}])
def test_another_package_is_found(after: dict[str, str]) -> None:
    assert len(differences.in_packages({"flask": "1"}, after, set())) == 1


def test_a_pinned_installer_counts() -> None:
    assert differences.in_packages({"setuptools": "75"}, {}, {"setuptools"}) == ["setuptools: 75 became None"]


@pytest.mark.parametrize(
    "path", ["/bin/uv", "/usr/local/bin/uvx", "/usr/bin/gcc", "/root/.cache/uv", "/home/app/.cache/pip/http/1"]
)
def test_a_leftover_is_found_unless_the_base_image_has_it(path: str) -> None:
    image = listing(**{path: CODE})
    assert differences.in_leftovers(image, BEFORE) == [path]
    assert differences.in_leftovers(image, image) == []


def test_code_is_no_leftover() -> None:
    assert differences.in_leftovers(listing(**{"/app/uv": FOLDER, "/app/make.py": CODE}), BEFORE) == []


def test_explained_files_agree() -> None:
    before = Listing(
        {
            **BEFORE.files,
            "/app/requirements.txt": CODE,
            "/usr/local/flask": FOLDER,
            "/usr/local/flask/app.py": CODE,
            "/usr/bin/gcc-12": CODE,
            "/usr/bin/cc": File("l", 0o777, 0, 0, "/etc/alternatives/cc"),
            "/share": File("l", 0o777, 0, 0, "usr/share"),
            "/usr/share/gcc": FOLDER,
            "/usr/share/gcc/notes": CODE,
            "/etc/gcc/enabled": FOLDER,
            "/etc/gcc/enabled/notes": File("l", 0o777, 0, 0, "../../../usr/share/gcc/notes"),
            "/etc/gcc/enabled/others": File("l", 0o777, 0, 0, "/share/gcc/notes"),
            "/var/lib/dpkg/status": CODE,
            "/var/lib/systemd/deb-systemd-helper-enabled": FOLDER,
            "/root/.cache": FOLDER,
            "/root/.cache/pip": FOLDER,
            "/root/.cache/pip/selfcheck": CODE,
        },
        frozenset({"/usr/local/flask/app.py"}),
        {"/usr/bin/gcc-12": "gcc-12", "/usr/share/gcc": "gcc-12", "/usr/share/gcc/notes": "gcc-12"},
    )
    after = listing(
        **{"/app/.venv": FOLDER, "/app/.venv/pyvenv.cfg": CODE, "/app/uv.lock": CODE, "/share": before.files["/share"]}
    )
    migrated = {"/app/requirements.txt", "/app/uv.lock"}
    assert differences.in_files(before, after, Context(ENVIRONMENT, migrated))[0] == []


@pytest.mark.parametrize(
    ("path", "file"),
    [
        pytest.param("/app/app.py", None, id="file gone"),
        pytest.param("/app/app.py", replace(CODE, content="2"), id="other content"),
        pytest.param("/app/app.py", replace(CODE, mode=0o755), id="other permissions"),
        pytest.param("/app/app.py", replace(CODE, user=1000), id="other owner"),
        pytest.param("/app", replace(FOLDER, group=1000), id="other owner of a folder that holds the environment"),
        pytest.param("/app/.venv-old", CODE, id="new file beside the environment"),
        pytest.param("/var/lib/orders", FOLDER, id="new folder"),
        pytest.param("/root/.cache/other", CODE, id="another program's cache"),
    ],
)
def test_another_file_is_found(path: str, file: File | None) -> None:
    ((found,), _) = differences.in_files(BEFORE, listing(**{path: file}), Context(ENVIRONMENT))
    assert found.startswith(f"{path}: ")


def test_a_lost_link_to_a_file_that_stays_is_found() -> None:
    before = listing(**{"/srv/link": File("l", 0o777, 0, 0, "../app/app.py")})
    assert differences.in_files(before, BEFORE, Context(ENVIRONMENT))[0] == ["/srv/link: is gone"]


def test_a_lost_file_of_a_package_that_stays_is_found() -> None:
    before = Listing({"/usr/lib/libpq.so.5": CODE, "/usr/lib/libpq5": CODE}, debian={"/usr/lib/libpq.so.5": "libpq5"})
    after = Listing({"/usr/lib/libpq5": CODE}, debian={"/usr/lib/libpq.so.5": "libpq5"})
    assert differences.in_files(before, after, Context(ENVIRONMENT))[0] == ["/usr/lib/libpq.so.5: is gone"]


def test_what_each_base_image_brings_is_explained() -> None:
    old, new = Listing({"/etc/old": CODE}), Listing({"/etc/old": replace(CODE, content="2"), "/etc/new": CODE})
    before, after = Listing({**BEFORE.files, **old.files}), Listing({**BEFORE.files, **new.files})
    found, explained = differences.in_files(before, after, Context(ENVIRONMENT, (), (), old, new))
    assert (found, explained) == ([], ["the other base image: 2 files"])
    assert len(differences.in_files(before, after, Context(ENVIRONMENT))[0]) == 2


@pytest.mark.parametrize(
    ("file", "is_explained"),
    [
        pytest.param(replace(CODE, content="2"), True, id="what the migration wrote"),
        pytest.param(replace(CODE, content="3"), False, id="something else"),
        pytest.param(replace(CODE, content="2", mode=0o755), False, id="other permissions too"),
    ],
)
def test_a_file_of_the_migration_is_known_by_its_content_wherever_it_was_copied(
    file: File, *, is_explained: bool
) -> None:
    context = Context(ENVIRONMENT, contents={("1", "2"), ("", "3")})
    found, _ = differences.in_files(BEFORE, listing(**{"/app/app.py": file}), context)
    assert (found == []) is is_explained


def test_a_requirements_file_may_be_gone_under_another_name() -> None:
    before = listing(**{"/srv/packages": replace(CODE, content="6"), "/srv/other": replace(CODE, content="7")})
    context = Context(ENVIRONMENT, contents={("6", "")})
    assert differences.in_files(before, BEFORE, context)[0] == ["/srv/other: is gone"]


def test_uv_may_be_gone_but_nothing_of_its_name_may_change() -> None:
    own = {"/bin/uv": CODE, "/usr/local/bin/uvx": CODE, "/tmp/uv-3f9a.lock": CODE}  # noqa: S108 - paths in an image
    assert differences.in_files(listing(**own), BEFORE, Context(ENVIRONMENT))[0] == []
    changed = listing(**{"/bin/uv": replace(CODE, content="2")})
    assert differences.in_files(listing(**own), changed, Context(ENVIRONMENT))[0] == ["/bin/uv: other content"]
    assert differences.in_files(listing(**{"/app/uv": CODE}), BEFORE, Context(ENVIRONMENT))[0] == ["/app/uv: is gone"]


def test_what_differs_in_every_build_is_explained() -> None:
    after = listing(**{"/app/app.py": replace(CODE, content="2")})
    assert differences.in_files(BEFORE, after, Context(ENVIRONMENT, varies={"/app/app.py"}))[0] == []


@pytest.mark.parametrize("path", ["/usr/bin/gcc", "/bin/uv", "/root/.local/bin/uvx", "/root/.cache/uv/archive"])
def test_what_a_layer_hides_is_found(path: str) -> None:
    assert differences.is_left_behind(path)


@pytest.mark.parametrize("path", ["/app/uv", "/app/make", "/usr/bin/python3", "/srv/cc/gcc.txt"])
def test_other_files_of_a_layer_are_not(path: str) -> None:
    assert not differences.is_left_behind(path)


def test_what_a_build_had_left_beside_the_sources_may_go() -> None:
    left = ("build", "build/lib", "build/lib/shop.py", "build/bdist.linux-x86_64", "shop.egg-info/SOURCES.txt")
    before = listing(**{f"/app/{path}": CODE for path in left})
    assert differences.in_files(before, BEFORE, Context(ENVIRONMENT))[0] == []


@pytest.mark.parametrize(
    "path", ["/app/build/site/index.html", "/srv/build/lib/shop.py", "/app/build.cfg", "/app/src/build"]
)
def test_what_no_build_had_left_is_missed(path: str) -> None:
    before = listing(**{"/app/shop.egg-info/SOURCES.txt": CODE, path: CODE})
    assert differences.in_files(before, BEFORE, Context(ENVIRONMENT))[0] == [f"{path}: is gone"]


def test_a_folder_of_the_name_without_a_build_is_missed() -> None:
    before = listing(**{"/app/build/lib/shop.py": CODE})
    assert differences.in_files(before, BEFORE, Context(ENVIRONMENT))[0] == ["/app/build/lib/shop.py: is gone"]


INSTALLED = f"{ENVIRONMENT}/lib/python3.12/site-packages/flask_login-0.6.3.dist-info"


def test_a_wheel_of_what_the_environment_has_may_go() -> None:
    before = listing(**{"/wheels": FOLDER, "/wheels/Flask_Login-0.6.3-py3-none-any.whl": CODE})
    after = listing(**{INSTALLED: FOLDER})
    assert differences.in_files(before, after, Context(ENVIRONMENT)) == (
        [],
        ["the virtual environment: 1 file", "wheels of what the environment has: 1 file"],
    )


@pytest.mark.parametrize(
    ("wheel", "installed"),
    [
        ("Flask_Login-0.6.2-py3-none-any.whl", INSTALLED),
        ("flask-0.6.3-py3-none-any.whl", INSTALLED),
        ("flask_login-0.6.3.whl", INSTALLED),
        ("flask_login-0.6.3.tar.gz", INSTALLED),
        ("flask_login-0.6.3-py3-none-any.whl", "/usr/local/lib/python3.12/site-packages/flask_login-0.6.3.dist-info"),
    ],
)
def test_a_wheel_of_anything_else_is_missed(wheel: str, installed: str) -> None:
    before = listing(**{f"/wheels/{wheel}": CODE, installed: FOLDER})
    after = listing(**{installed: FOLDER})
    assert differences.in_files(before, after, Context(ENVIRONMENT))[0] == [f"/wheels/{wheel}: is gone"]


STDLIB = "/usr/local/lib/python3.12"


def test_bytecode_of_the_standard_library_is_told() -> None:
    before = Listing({}, bytecode={STDLIB: 2_000_000, f"{STDLIB}/json": 50_000})
    after = Listing({}, bytecode={STDLIB: 900_000, f"{STDLIB}/asyncio": 600_000, ENVIRONMENT: 9_000_000})
    base = Listing({}, bytecode={STDLIB: 50_000})
    told = differences.bytecode(before, after, Context(ENVIRONMENT, old_base=base, new_base=base))
    assert told == ["bytecode of the standard library: 2.0 MB became 1.4 MB"]


@pytest.mark.parametrize("folder", [f"{STDLIB}/site-packages/flask", "/usr/lib/python3/dist-packages/six", ENVIRONMENT])
def test_other_bytecode_is_not_told(folder: str) -> None:
    after = Listing({}, bytecode={folder: 5_000})
    assert differences.bytecode(after, after, Context(ENVIRONMENT)) == []


def test_an_environment_that_was_there_may_have_had_more() -> None:
    before = listing(**{f"{ENVIRONMENT}/{name}": CODE for name in ("pyvenv.cfg", "bin/Activate.ps1")})
    after = listing(**{f"{ENVIRONMENT}/pyvenv.cfg": CODE})
    assert differences.in_files(before, after, Context(ENVIRONMENT))[0] == []


def test_a_file_where_the_environment_is_now_is_missed() -> None:
    before = listing(**{f"{ENVIRONMENT}/data": CODE})
    after = listing(**{f"{ENVIRONMENT}/pyvenv.cfg": CODE})
    assert differences.in_files(before, after, Context(ENVIRONMENT))[0] == [f"{ENVIRONMENT}/data: is gone"]
