// Parts of a page that are counted after it is shown: each is fetched from the page that it links to. Without a script,
// or without the server, the link stays.
export async function bringLater(root) {
  for (const place of root.querySelectorAll("[data-later]")) {
    try {
      const answer = await fetch(place.dataset.later, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) continue;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = page.querySelector("[data-part]");
      if (part) place.replaceChildren(part);
    } catch {
      // The link stays.
    }
  }
}

bringLater(document);
