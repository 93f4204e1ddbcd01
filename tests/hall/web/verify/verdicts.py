"""How long a verdict takes in a browser."""

from __future__ import annotations

from playwright.sync_api import Page


def verdict_ms(page: Page, host: str, papers: list[str]) -> list[float]:
    """How long each verdict takes in a page that has its lists, in milliseconds."""
    times: list[float] = page.evaluate(
        """async ([host, papers]) => {
            const { base } = document.body.dataset;
            const of = (name) => import(`${base}/${name}.js`);
            const [{ verify }, { Following }, { Store }] = await Promise.all(["verify", "following", "store"].map(of));
            const times = [];
            for (const text of papers) {
                const from = performance.now();
                const lists = await new Following(host, await Store.open()).kept();
                const now = Math.floor(Date.now() / 1000);
                const { result } = await verify(text, { host, now, lists, registry: async () => null });
                if (result !== "valid") throw new Error(result);
                times.push(performance.now() - from);
            }
            return times;
        }""",
        [host, papers],
    )
    return times
