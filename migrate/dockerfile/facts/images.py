"""Image references: which image a stage starts from, and which Python that image brings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from migrate.python_version import Version

PYTHON = "/usr/local/bin/python3"  # of the official image
# Docker's spellings of one repository, and mirrors: Amazon's, Google's, and GitLab's dependency proxy.
_OFFICIAL = re.compile(
    r"(?:(?:(?:(?:index|registry-1)\.)?docker\.io|registry\.hub\.docker\.com)/(?:library/)?|library/"
    r"|public\.ecr\.aws/docker/library/|mirror\.gcr\.io/library/"
    r"|[\w.:/-]+/dependency_proxy/containers/(?:library/)?)?(?P<name>[\w.-]+)",
    re.ASCII,
)
_REFERENCE = re.compile(
    r"(?P<name>[^\s@]+?)(?::(?P<tag>\w[\w.-]{0,127}))?(?:@(?P<digest>[a-z0-9]+:[0-9a-fA-F]+))?", re.ASCII
)
_ENDED = re.compile(r"(?:^|-)(wheezy|jessie|stretch|buster|alpine3\.(?:\d|1[0-7]))$")
_VERSION = re.compile(r"(?P<major>\d+)\.(?P<minor>\d+)(?=$|[.\-]|rc|a\d|b\d)", re.ASCII)
_PYTHON_IN_TAG = re.compile(r"(?:^|[-_])(?:python|py)-?(?P<major>3)\.(?P<minor>\d+)(?=$|[.\-_])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Image:
    """A reference in the form `name[:tag][@digest]`, as the distribution specification has it."""

    name: str
    tag: str | None = None
    digest: str | None = None

    @classmethod
    def parse(cls, reference: str) -> "Image | None":
        """Return the parts of a reference, or None if it is not one."""
        match = _REFERENCE.fullmatch(reference)
        return cls(match["name"], match["tag"], match["digest"]) if match else None

    def __str__(self) -> str:
        tag, digest = f":{self.tag}" if self.tag else "", f"@{self.digest}" if self.digest else ""
        return f"{self.name}{tag}{digest}"

    @property
    def official(self) -> str | None:
        """What Docker calls it if it is one of its official images, also where a mirror has it."""
        match = _OFFICIAL.fullmatch(self.name)
        return match["name"] if match else None

    @property
    def is_official_python(self) -> bool:
        """Whether this is the official python image, whatever its tag."""
        return self.official == "python"

    @property
    def python(self) -> Version | None:
        """The major and minor version that the tag of an official python image promises; None if it promises none."""
        match = _VERSION.match(self.tag or "")
        return Version(int(match["major"]), int(match["minor"])) if match and self.is_official_python else None

    @property
    def ended(self) -> str | None:
        """The distribution that a tag without a version of Python names, if no official image is made for it any more.

        Such a tag stays at the Python that was the newest when it ended; it tells not which.
        """
        match = _ENDED.search(self.tag or "")
        return match[1] if match and self.is_official_python and self.python is None else None

    @property
    def own(self) -> "OwnPython | None":
        """What the image brings, if what starts in it is installed for its own Python."""
        return next((own for pattern, own in _OWN if pattern.fullmatch(self.name)), None)

    @property
    def is_alpine(self) -> bool:
        """Whether it is Alpine, or the tag names an Alpine variant: apk and musl instead of apt and glibc."""
        return "alpine" in (self.tag or "") or self.name.rpartition("/")[2] == "alpine"


@dataclass(frozen=True, slots=True)
class OwnPython:
    """The Python of an image that starts what it brings itself, so that packages have to join what is there.

    `prefix` is where it is installed, `target` a folder that it finds packages in before all others. `workdir` and
    `variables` hold at the beginning of a stage.
    """

    prefix: str
    workdir: str
    target: str | None = None
    variables: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


# By what those who make these images write about them.
_OWN = (
    (
        re.compile(r"public\.ecr\.aws/lambda/python|(?:docker\.io/)?amazon/aws-lambda-python"),
        OwnPython("/var/lang", "/var/task", "/var/task", MappingProxyType({"LAMBDA_TASK_ROOT": "/var/task"})),
    ),
    (
        re.compile(
            r"(?:docker\.io/)?tiangolo/(?:uvicorn-gunicorn(?:-fastapi|-starlette)?|meinheld-gunicorn(?:-flask)?)"
        ),
        OwnPython("/usr/local", "/app"),
    ),
)


def promised_python(image: Image) -> Version | None:
    """Return the Python version that an image promises: the official one, another one named python, or in its tag.

    Images named python on other registries use the tags of the official one; "python3.11" in a tag is the habit of
    images that add something to it.
    """
    tag = image.tag or ""
    is_python = image.name.rpartition("/")[2] in {"python", "aws-lambda-python"}
    match = _VERSION.match(tag) if is_python else _PYTHON_IN_TAG.search(tag)
    return Version(int(match["major"]), int(match["minor"])) if match else None
