"""Options, repositories and URLs, generated, against pip itself."""

from hypothesis import given
from hypothesis import strategies as st
from packaging.utils import canonicalize_name
from pip._internal.req.constructors import install_req_from_editable, install_req_from_line
from pip._internal.req.req_file import get_line_parser
from pip_oracle import repo_in_memory

from migrate.requirements import Outcome, Requirements, read

HOSTS = st.sampled_from(
    ["https://pypi.example/simple", "http://pypi.example:8080/a/b", "https://u:p@other.example/simple/"]
)
SEPARATORS = st.sampled_from(["=", " ", "  "])
OPTIONS = st.one_of(
    st.tuples(st.sampled_from(["--index-url", "--extra-index-url"]), SEPARATORS, HOSTS),
    st.tuples(st.just("-i"), st.sampled_from([" ", ""]), HOSTS),
    st.tuples(
        st.sampled_from(["--find-links"]), SEPARATORS, st.sampled_from(["wheels", "./a/b", "https://pypi.example/f"])
    ),
    st.tuples(st.just("--trusted-host"), SEPARATORS, st.sampled_from(["pypi.example", "pypi.example:8080"])),
    st.tuples(st.sampled_from(["--no-binary", "--only-binary"]), SEPARATORS, st.sampled_from([":all:", "a", "a,b"])),
    st.sampled_from(["--pre", "--no-index", "--prefer-binary", "--require-hashes"]).map(lambda name: (name,)),
).map("".join)
NAMES = st.sampled_from(["a", "Zope.Interface", "flask_x"])
EXTRAS = st.sampled_from(["", "[x]", "[x,y]"])
REVISIONS = st.sampled_from(["", "@v1.0", "@main", "@feature/one", "@0123abc"])
FOLDERS = st.sampled_from(["", "&subdirectory=lib", "&subdirectory=a/b"])
REPOSITORIES = st.sampled_from(
    [
        "https://git.example/o/r.git",
        "ssh://git@git.example/o/r",
        "git://git.example/r",
        "ssh://git@git.example:22/o/r.git",
    ]
)
MARKERS = st.sampled_from(["", " ; python_version >= '3.8'"])


def read_text(text: str) -> Requirements:
    return read(repo_in_memory(requirements__txt=text), "requirements.txt")


@given(OPTIONS)
def test_option_means_what_pip_reads(line: str) -> None:
    result = read_text(line)
    _, told = get_line_parser(None)(line)
    assert [one.outcome for one in result.lines] in ([Outcome.CONVERTED], [Outcome.NOTED])
    urls = [(index.url, index.is_default) for index in result.indexes]
    expected = [(_clean(url), True) for url in [told.index_url] if url]
    assert urls == expected + [(_clean(url), False) for url in told.extra_index_urls or ()]
    assert all("@" not in index.url for index in result.indexes)
    values = {(setting.key, setting.value) for setting in result.settings}
    wanted: set[tuple[str, str | bool]] = {("find-links", place) for place in told.find_links or ()}
    wanted |= {("allow-insecure-host", host) for host in told.trusted_hosts or ()}
    wanted |= {("prerelease", "allow")} if told.pre else set()
    wanted |= {("no-index", True)} if told.no_index else set()
    if told.format_control:
        for key, names in (("no-binary", told.format_control.no_binary), ("no-build", told.format_control.only_binary)):
            wanted |= {(key, True) if name == ":all:" else (f"{key}-package", name) for name in names}
    assert values == wanted


def _clean(url: str) -> str:
    return url.replace("u:p@", "").rstrip("/")


@given(st.lists(OPTIONS, max_size=5))
def test_every_option_is_accounted_for(lines: list[str]) -> None:
    result = read_text("\n".join(lines))
    assert [one.text for one in result.lines] == [line.strip() for line in lines]
    assert all((one.result is None) == (one.outcome is Outcome.BLOCKED) for one in result.lines)
    assert "u:p" not in repr(result.indexes)


@given(NAMES, REPOSITORIES, REVISIONS, FOLDERS, st.sampled_from(["", "-e "]))
def test_repository_is_the_one_that_pip_clones(
    name: str, repository: str, revision: str, folder: str, start: str
) -> None:
    url = f"git+{repository}{revision}#egg={name}{folder}"
    result = read_text(start + url)
    (one,) = result.requirements
    installed = install_req_from_editable(url) if start else install_req_from_line(url)
    assert installed.link
    assert installed.req
    assert one.source
    keys = dict(one.source.keys)
    rev = f"@{keys['rev']}" if "rev" in keys else ""
    assert f"git+{keys['git']}{rev}" == installed.link.url_without_fragment
    assert keys.get("subdirectory") == installed.link.subdirectory_fragment
    assert canonicalize_name(installed.req.name) == one.package


@given(NAMES, EXTRAS, REPOSITORIES, REVISIONS, MARKERS)
def test_named_repository_is_the_one_that_pip_clones(
    name: str, extras: str, repository: str, revision: str, marker: str
) -> None:
    line = f"{name}{extras} @ git+{repository}{revision}{marker}"
    (one,) = read_text(line).requirements
    installed = install_req_from_line(line)
    assert installed.link
    assert one.source
    keys = dict(one.source.keys)
    assert f"git+{keys['git']}" + (f"@{keys['rev']}" if "rev" in keys else "") == installed.link.url_without_fragment
    assert str(installed.markers or "") == str(one.spec.marker or "")


@given(NAMES, EXTRAS, st.sampled_from(["https://pypi.example/f-1.tar.gz", "http://pypi.example/a%20b.zip"]), MARKERS)
def test_file_is_the_one_that_pip_downloads(name: str, extras: str, url: str, marker: str) -> None:
    line = f"{name}{extras} @ {url}{marker}"
    (one,) = read_text(line).requirements
    installed = install_req_from_line(line)
    assert installed.link
    assert one.source
    assert dict(one.source.keys) == {"url": installed.link.url}
