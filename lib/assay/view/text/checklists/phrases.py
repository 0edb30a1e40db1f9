"""What a checklist says around its items, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.model.evidence.checklist import ItemStatus, Language, Needs, Severity
from assay.view.text.verdicts import Mark


@dataclass(frozen=True, slots=True)
class Phrases:
    """`{n}` and the like are filled in; what a proof says stays English in every language.

    `wait`, `wait_blocking`: of one item, of more.
    """

    language: str
    statuses: Mapping[ItemStatus, Mark]
    severities: Mapping[Severity, tuple[Mark, str]]
    needs: Mapping[Needs, str]
    proved: str
    wait: tuple[str, str]
    wait_blocking: tuple[str, str]
    against: str
    between: str
    nobody: str
    counts: tuple[str, str, str]
    blocking: str
    rule: str
    basis: tuple[str, str]
    open_heading: str
    proved_heading: str
    open_columns: tuple[str, str, str]
    proved_columns: tuple[str, str, str]
    footnote: str
    lists_heading: str
    lists_of: str
    lists_columns: tuple[str, str, str]
    ticks: str
    templates: str
    severity_heading: str
    origin_heading: str
    origin: str
    source: str
    score: str


def _marks(yes: str, no: str, waits: str, apart: str) -> Mapping[ItemStatus, Mark]:
    return {
        ItemStatus.OPEN: Mark("?", waits, "violet"),
        ItemStatus.NO: Mark("✕", no, "red"),
        ItemStatus.YES: Mark("✓", yes, "green"),
        ItemStatus.NOT_APPLICABLE: Mark("–", apart, "gray"),
    }


def _severities(block: str, warn: str, info: str, *meant: str) -> Mapping[Severity, tuple[Mark, str]]:
    marks = (Mark("⊘", block, "orange"), Mark("!", warn, "gray"), Mark("", info, "gray"))
    return dict(zip(Severity, zip(marks, meant, strict=True), strict=True))


PHRASES: Mapping[Language, Phrases] = {
    Language.EN: Phrases(
        language="English",
        statuses=_marks("yes", "no", "open", "n/a"),
        severities=_severities(
            "block", "warn", "info",
            "no promotion while open or no", "shown to everyone who signs", "kept for the record",
        ),
        needs={
            Needs.LINK: "evidence: a link",
            Needs.NUMBER: "evidence: a number",
            Needs.FILE: "evidence: a file",
            Needs.AUTOMATIC: "proved by runs",
            Needs.SIGNATURE: "signed in a review",
        },
        proved="runs prove {yes} of {items} items",
        wait=(
            "{open} waits for people or for what is not logged",
            "{open} wait for people or for what is not logged",
        ),
        wait_blocking=(
            "{open} waits for people or for what is not logged, and blocks",
            "{open} wait for people or for what is not logged, {block} of them {blocks}",
        ),
        against="{no} proved against",
        between="; ",
        nobody="no candidate is chosen, so all {items} items are open",
        counts=("{yes} proved", "{open} open", "{no} proved against"),
        blocking=", {block} block",
        rule="Silence is never a yes: proof against an item is a “no”, no evidence leaves it open.",
        basis=(
            "By {runs} of the candidate and {others} of the baseline.",
            "By {runs} of the candidate, without a baseline.",
        ),
        open_heading="Open questions for people",
        proved_heading="Proved by the runs",
        open_columns=("status, if no", "question", "needs"),
        proved_columns=("status", "item", "proof"),
        footnote="A proof is a number with its link; it is computed again whenever runs change.",
        lists_heading="Every checklist",
        lists_of="Every checklist of {who}",
        lists_columns=("list", "proved", "against"),
        ticks="{yes} of {items} items of these lists tick themselves for this candidate.",
        templates="Templates: {names}.",
        severity_heading="Severity",
        origin_heading="Where the items come from",
        origin=(
            "{file}, version {version}. A team's folder (`ASSAY_CHECKLISTS`) adds lists or replaces one whole; a "
            "missing language is refused with file and line."
        ),
        source="After {source}",
        score="Score {score} of {most}: that of the lowest section, where each item that runs prove counts 1.",
    ),
    Language.KO: Phrases(
        language="한국어",
        statuses=_marks("예", "아니요", "대기", "해당 없음"),
        severities=_severities(
            "차단", "경고", "정보",
            "열려 있거나 아니요이면 승격 불가", "서명하는 모두에게 표시", "기록으로 남김",
        ),
        needs={
            Needs.LINK: "근거: 링크",
            Needs.NUMBER: "근거: 수치",
            Needs.FILE: "근거: 파일",
            Needs.AUTOMATIC: "실행 기록이 증명",
            Needs.SIGNATURE: "리뷰에서 서명",
        },
        proved="{items}개 중 {yes}개는 실행 기록이 증명합니다",
        wait=("{open}개는 사람의 답이나 빠진 기록을 기다립니다",) * 2,
        wait_blocking=("{open}개는 사람의 답이나 빠진 기록을 기다리며, 그중 {block}개는 승격을 막습니다",) * 2,
        against="{no}개는 반증되었습니다",
        between=". ",
        nobody="후보를 고르지 않아 {items}개 항목이 모두 열려 있습니다",
        counts=("자동 확인 {yes}", "답변 대기 {open}", "반증 {no}"),
        blocking=", 그중 차단 {block}",
        rule="기록이 없다고 통과로 보지 않습니다. 반대 증거가 있으면 “아니요”, 없으면 열린 채로 둡니다.",
        basis=("후보 실행 {n}개와 기준선 실행 {m}개로 판단했습니다.", "기준선 없이 후보 실행 {n}개로 판단했습니다."),
        open_heading="사람이 답할 질문",
        proved_heading="실행 기록이 증명한 항목",
        open_columns=("상태, 아니요일 때", "질문", "필요한 것"),
        proved_columns=("상태", "항목", "증거"),
        footnote="증거는 링크가 있는 수치이며, 실행이 바뀌면 다시 계산됩니다.",
        lists_heading="모든 체크리스트",
        lists_of="{who}의 모든 체크리스트",
        lists_columns=("목록", "증명", "반증"),
        ticks="이 후보에서 이 목록들의 {items}개 항목 중 {yes}개가 자동으로 확인됩니다.",
        templates="양식: {names}.",
        severity_heading="심각도",
        origin_heading="항목의 출처",
        origin=(
            "{file}, 버전 {version}. 팀 폴더(`ASSAY_CHECKLISTS`)로 목록을 더하거나 통째로 바꿀 수 있습니다. 번역이 "
            "빠지면 파일과 줄을 알려 주고 거부합니다."
        ),
        source="출처: {source}",
        score="점수 {score}/{most}: 가장 낮은 구역의 점수이며, 실행 기록이 증명한 항목은 1점입니다.",
    ),
}  # fmt: skip


def language_of(name: str) -> Language:
    """The language that calls itself so; English for no such name."""
    return next((own for own, phrases in PHRASES.items() if phrases.language == name), Language.EN)
