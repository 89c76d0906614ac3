"""Hands on a keyboard: everything a person does in a story without touching the mouse."""

from playwright.sync_api import Page, expect

from tests.served import PASSWORD

MOST_TABS = 120


class Hands:
    """One person at one browser page."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def open(self, path: str) -> None:
        """Type an address into the browser."""
        self.page.goto(self.base + path)

    def sign_in(self, username: str) -> None:
        self.open("/sign-in/login/")
        self.into('input[name="login"]', username)
        self.into('input[name="password"]', PASSWORD)
        with self.page.expect_navigation():
            self.press("Enter")
        expect(self.page.locator('input[name="password"]')).to_have_count(0)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the element has the focus."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("(s) => document.activeElement?.matches(s) ?? false", selector):
                return
            self.press("Tab")
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def into(self, selector: str, text: str) -> None:
        """Go to a field, replace what is in it."""
        self.tab_to(selector)
        self.press("Control+a", "Delete")
        self.page.keyboard.type(text)

    def pick(self, selector: str, text: str) -> None:
        """Go to a picker, type, and take its first offer."""
        self.into(selector, text)
        self.page.wait_for_selector('[role="listbox"] [role="option"]')
        self.press("ArrowDown", "Enter")

    def choose(self, selector: str, value: str) -> None:
        """Go to a drop-down and move to a value with the arrows."""
        self.tab_to(selector)
        count = self.page.locator(f"{selector} option").count()
        self.press("Home")
        for _ in range(count):
            if self.page.evaluate("() => document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{selector} has no {value}")

    def tick(self, selector: str) -> None:
        """Go to a box and tick it, unless it is ticked."""
        self.tab_to(selector)
        if not self.page.evaluate("() => document.activeElement.checked"):
            self.press("Space")

    def save(self) -> None:
        """Alt+S, and wait for the page that follows."""
        self._settle()
        with self.page.expect_navigation():
            self.press("Alt+s")

    def follow(self, selector: str) -> None:
        """Go to a link or button and press Enter."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def command(self, text: str) -> None:
        """Ctrl+K, type a command, Enter."""
        self._settle()
        self.press("Control+k")
        self.page.wait_for_selector("#palette[open]")
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.press("Enter")

    def find(self, text: str) -> None:
        """`/`, type, and open the first hit with Enter."""
        self._settle()
        self.press("/")
        self.page.keyboard.type(text)
        self.page.wait_for_selector("#find-hits a.hit")
        with self.page.expect_navigation():
            self.press("ArrowDown", "Enter")

    def _settle(self) -> None:
        """Wait as a person does: until the page has come with its scripts."""
        self.page.wait_for_load_state("networkidle")

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)
