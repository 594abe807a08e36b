"""Who an actor is: name, country, sector and group of a noun phrase, from the actor list, its demonyms and its nouns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import cast

from dateline.codebook.actors import ActorEntry, ActorList, fold_alias
from dateline.codebook.lexicon import lexicon
from dateline.types import Actor, Attribution, Mention, Report, Sector, Sentence, Source, SourceKind

_PRONOUNS = frozenset("he she they it who we i him her them his their its you us".split())
_AFTER = frozenset({"of", "from", "in"})
_STATE = frozenset({"GOV", "MIL", "COP"})
_HOME = frozenset({"CVL", "REB", "MIL", "GOV", "COP", "OPP", "NGO"})
_DEPTH = 3  # antecedents followed


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an actor; ``sector`` "" is no actor at all."""

    name: str = ""
    country: str = ""
    sector: str = ""
    group: str = ""
    actor_id: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """``lexicon/roles.yaml``: nouns and phrases by sector."""

    words: Mapping[str, str]
    phrases: Mapping[str, str]
    follow: Mapping[str, str]
    tools: frozenset[str]
    nowhere: frozenset[str]
    behind: frozenset[str]


@cache
def roles() -> Roles:
    """The roles, read once."""
    raw = lexicon("roles")
    words: dict[str, str] = {}
    for sector, nouns in raw["sectors"].items():
        for noun in nouns:
            words.setdefault(str(noun), str(sector))
    return Roles(
        words={w: s for w, s in words.items() if " " not in w},
        phrases={w: s for w, s in words.items() if " " in w},
        follow={str(k): str(v) for k, v in raw["follow"].items()},
        tools=frozenset(raw["tools"]),
        nowhere=frozenset(raw["nowhere"]),
        behind=frozenset(raw["behind"]),
    )


