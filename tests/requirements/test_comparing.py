import pytest
from packaging.requirements import Requirement

from migrate.requirements import contradict, implies


@pytest.mark.parametrize(
    ("present", "wanted"),
    [
        ("a", "A"),
        ("a==1", "a"),
        ("a==1.5", "a>=1,<2"),
        ("a>=2", "a>=1"),
        ("a[x,Y]>=1", "a[y]"),
        ("a>=1", "a>=1 ; os_name == 'nt'"),
        ("a>=2 ; os_name == 'nt'", 'a>=1 ; os_name == "nt"'),
        ("a==1.0", "a==1"),
        ("a>=1rc1", "a>=1rc1"),
        ("a===2", "a>1"),
        ("a @ https://files.example/a.zip", "a @ https://files.example/a.zip"),
    ],
)
def test_present_dependency_implies_wanted_one(present: str, wanted: str) -> None:
    assert implies(Requirement(present), Requirement(wanted))


@pytest.mark.parametrize(
    ("present", "wanted"),
    [
        ("a", "b"),
        ("a", "a==1"),
        ("a>=1", "a>=2"),
        ("a>=1,<3", "a>=1,<2"),
        ("a", "a[x]"),
        ("a ; os_name == 'nt'", "a"),
        ("a ; os_name == 'nt'", "a ; os_name != 'nt'"),
        ("a>=2", "a>=1rc1"),
        ("a==2", "a===2"),
        ("a @ https://files.example/a.zip", "a"),
        ("a", "a @ https://files.example/a.zip"),
    ],
)
def test_present_dependency_does_not_imply_another(present: str, wanted: str) -> None:
    assert not implies(Requirement(present), Requirement(wanted))


@pytest.mark.parametrize(
    ("first", "second"), [("a==1", "A==2"), ("a[x]>=2", "a<2"), ("a==1;os_name=='nt'", "a>1;os_name=='nt'")]
)
def test_contradiction(first: str, second: str) -> None:
    assert contradict(Requirement(first), Requirement(second))
    assert contradict(Requirement(second), Requirement(first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a==1", "b==2"),
        ("a==1", "a"),
        ("a>1,<1", "a"),
        ("a", "a>1,<1"),
        ("a==1", "a==1.0"),
        ("a==1.*", "a==1.5"),
        ("a==1;os_name=='nt'", "a==2"),
        ("a==1;os_name=='nt'", "a==2;os_name!='nt'"),
        ("a @ https://files.example/a.zip", "a==2"),
    ],
)
def test_no_contradiction(first: str, second: str) -> None:
    assert not contradict(Requirement(first), Requirement(second))
    assert not contradict(Requirement(second), Requirement(first))
