"""Takes a picture of every page, light and dark, wide and phone: `PYTHONPATH=lib:tests python -m browser.pictures [ADDRESS]`."""

import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from assay import settings
from browser.serving import FLAGS, PATIENCE_MS, chromium, serving, settled, tick

FOLDER = settings.ROOT / "test-results" / "pictures"
LOGREG, SVC, MLP = (f"params.model = '{name}'" for name in ("logistic-regression", "svc-rbf", "mlp"))


def compared(
    *candidates: str, baseline: str = LOGREG, experiment: str = "digits-classifiers", **more: str | list[str]
) -> str:
    return "/compare?" + urlencode(
        {"experiment": experiment, "baseline": baseline, "candidate": candidates, **more}, doseq=True
    )


def traded(*objectives: str, **more: str) -> str:
    return "/tradeoffs?" + urlencode(
        {"traded-experiment": "digits-classifiers", "objective": objectives, **more}, doseq=True
    )


def taken_apart(**more: str | list[str]) -> str:
    given = {f"ablated-{name}": value for name, value in more.items()}
    return "/ablation?" + urlencode(
        {"ablated-in": "digits-ablation", "ablated-metric": "accuracy", **given}, doseq=True
    )


def proved(**more: str) -> str:
    sides = {"checked-in": "digits-classifiers", "checked-candidate": SVC, "checked-baseline": LOGREG}
    return "/checklist?" + urlencode({**sides, **more})


PAGES = {
    "runs": "/",
    "runs-experiment": "/?" + urlencode({"in": "digits-classifiers"}),
    "runs-search": "/?" + urlencode({"in": "digits-random-search"}),
    "runs-nothing-found": "/?" + urlencode({"in": "digits-classifiers", "find": "svc-rfb"}),
    "runs-ungrouped": "/?" + urlencode({"in": "diabetes-regression", "rows": "runs"}),
    "runs-wrong-filter": "/?" + urlencode({"where": "accuracy > 0.9"}),
    "compare-usual": compared(SVC),
    "search": "/?" + urlencode({"search": "accuracy", "in": "digits-ablation"}),
    "search-unknown": "/?" + urlencode({"search": "val_accuracy", "in": "digits-random-search"}),
    "compare": compared(SVC, metric="accuracy"),
    "compare-unclear": compared(MLP, metric="accuracy"),
    "compare-several": compared(SVC, MLP, "params.model = 'k-nearest'", "params.model = 'extra-trees'"),
    "compare-latency": compared(SVC, metric="latency_p95_ms"),
    "compare-metrics": compared(SVC, metric=["accuracy", "f1_macro", "latency_p95_ms", "model_size_bytes"]),
    "compare-planned": compared(SVC, metric="accuracy", effect="0.5"),
    "compare-examples": compared(SVC, metric="accuracy", unit="examples"),
    "compare-example": compared(SVC, metric="accuracy", unit="examples", example="digits-01271"),
    "compare-losses": compared(SVC, metric="log_loss", unit="examples"),
    "compare-examples-several": compared(SVC, MLP, metric=["accuracy", "log_loss"], unit="examples", slice="digit"),
    "compare-both": compared(SVC, metric=["log_loss", "accuracy"], unit="both"),
    "compare-median": compared(SVC, metric="log_loss", unit="examples", statistic="median"),
    "compare-f1": compared(SVC, metric=["f1_macro", "accuracy"], unit="examples"),
    "compare-no-column": compared(SVC, metric="latency_p95_ms", unit="examples"),
    "compare-nothing": "/compare",
    "compare-no-worse": compared(SVC, metric=["latency_p95_ms", "accuracy", "f1_macro"], aim="no-worse", margin="2"),
    "compare-same": compared(MLP, metric="accuracy", aim="same", margin="2"),
    "compare-no-margin": compared(SVC, metric="log_loss", aim="no-worse"),
    "compare-no-worse-several": compared(SVC, MLP, "params.model = 'k-nearest'", metric="accuracy", aim="no-worse"),
    "compare-differs": compared(
        "params.model = 'random-forest'",
        baseline="params.model = 'ridge'",
        experiment="diabetes-regression",
        metric="bias",
    ),
    "compare-together": compared(SVC, MLP, metric=["accuracy", "log_loss"], together="true"),
    "curves": compared(baseline=MLP, curve="train_loss", axis="log"),
    "tradeoffs": traded(),
    "tradeoffs-candidate": traded(**{"traded-candidate": SVC, "traded-baseline": LOGREG}),
    "tradeoffs-three": traded("accuracy", "latency_p95_ms", "model_size_bytes", **{"traded-candidate": SVC}),
    "tradeoffs-four": traded("accuracy", "latency_p95_ms", "model_size_bytes", "log_loss"),
    "tradeoffs-ranking": traded("accuracy"),
    "tradeoffs-nothing": "/tradeoffs",
    "ablation": taken_apart(),
    "ablation-loss": taken_apart(metric="log_loss", pair="pca × augmentation"),
    "ablation-filters": taken_apart(
        full="params.scaling = 'on' and params.pca = 'on' and params.augmentation = 'on'",
        without=["pca=params.scaling = 'on' and params.pca = 'off' and params.augmentation = 'on'"],
    ),
    "ablation-unclear": taken_apart(components=["pca_components"]),
    "ablation-nothing": "/ablation",
    "ablation-no-component": "/ablation?" + urlencode({"ablated-in": "digits-classifiers"}),
    "leakage": "/leakage?" + urlencode({"leak-in": ["leak-patients", "leak-selection"]}, doseq=True),
    "leakage-everything": "/leakage?" + urlencode({"leak-checks": "all 15"}),
    "leakage-runs": "/leakage?"
    + urlencode({"leak-in": "leak-patients", "leak-rows": "runs", "leak-check": "test_looks"}),
    "leakage-nothing": "/leakage?" + urlencode({"leak-where": "params.model = 'none'"}),
    "reproducibility": "/reproducibility?" + urlencode({"record-in": "digits-classifiers"}),
    "reproducibility-everything": "/reproducibility?"
    + urlencode({"record-checks": "all 12", "record-against": "params.model = 'logistic-regression'"}),
    "reproducibility-nothing": "/reproducibility?" + urlencode({"record-where": "params.model = 'none'"}),
    "checklist": proved(),
    "checklist-before": proved(checklist="before"),
    "checklist-korean": proved(**{"checked-language": "한국어"}),
    "checklist-nobody": "/checklist",
    "reviews": "/review",
    "review": "/review?review=R-001",
    "review-second": "/review?review=R-002",
    "review-new": "/review?" + urlencode({"new": "1", "new-baseline": LOGREG, "new-candidate": SVC}),
    "policy": "/policy",
    "policy-scorecard": "/policy?" + urlencode({"part": "scorecards", "card": "guide"}),
    "compare-clusters": compared(
        "params.validation = 'train_test_split'",
        baseline="params.validation = 'group_split'",
        experiment="leak-patients",
        metric="accuracy",
        unit="examples",
        cluster="patient",
    ),
}
THEMES = ("light", "dark")
SIZES = ((1440, 900), (390, 844))