class Actors:
    """The actors of one report.

    Args:
        sentences: the report, parsed.
        report: for its text and date.
        actors: the actor list.
        demonyms: demonym as written → ISO 3166-1 alpha-3.
        countries: country name, folded → ISO 3166-1 alpha-3.
        home: the country that the report is about, "" if unknown.
        states: (sentence, token) of the names of countries and capitals → ISO 3166-1 alpha-3.
        nouns: a codebook's own nouns for actors, and phrases of two words → sector; they go before the language's.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        report: Report,
        actors: ActorList,
        demonyms: Mapping[str, str],
        countries: Mapping[str, str],
        home: str = "",
        states: Mapping[tuple[int, int], str] | None = None,
        nouns: Mapping[str, str] | None = None,
    ) -> None:
        self._sentences = sentences
        self._text = report.text
        self._year = int(report.published[:4]) if report.published else None
        self._list = actors
        self._demonyms = demonyms
        self._countries = countries
        self._home = home
        self._states = states or {}
        self._nouns = nouns or {}
        self._known: dict[Mention, Identity] = {}
        self._noted: dict[int, list[tuple[Mention, Identity]]] = {}

    def actor(self, m: Mention) -> Actor:
        """The mention with its identity; its text is exactly the report's."""
        found = self.identity(m)
        s = self._sentences[m.sentence]
        start, end = s.starts[m.first], s.ends[m.last]
        text = self._text[start:end]
        return Actor(
            text=text,
            start=start,
            end=end,
            name=found.name or " ".join(text.split()),
            country=found.country,
            sector=cast(Sector, found.sector or "UNK"),
            group=found.group,
            actor_id=found.actor_id,
        )

    def sector(self, m: Mention) -> str:
        """The mention's sector, "" if it is no actor."""
        return self.identity(m).sector

    def source(self, attribution: Attribution, m: Mention) -> Source:
        """A speaker as a claim's source."""
        found = self.identity(m)
        s = self._sentences[m.sentence]
        start, end = s.starts[m.first], s.ends[m.last]
        return Source(
            text=self._text[start:end],
            start=start,
            end=end,
            name=found.name or " ".join(self._text[start:end].split()),
            kind=self._kind(m, found),
            verb=attribution.verb,
            stance=attribution.stance,
        )

    def identity(self, m: Mention) -> Identity:
        """Who the mention stands for."""
        if m not in self._known:
            self._known[m] = Identity()  # guards against going round in a circle
            self._known[m] = self._identify(m)
        return self._known[m]

    # ------------------------------------------------------------------------------------------ judgement

    def _identify(self, m: Mention) -> Identity:
        s = self._sentences[m.sentence]
        if m.first == m.last and s.lower[m.head] in _PRONOUNS:
            return self._pronoun(m)
        own = self._own(m)
        if self._points_back(s, m, own) and (earlier := self._earlier(m, own)):
            return (
                replace(earlier, sector=own.sector)
                if own.sector in {"MIL", "COP"} and earlier.sector == "GOV"
                else earlier
            )
        return own

    def _own(self, m: Mention) -> Identity:
        """The mention's identity by its own words."""
        s = self._sentences[m.sentence]
        entry, last = self._entry(s, m.first, m.last)
        role, noun = self._role(s, m)
        if entry is not None and last >= m.head:
            return _of_entry(entry)
        after = self._after(s, m.head)
        if entry is None and after is not None:
            entry, _ = self._entry(s, *after)
        country = self._country(s, m.first, m.last) or (self._country(s, *after) if after else "")
        if entry is not None:
            return self._with_entry(entry, role, noun, s, m)
        if not role:
            return self._named(s, m, country)
        if noun in roles().tools and not (country or self._owner(s, m, after)):
            return Identity()
        if not country and role in _HOME and noun not in roles().nowhere:
            country = self._home
        return Identity(country=country, sector=role)

    def _with_entry(self, entry: ActorEntry, role: str, noun: str, s: Sentence, m: Mention) -> Identity:
        """ "Hezbollah fighters", "Assad's forces", "members of the Nusra Front"."""
        known = _of_entry(entry)
        if not role:
            return Identity() if s.tags[m.head][:2] == "NN" and s.tags[m.head] not in {"NNP", "NNPS"} else known
        if role == "CVL" and noun not in {"member", "other", "others"}:
            return Identity(country=entry.country or self._home, sector="CVL")
        if role in _STATE and entry.sector in _STATE:
            return Identity(
                country=entry.country, sector=role if noun not in roles().follow or role == "MIL" else entry.sector
            )
        return (
            known
            if entry.sector not in {"MED", "NGO", "IGO"} or role == entry.sector
            else replace(known, sector=entry.sector)
        )

    def _named(self, s: Sentence, m: Mention, country: str) -> Identity:
        """Names without a noun that says what they are: states, peoples, persons."""
        head = m.head
        if s.words[head] in self._demonyms and s.tags[head] in {"NNPS", "NNS", "NNP", "JJ"}:
            plural = s.tags[head] in {"NNPS", "NNS"}
            return Identity(country=self._demonyms[s.words[head]], sector="CVL" if plural else "MIL")
        if s.lower[head].rpartition("-")[2] in roles().behind and "-" in s.lower[head]:
            return Identity()  # "U.S.-backed" in one token
        if iso := self._states.get((s.index, head)):
            return Identity(country=iso, sector="GOV")
        if country and s.tags[head] in {"NNP", "NNPS"} and self._country(s, head, head):
            return Identity(country=country, sector="GOV")
        if s.ents[head] == "PERSON" and s.tags[head] == "NNP":
            titles = (roles().words.get(s.lower[i]) for i in range(m.first, head))
            return Identity(country=country, sector=next((t for t in titles if t), "UNK"))
        if s.tags[head] == "CD" and s.deps[head] in {"nsubj", "nsubjpass", "dobj"}:
            return Identity(country=self._home, sector="CVL")
        return Identity()

    def _role(self, s: Sentence, m: Mention) -> tuple[str, str]:
        """The sector that the head noun gives, and the noun; ("", "") if it gives none."""
        r = roles()
        head = m.head
        lemma, low = s.lemmas[head], s.lower[head]
        if head > m.first:
            pair = f"{s.lemmas[head - 1]} {lemma}"
            if sector := self._nouns.get(pair) or r.phrases.get(pair):
                return sector, pair
        if sector := self._nouns.get(lemma) or self._nouns.get(low):
            return sector, lemma
        noun = lemma if lemma in r.words or lemma in r.follow else low
        if noun == "head" and not self._after(s, head) and not any(s.deps[k] == "compound" for k in s.children[head]):
            return "", ""  # of a body, not of a body of men
        if noun in r.follow:
            for i in range(head - 1, m.first - 1, -1):
                near = r.words.get(s.lemmas[i]) or r.words.get(s.lower[i])
                if near and not self._is_behind(s, i):
                    return ("MIL" if near == "GOV" and r.follow[noun] == "MIL" else near), noun
            return r.follow[noun], noun
        if noun in r.words:
            return r.words[noun], noun
        if s.tags[head] == "CD":
            return "", ""
        return "", ""

    # -------------------------------------------------------------------------------------------- lookups

    def _entry(self, s: Sentence, first: int, last: int) -> tuple[ActorEntry | None, int]:
        """The longest name of the actor list among some tokens, and its last token."""
        best: tuple[int, int, ActorEntry] | None = None
        for i in range(first, last + 1):
            for end, entry in self._names_at(s, i, last):
                size = end - i + 1
                if self._is_behind(s, end):
                    continue
                if best is None or size > best[0] or (size == best[0] and end > best[1]):
                    best = (size, end, entry)
        return (best[2], best[1]) if best else (None, -1)

    def _names_at(self, s: Sentence, i: int, last: int) -> Iterator[tuple[int, ActorEntry]]:
        for words, shout, entries in _trie(self._list).get(fold_alias(s.words[i]), ()):
            end, k = i, 0
            while k < len(words) and end <= last:
                part = fold_alias(s.words[end])
                if part and part != words[k]:
                    break
                k += 1 if part else 0
                end += 1
            if k < len(words) or (shout and not s.words[i].isupper()):
                continue
            if not s.words[i][0].isupper() and not any(s.words[j][0].isupper() for j in range(i, end)):
                continue
            yield end - 1, self._of_its_time(entries)

    def _of_its_time(self, entries: Sequence[ActorEntry]) -> ActorEntry:
        year = self._year
        if year is not None:
            for e in entries:
                if (e.start is None or e.start <= year) and (e.end is None or year <= e.end):
                    return e
        return entries[0]

    def _country(self, s: Sentence, first: int, last: int) -> str:
        """The country of a demonym or a country's name among some tokens."""
        for i in range(first, last + 1):
            word = s.words[i]
            if not word[0].isupper() or self._is_behind(s, i):
                continue
            if i < last and (
                iso := self._demonyms.get(f"{word} {s.words[i + 1]}")
                or self._countries.get(f"{s.lower[i]} {s.lower[i + 1]}")
            ):
                return iso
            if iso := self._demonyms.get(word) or self._countries.get(s.lower[i]):
                return iso
        return ""

    def _is_behind(self, s: Sentence, i: int) -> bool:
        """Whether a name is the first half of "Turkish-backed"."""
        if i + 2 < len(s) and s.words[i + 1] == "-" and s.lower[i + 2] in roles().behind | {"led"}:
            return True
        return (
            i + 1 < len(s)
            and s.lower[i + 1] in {"backed", "allied"}
            and s.ends[i] < s.starts[i + 1]
            and s.tags[i + 1] == "VBN"
        )

    def _after(self, s: Sentence, head: int) -> tuple[int, int] | None:
        """The tokens of what a head is said to be of: "members of X", "a helicopter belonging to X"."""
        for k in s.children[head]:
            if k < head:
                continue
            if s.deps[k] == "prep" and s.lower[k] in _AFTER:
                for j in s.children[k]:
                    if s.deps[j] == "pobj" and (s.lower[k] == "of" or s.words[j] not in self._countries):
                        return s.edges[j][0], j
            if s.deps[k] == "acl" and s.lemmas[k] in {"belong", "loyal", "own", "fly"}:
                first, last = s.edges[k]
                return first, last
        return None

    def _owner(self, s: Sentence, m: Mention, after: tuple[int, int] | None) -> bool:
        """Whether some words around a weapon name whose it is ("regime jets")."""
        words = roles().words
        spans = [range(m.first, m.head)] + ([range(after[0], after[1] + 1)] if after else [])
        return any(
            words.get(s.lemmas[i]) in {"GOV", "MIL", "REB"} and s.lemmas[i] not in roles().tools
            for r in spans
            for i in r
        )

    # ------------------------------------------------------------------------------- words that point back

    def _pronoun(self, m: Mention) -> Identity:
        s = self._sentences[m.sentence]
        low = s.lower[m.head]
        person = low in {"he", "she", "him", "her", "his"}
        many = low in {"they", "them", "their"}
        for earlier, found in self._before(m):
            t = self._sentences[earlier.sentence]
            plural = t.tags[earlier.head] in {"NNS", "NNPS"}
            if person and (
                plural
                or found.sector not in {"GOV", "UNK", "MIL", "REB", "OPP", "NGO", "CVL", "IGO", "MED", "COP"}
                or (found.group and found.actor_id and t.ents[earlier.head] != "PERSON")
            ):
                continue
            if many and not (plural or found.group or found.sector in {"REB", "MIL"}):
                continue
            if low in {"it", "its"} and (plural or t.ents[earlier.head] == "PERSON" or found.sector == "CVL"):
                continue
            return found
        return Identity(sector="UNK") if person else Identity(sector="CVL", country=self._home) if many else Identity()

    def _points_back(self, s: Sentence, m: Mention, own: Identity) -> bool:
        """ "The group", "the ministry", "the Observatory": a bare definite noun."""
        if own.group or own.actor_id or m.last != m.head or m.head - m.first > 1:
            return False
        if self._country(s, m.first, m.last) or self._after(s, m.head):
            return False
        return any(s.lower[k] in {"the", "this"} for k in s.children[m.head]) and s.lemmas[m.head] in _POINTING

    def _earlier(self, m: Mention, own: Identity) -> Identity | None:
        s = self._sentences[m.sentence]
        noun = s.lemmas[m.head]
        for earlier, found in self._before(m):
            t = self._sentences[earlier.sentence]
            if earlier.sentence == m.sentence and t.deps[earlier.head] == "nsubj" and s.tags[m.head] == "NNS":
                continue  # "the militia fought the jihadists"
            words = t.lower[earlier.first : earlier.last + 1]
            if noun in words and (found.actor_id or found.country):
                return found
            if noun in _POINTING_GROUPS and found.group and (own.sector in {found.sector, "REB", "UNK"}):
                return found
            if found.name and noun in found.name.lower():
                return found
        return None

    def _before(self, m: Mention) -> Iterator[tuple[Mention, Identity]]:
        """Actors named before a mention, nearest first, the subjects of a sentence before its other words."""
        for n in range(m.sentence, max(-1, m.sentence - 1 - _DEPTH), -1):
            noted = [p for p in self._named_in(n) if n < m.sentence or p[0].last < m.first]
            subjects = [p for p in noted if self._sentences[n].deps[p[0].head] in {"nsubj", "nsubjpass"}]
            yield from reversed(subjects)
            yield from (p for p in reversed(noted) if p not in subjects)

    def _named_in(self, n: int) -> list[tuple[Mention, Identity]]:
        """The actors that a sentence names, in order, pronouns left out."""
        if n not in self._noted:
            s = self._sentences[n]
            found = []
            for i in range(len(s)):
                if s.tags[i][:1] == "N" and s.deps[i] in _ARGUMENTS:
                    m = Mention(n, _first(s, i), i, i)
                    identity = self._own(m)
                    if identity.sector:
                        found.append((m, identity if identity.name else replace(identity, name=self._bare(m))))
            self._noted[n] = found
        return self._noted[n]

    def _bare(self, m: Mention) -> str:
        """A mention's words without its article."""
        s = self._sentences[m.sentence]
        first = m.first + 1 if m.first < m.last and s.lower[m.first] in {"the", "a", "an"} else m.first
        return " ".join(self._text[s.starts[first] : s.ends[m.last]].split())

    # --------------------------------------------------------------------------------------------- sources

    def _kind(self, m: Mention, found: Identity) -> SourceKind:
        if found.actor_id and (kind := self._list.entries[found.actor_id].kind):
            return cast(SourceKind, kind)
        s, table = self._sentences[m.sentence], kinds()
        lemma = s.lemmas[m.head]
        for i in range(m.first, m.head):
            if lemma in {"source", "official", "sources"} and (kind := lexicon("sources")["before"].get(s.lower[i])):
                return cast(SourceKind, kind)
            pair = f"{s.lower[i]} {s.lower[i + 1]}"
            if pair in table:
                return cast(SourceKind, table[pair])
        kind = (
            table.get(lemma)
            or table.get(s.lower[m.head])
            or lexicon("sources")["by_sector"].get(found.sector, "unknown")
        )
        return cast(SourceKind, kind)


