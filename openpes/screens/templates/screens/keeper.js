// Keeps the last good page and lines of a hall screen, so that a box which is started without a line still shows them.
// It works for the screens alone (its scope is their address) and keeps only what everybody may read.

const KEPT = "hall-screen-1";
const MOST = 80;
const PATIENCE = 8000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith("hall-screen-") && name !== KEPT) await caches.delete(name);
  await self.clients.claim();
}

// The page tells what it was made of, since it was loaded before its keeper came.
self.addEventListener("message", (event) => event.waitUntil(Promise.allSettled(event.data.keep.map((url) => fetched(new Request(url))))));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) event.respondWith(answered(request));
});

async function answered(request) {
  try {
    const answer = await fetched(request);
    return answer.status < 500 ? answer : (await kept(request)) ?? answer;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    throw error;
  }
}

async function fetched(request) {
  const answer = await fetch(request.mode === "navigate" ? request.url : request, { signal: AbortSignal.timeout(PATIENCE) });
  if (answer.ok && answer.type === "basic") await keep(request, answer.clone());
  return answer;
}

async function keep(request, answer) {
  const cache = await caches.open(KEPT);
  await cache.put(request.url, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(keys.length - MOST, 0)).map((key) => cache.delete(key)));
}

// A kept answer says so, and when the server gave it still stands in it.
async function kept(request) {
  const cache = await caches.open(KEPT);
  const found = await cache.match(request.url, { ignoreVary: true });
  if (!found) return undefined;
  const headers = new Headers(found.headers);
  headers.set("X-Kept", "1");
  return new Response(await found.blob(), { status: found.status, headers });
}
