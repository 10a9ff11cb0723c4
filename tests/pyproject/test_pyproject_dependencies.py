import pytest
from projects import added

HEAD = "[project]\nname='x'\nversion='1'\nrequires-python='>=3.8'\n"
TAIL = " # t\n[tool.uv]\npackage=false\n"


@pytest.mark.parametrize(
    ("old", "requirements", "new"),
    [
        ("[]", "a", '[\n    "a",\n]'),
        ("['b']", "a # c", "[\n    'b',\n    \"a\",  # c\n]"),
        ("[ 'b' , \"c;os_name=='#,]'\", ]", "a", "[\n    'b',\n    \"c;os_name=='#,]'\",\n    \"a\",\n]"),
        ("[\n  'b', # x\n  'c' # y\n]", "a", "[\n  'b', # x\n  'c', # y\n  \"a\",\n]"),
        ("[\n\t'b',\n\n\t# z\n\t]", "a", "[\n\t'b',\n\n\t# z\n\t\"a\",\n\t]"),
        ("['b',\n 'c']", "a", "['b',\n 'c',\n \"a\",\n]"),
        ("['b', # x\n]", "a", "['b', # x\n    \"a\",\n]"),
        ("[\n    # none\n]", "a", '[\n    # none\n    "a",\n]'),
        ("[\n]", "a", '[\n    "a",\n]'),
        ("[\"\"\"b\"\"\",\n'''c''']", "a", '["""b""",\n\'\'\'c\'\'\',\n"a",\n]'),
        ("['a']", "a", "['a']"),
        ("['a==1']", "# lost with its dependency\na", "['a==1']"),
        ("['A[x]>=2']", "a>=1", "['A[x]>=2']"),
        ("['a>=1']", "a==2", "[\n    'a>=1',\n    \"a==2\",\n]"),
        ("['a']", "a[x]", "[\n    'a',\n    \"a[x]\",\n]"),
        ("['a==1;os_name==\"nt\"']", "a==2", '[\n    \'a==1;os_name=="nt"\',\n    "a==2",\n]'),
        ("['a @ file:///a']", "a==2", "[\n    'a @ file:///a',\n    \"a==2\",\n]"),
        ("['b>1,<1', 'c']", "b", "['b>1,<1', 'c']"),
    ],
)
def test_dependencies_are_merged(old: str, requirements: str, new: str) -> None:
    text = f"{HEAD}dependencies = {old}{TAIL}"
    expected = f"{HEAD}dependencies = {new}{TAIL}"
    assert added(text, requirements) == expected
    assert added(text.replace("\n", "\r\n"), requirements) == expected.replace("\n", "\r\n")