def _first(s: Sentence, head: int) -> int:
    """Where a noun's phrase begins: its modifiers, nothing that the parser ran into it."""
    first = head
    for j in range(head - 1, s.edges[head][0] - 1, -1):
        year = s.tags[j] == "CD" and len(s.words[j]) == 4
        if year or not (s.tags[j][:1] in "NJ" or s.tags[j] in {"POS", "CD", "VBN", "DT", "PRP$"} or s.words[j] == "-"):
            break
        if s.words[j] == "-" and s.ends[j - 1] != s.starts[j]:
            break
        first = j
    return first


_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "pobj", "dobj", "conj", "appos", "poss"})
_POINTING = frozenset(
    "group observatory ministry agency militia organisation organization monitor watchdog movement coalition network army"
    " militant fighter jihadist faction alliance council committee party company president minister spokesman government".split()
)
_POINTING_GROUPS = frozenset(
    "group militia organisation organization movement militant fighter jihadist faction alliance".split()
)


def _of_entry(e: ActorEntry) -> Identity:
    return Identity(name=e.names[0], country=e.country, sector=e.sector, group=e.group, actor_id=e.id)


@cache
def kinds() -> Mapping[str, str]:
    """Word or phrase → kind of source."""
    return {str(w): str(kind) for kind, words in lexicon("sources")["kinds"].items() for w in words}


@cache
def _trie(actors: ActorList) -> Mapping[str, Sequence[tuple[tuple[str, ...], bool, tuple[ActorEntry, ...]]]]:
    """First folded word → names that begin with it, longest first; True marks those written in capitals."""
    found: dict[str, list[tuple[tuple[str, ...], bool, tuple[ActorEntry, ...]]]] = {}
    shouted = {fold_alias(n): n.isupper() and len(n) <= 6 for e in actors.entries.values() for n in e.names}
    for alias, entries in actors.by_alias.items():
        words = tuple(alias.split())
        if words:
            found.setdefault(words[0], []).append((words, shouted.get(alias, False), tuple(entries)))
    for rows in found.values():
        rows.sort(key=lambda r: -len(r[0]))
    return found
