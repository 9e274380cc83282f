"""What becomes of old addresses: where each leads now, and what is wrong with how that is declared.

An article says its own old addresses (`aliases`); archive.yaml says which pages and folders have
moved (`moved`) and which pages were withdrawn. A folder's old addresses are not remembered but
follow from the pages below its new one, so that the same sources give the same site. What is
declared of a page goes before what is declared of a folder, and of a folder in a folder before that
of the outer one. A move to an address that has moved itself leads on to where that leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import PurePosixPath

from bulletin_site.content.archive import ARCHIVE_FILE
from bulletin_site.content.model import Archive, Withdrawal
from bulletin_site.content.source import FOLDER
from bulletin_site.pages import urls
from bulletin_site.pages.register import registered, reserved
from bulletin_site.pages.site import Site
from bulletin_site.problems import Problem, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """That `old` leads to `new`, as a line of a file says; both pages, or both folders."""

    old: str
    new: str
    path: str
    old_line: int
    new_line: int

    @property
    def is_folder(self) -> bool:
        return self.old.endswith("/")

    @property
    def is_of_archive(self) -> bool:
        """Does archive.yaml say so? Else an article does."""
        return self.path == ARCHIVE_FILE

    def leads_to(self, other: _Rule) -> bool:
        """May what this rule leads to be an old address of the other?"""
        if self.is_folder and other.is_folder:
            return self.new.startswith(other.old) or other.old.startswith(self.new)
        if self.is_folder:
            return other.old.startswith(self.new)
        return self.new == other.old or (other.is_folder and self.new.startswith(other.old))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moves:
    """The rules followed to their ends. `found`: old address → where it leads; `circles`: rules
    that lead back to themselves; `unknown`: those whose new address does not exist, without those
    that only lead on to such a one."""

    found: Mapping[str, str]
    circles: tuple[tuple[_Rule, ...], ...]
    unknown: tuple[_Rule, ...]


def redirects(site: Site) -> dict[str, str]:
    """Old address → the page to which it leads, sorted."""
    rules = _rules(site.archive)
    found = (
        _followed(rules, registered(site).keys() | withdrawn_addresses(site)).found if rules else {}
    )
    return dict(sorted(found.items()))


def withdrawn_addresses(site: Site) -> set[str]:
    """The addresses of withdrawn pages."""
    return {one.address for one in site.archive.withdrawn}


def all_pages(site: Site) -> set[str]:
    """The addresses of all HTML pages."""
    return registered(site).keys() | withdrawn_addresses(site) | redirects(site).keys()


def address_problems(site: Site, unread: tuple[str, ...] = ()) -> Iterator[Problem]:
    """What is declared of addresses that cannot be: an old one at which a page stands or that is
    declared twice, a new one that does not exist, and moves in a circle. Of pages in `unread`
    folders nothing is known."""
    rules = _rules(site.archive)
    standing = registered(site).keys()
    yield from _taken_problems(site, rules, standing)
    known = standing | withdrawn_addresses(site)
    moves = _followed(rules, known)
    for circle in moves.circles:
        yield _circle_problem(circle)
    for rule in moves.unknown:
        if rule.new.startswith(unread):
            continue
        yield _unknown_problem(rule, known | moves.found.keys())


def _rules(archive: Archive) -> list[_Rule]:
    rules = [
        _Rule(
            old=alias,
            new=urls.article(article.id),
            path=article.path,
            old_line=article.lines.get("aliases", 0),
            new_line=0,
        )
        for article in archive.articles
        for alias in article.aliases
    ]
    rules += (
        _Rule(
            old=move.old,
            new=move.new,
            path=ARCHIVE_FILE,
            old_line=move.old_line,
            new_line=move.new_line,
        )
        for move in archive.moved
    )
    return rules


def _followed(rules: Sequence[_Rule], standing: Set[str]) -> _Moves:
    """Follow every rule, those first to which others lead."""
    further = {
        # An article stands where it stands; only what archive.yaml says can lead further.
        rule: [other for other in rules if rule.leads_to(other)] if rule.is_of_archive else []
        for rule in rules
    }
    circles = _circles(further)
    broken = {rule for circle in circles for rule in circle}
    open_ways = {
        rule: [other for other in others if other not in broken]
        for rule, others in further.items()
        if rule not in broken
    }
    found: dict[str, str] = {}
    owners: dict[str, _Rule] = {}
    unknown: list[_Rule] = []
    for rule in TopologicalSorter(open_ways).static_order():
        targets = _targets(rule, standing, found)
        if not targets:
            if broken.isdisjoint(further[rule]):
                unknown.append(rule)
            broken.add(rule)
        for target in targets:
            old = rule.old + target[len(rule.new) :]
            owner = owners.get(old)
            if old not in standing and (not owner or len(owner.old) < len(rule.old)):
                owners[old] = rule
                found[old] = found.get(target, target)
    return _Moves(found=found, circles=circles, unknown=tuple(unknown))


def _targets(rule: _Rule, standing: Set[str], found: Mapping[str, str]) -> list[str]:
    """The pages to which a rule leads, or that lead on from there."""
    if not rule.is_folder:
        return [rule.new] if rule.new in standing or rule.new in found else []
    return [address for address in (*standing, *found) if address.startswith(rule.new)]


def _circles(further: Mapping[_Rule, Sequence[_Rule]]) -> tuple[tuple[_Rule, ...], ...]:
    """Of each rule that leads back to itself the shortest way, a way only once."""
    circles: list[tuple[_Rule, ...]] = []
    for rule in further:
        if not any(rule in circle for circle in circles):
            way = _way_back(rule, further)
            circles += [way] if way else []
    return tuple(circles)


def _way_back(start: _Rule, further: Mapping[_Rule, Sequence[_Rule]]) -> tuple[_Rule, ...]:
    """The shortest way from a rule to itself; empty: there is none."""
    ways: list[tuple[_Rule, ...]] = [(start,)]
    seen: set[_Rule] = set()
    for way in ways:
        for other in further[way[-1]]:
            if other == start:
                return way
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _taken_problems(
    site: Site, rules: Sequence[_Rule], standing: Iterable[str]
) -> Iterator[Problem]:
    """Old addresses at which a page stands, or that are declared twice. File systems on Windows and
    macOS do not tell `A.html` from `a.html`."""
    taken = {address.lower() for address in (*standing, urls.CHECKSUMS)}
    later = {address.lower() for address in reserved(site)}
    declared = [*(one.address for one in site.archive.withdrawn), *(rule.old for rule in rules)]
    claimed: set[str] = set()
    for one in site.archive.withdrawn:
        address = one.address.lower()
        if _is_taken(address, taken):
            yield _standing_problem(one)
        elif address in claimed:
            yield Problem(
                path=ARCHIVE_FILE,
                line=one.line,
                text=one.address,
                code="address-taken",
                message=f"撤回的网址“{one.address}”写了两次",
                hint="两处只留一处。",
            )
        claimed.add(address)
    for rule in rules:
        old = rule.old.lower()
        inside = [address for address in taken if address.startswith(old)] if rule.is_folder else []
        twin = _twin(rule.old, declared) if rule.is_folder else ""
        if inside:
            yield _taken_problem(rule, f"“{rule.old}”里现在有 {len(inside)} 个网页")
        elif twin:
            yield _taken_problem(rule, f"“{rule.old}”和“{twin}”只有大小写不同")
        elif old in claimed or _is_taken(old, taken) or (old in later and not rule.is_of_archive):
            yield _taken_problem(rule, f"旧网址“{rule.old}”已经是别的网页的网址")
        claimed.add(old)


def _twin(folder: str, declared: Iterable[str]) -> str:
    """An address that stands below a folder only where case does not count."""
    below = (one for one in declared if one.lower().startswith(folder.lower()))
    return next((one for one in below if not one.startswith(folder)), "")


def _is_taken(address: str, taken: Set[str]) -> bool:
    """Is there such a file, or one where a folder of this address would have to be?"""
    parents = {parent.as_posix() for parent in PurePosixPath(f"{address}-").parents}
    return address in taken or not parents.isdisjoint(taken)


def _taken_problem(rule: _Rule, message: str) -> Problem:
    hint = "请删去这个别名，或改正其中的写法。"
    if rule.is_of_archive:
        hint = "只有不再使用的网址才能转到别处。请删去这一条，或改正 from。"
    return Problem(
        path=rule.path,
        line=rule.old_line,
        text=rule.old,
        code="address-taken",
        message=message,
        hint=hint,
    )


def _standing_problem(one: Withdrawal) -> Problem:
    first = "请先删去这个网页原来的内容"
    if one.article_id:
        first = f"请先删去 {FOLDER}/{one.article_id}.md，后面的文章不要改名"
    return Problem(
        path=ARCHIVE_FILE,
        line=one.line,
        text=one.address,
        code="address-taken",
        message=f"要撤回的网址“{one.address}”上现在还有网页",
        hint=f"{first}；如果不撤回，就删去这一条。",
    )


def _unknown_problem(rule: _Rule, known: Set[str]) -> Problem:
    if rule.is_folder:
        message = f"“{rule.new}”里没有网页"
        choices = {urls.folder(address) for address in known} - {""}
    else:
        message = f"没有网页“{rule.new}”"
        folder = urls.folder(rule.new)
        name = rule.new.removeprefix(folder)
        choices = {a for a in known if urls.folder(a) == folder or a.endswith(f"/{name}")}
    offer = nearest(rule.new, sorted(choices), otherwise="")
    return Problem(
        path=rule.path,
        line=rule.new_line,
        text=rule.new,
        code="address-unknown",
        message=message,
        hint=f"{offer}请在 to 后面写现在有的网址，从网站的最上层写起。",
    )


def _circle_problem(circle: Sequence[_Rule]) -> Problem:
    first = min(circle, key=lambda rule: rule.old_line)
    at = circle.index(first)
    steps = [rule.old for rule in (*circle[at:], *circle[:at], first)]
    lines = "、".join(str(rule.old_line) for rule in sorted(circle, key=lambda rule: rule.old_line))
    return Problem(
        path=ARCHIVE_FILE,
        line=first.old_line,
        text=first.old,
        code="address-circle",
        message=f"移动绕成了一圈：{' → '.join(steps)}",
        hint=f"请核对第 {lines} 行，删去其中写反的一条。",
    )
