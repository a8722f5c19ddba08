/* Keeps the shell of the field app so that it opens without a network. No data of any matter ever enters these caches. */

const CACHE = `field-${VERSION}`;

self.addEventListener("install", (event) => {
  // ``reload``: past the browser's own cache, so that a version is what it says it is.
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(KEPT.map((url) => new Request(url, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("field-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || !KEPT.includes(url.pathname)) return;
  event.respondWith(
    caches.open(CACHE).then((cache) => cache.match(url.pathname)).then((found) => found || fetch(event.request)),
  );
});
