import pytest

from migrate.dockerfile.facts.pip import Folder, Install, is_idle, pip_arguments, read_install
from migrate.dockerfile.facts.pip_options import UnclearPip, option_of_setting


@pytest.mark.parametrize(
    "command",
    [
        "pip install x",
        "pip3 install x",
        "pip3.11 install x",
        "/usr/local/bin/pip install x",
        "python -m pip install x",
        "python3.12 -u -m pip install x",
        "/usr/local/bin/python3 -mpip install x",
        "/opt/venv/bin/pip install x",
    ],
)
def test_spellings_of_pip(command: str) -> None:
    assert pip_arguments(command.split()) == ("install", "x")


@pytest.mark.parametrize(
    "command",
    ["pipx install x", "pip-compile", "python -m pipenv", "python app.py pip", "/opt/pip install x", ""],
)
def test_other_commands_are_not_pip(command: str) -> None:
    assert pip_arguments(command.split()) is None


@pytest.mark.parametrize(
    ("arguments", "install"),
    [
        ("install -r requirements.txt", Install(("requirements.txt",), ())),
        ("install -rrequirements.txt", Install(("requirements.txt",), ())),
        ("install --requirement=a.txt -r b.txt", Install(("a.txt", "b.txt"), ())),
        ("--no-cache-dir install -U --timeout 60 --default-timeout=100 -r a.txt", Install(("a.txt",), ())),
        ("install -ihttps://a.example x", Install((), ("x",), ("--index-url https://a.example",))),
        (
            "install -c a.txt --constraint=b.txt -cc.txt -r d.txt",
            Install(("d.txt",), (), constraints=("a.txt", "b.txt", "c.txt")),
        ),
        ("install .[fast,pg]", Install((), (), folders=(Folder(".", ("fast", "pg")),))),
        (
            "install --no-deps -e ./shop/ ..",
            Install((), (), folders=(Folder("./shop/", (), True), Folder("..")), is_exact=True),
        ),
        ("install -e git+https://git.example/shop#egg=shop", Install((), ("git+https://git.example/shop#egg=shop",))),
        ("install --no-binary=:all: --pre x", Install((), ("x",), ("--no-binary :all:", "--pre"))),
        ("install --upgrade pip setuptools>=60 wheel", Install((), ("pip", "setuptools>=60", "wheel"))),
    ],
)
def test_what_install_is_told(arguments: str, install: Install) -> None:
    assert read_install(arguments.split()) == install


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("install flask==1.${MINOR}", "pip with a variable in its arguments"),
        ("install -i", "-i without a value"),
        ("install -e shop", "the option --editable"),
        ("install --no-deps . flask", "the option --no-deps"),
        ("install -t /deps -r a.txt", "the option -t"),
        ("install --no-deps -r a.txt flask", "the option --no-deps"),
        ("install -r", "-r without a value"),
        ("uninstall -y flask", "`pip uninstall`"),
        ("", "pip without a command"),
    ],
)
def test_what_matters_is_refused(arguments: str, reason: str) -> None:
    with pytest.raises(UnclearPip) as caught:
        read_install(arguments.split())
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("arguments", "packages"),
    [
        ("pip", ()),
        ("pip==24.0 setuptools WHEEL pip-tools", ()),
        ("pip setuptools>=70", ("setuptools>=70",)),
        ("pip flask", ("flask",)),
        ("pipdeptree ./pip", ("pipdeptree", "./pip")),
    ],
)
def test_packages_are_what_a_virtual_environment_of_uv_needs(arguments: str, packages: tuple[str, ...]) -> None:
    assert Install((), tuple(arguments.split())).packages == packages


@pytest.mark.parametrize(
    "arguments",
    ["check", "list --outdated", "--version", "-V", "cache purge", "config set global.timeout 60", "show flask"],
)
def test_commands_without_a_say_in_what_is_installed(arguments: str) -> None:
    assert is_idle(arguments.split())


@pytest.mark.parametrize(
    "arguments",
    [
        "install flask",
        "install check",
        "uninstall -y flask",
        "download flask",
        "wheel .",
        "config set global.target /deps",
        "config set",
        "config set global.timeout",
        "-q",
        "",
    ],
)
def test_commands_that_matter_are_not_idle(arguments: str) -> None:
    assert not is_idle(arguments.split())


@pytest.mark.parametrize(
    ("name", "value", "options"),
    [
        ("INDEX_URL", "https://a.example", ("--index-url https://a.example",)),
        (
            "extra-index-url",
            "https://a.example\nhttps://b.example",
            ("--extra-index-url https://a.example", "--extra-index-url https://b.example"),
        ),
        ("PRE", "1", ("--pre",)),
        ("PRE", "0", ()),
        ("USER", "1", ()),
        ("TOKEN", "swordfish", ()),
        ("TARGET", "/deps", None),
        ("no_deps", "true", None),
    ],
)
def test_settings_stand_for_options(name: str, value: str, options: tuple[str, ...] | None) -> None:
    assert option_of_setting(name, value) == options


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("python -m ensurepip --upgrade", "install pip"),
        ("python get-pip.py pip==20.0", "install pip"),
        ("curl -sSL https://a.example/get-pip.py -o /tmp/get-pip.py", "install pip"),
        ("wget https://a.example/get-pip.py", "install pip"),
        ("rm -f get-pip.py", "install pip"),
        ("python setup.py install", "install ."),
        ("python3 setup.py develop", "install -e ."),
        ("pip-sync", "install -r requirements.txt"),
        ("pip-sync -q a.txt b.txt --pip-args --no-cache-dir", "install -q -r a.txt -r b.txt"),
    ],
)
def test_what_brings_pip_or_stands_for_it(command: str, arguments: str) -> None:
    assert pip_arguments(command.split()) == tuple(arguments.split())


@pytest.mark.parametrize(
    "command",
    [
        "curl https://a.example/get-pip.py https://a.example/tool.sh",
        "rm get-pip.py app.py",
        "python app.py get-pip.py",
        "python setup.py build_ext --inplace",
        "curl https://a.example/x",
        "rm",
    ],
)
def test_what_does_more_than_to_bring_pip(command: str) -> None:
    assert pip_arguments(command.split()) is None


def test_no_deps_of_files_is_exact() -> None:
    assert read_install(("install", "--no-deps", "-r", "a.txt")).is_exact
    assert not read_install(("install", "--no-deps", ".")).chooses_versions
    assert read_install(("install", "--no-deps", "-r", "a.txt")).chooses_versions
    assert not read_install(("install", "-r", "a.txt")).is_exact
