// Opens the walk's pages without a network: as they were when there was one last. Nothing else is answered here.

const KEPT = "walk";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && pathname === "/meters/walk") event.respondWith(page(request));
  else if (pathname.startsWith("/assets/")) event.respondWith(file(request));
});

// The page as it is now; as it was, when nobody answers.
async function page(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic" && !answer.redirected) {
      const copy = answer.clone();
      caches.open(KEPT).then((kept) => kept.put(request, copy)).catch(() => {});
    }
    return answer;
  } catch (lost) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw lost;
  }
}

// A built file never changes under its address.
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}