def main() -> None:
    """Serves the demo unless an address is given, and writes the pictures below test-results/."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        current = settings.read()
        address = sys.argv[1] if len(sys.argv) > 1 else stack.enter_context(serving(current.tracking_uri, current.data))
        path = chromium()
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        stack.callback(browser.close)
        pages = PAGES | {"run": _a_run(browser, address)}
        for name, path in pages.items():
            for theme in THEMES:
                for width, height in SIZES:
                    _take(browser, address + path, FOLDER / f"{name}-{theme}-{width}.png", theme, width, height)


def _open(browser: Browser, url: str, theme: str = "light", width: int = 1440, height: int = 900) -> Page:
    viewport: ViewportSize = {"width": width, "height": height}
    page = browser.new_page(viewport=viewport, color_scheme="dark" if theme == "dark" else "light")
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    page.locator("h1").wait_for()
    settled(page)
    page.wait_for_load_state("networkidle")
    return page


def _take(browser: Browser, url: str, file: Path, theme: str, width: int, height: int) -> None:
    """The whole page: the window grows to its height."""
    page = _open(browser, url, theme, width, height)
    tall = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(height, min(tall, 5_000))})
    settled(page)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, animations="disabled")
    page.close()
    sys.stdout.write(f"{file.relative_to(settings.ROOT)}\n")


def _a_run(browser: Browser, address: str) -> str:
    """The address of a run with histories."""
    page = _open(browser, address + "/?" + urlencode({"where": "params.model = 'mlp'", "rows": "runs"}))
    tick(page, 0)
    href = page.get_by_role("link", name="Open").get_attribute("href") or ""
    page.close()
    return "/?" + href.partition("?")[2]


if __name__ == "__main__":
    main()
