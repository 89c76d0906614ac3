"""An account of staff by keys alone: opened by one administrator, confirmed by another, taken over by its holder."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.test_keys import FOCUS

pytestmark = pytest.mark.browser
OWN = "a-password-of-my-own"


def press_on(page: Page, selector: str) -> None:
    """Walk with Tab until the control has the focus, and press Enter on it."""
    wanted = page.locator(selector).first
    for _step in range(80):
        if wanted.evaluate("(one) => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(wanted).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def opened_by_keys(page: Page) -> str:
    """The address of the page on which the initial password of a new account stands."""
    page.goto(reverse("access:staff"))
    press_on(page, f"a[href='{reverse('access:open')}']")
    page.focus("[name=username]")
    page.keyboard.type("lishan")
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUS) == "name"
    page.keyboard.type("李珊")
    page.keyboard.press("Enter")
    page.keyboard.type("Township")
    page.keyboard.press("Tab")
    page.keyboard.type("450103001")
    with page.expect_navigation():
        page.keyboard.press("Alt+s")
    return page.url


def test_two_administrators_and_the_holder_need_no_mouse(entered):
    first = entered("administrator", language="en").new_page()
    address = opened_by_keys(first)
    expect(first.locator(".receipt")).to_be_focused()
    password = first.locator(".receipt-number code").inner_text()
    first.goto(address)
    expect(first.locator("main")).to_contain_text("shown once already")

    second = entered("second_administrator", language="en").new_page()
    second.goto(reverse("access:staff"))
    press_on(second, "li:has-text('李珊') button")
    expect(second.locator("main")).to_contain_text("role in force")

    holder = entered(language="en").new_page()
    holder.goto(reverse("account_login"))
    holder.focus("#id_login")
    holder.keyboard.type("lishan")
    holder.keyboard.press("Tab")
    holder.keyboard.type(password)
    with holder.expect_navigation():
        holder.keyboard.press("Enter")
    holder.wait_for_url(f"**{reverse('account_change_password')}")
    holder.focus("#id_oldpassword")
    for typed in (password, OWN, OWN):
        holder.keyboard.type(typed)
        holder.keyboard.press("Tab")
    with holder.expect_navigation():
        holder.keyboard.press("Enter")
    holder.goto(reverse("counter:home"))
    expect(holder.locator(".bar-who")).to_contain_text("李珊")
    for page in (first, second, holder):
        page.context.close()
