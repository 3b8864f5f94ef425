// The authenticator's worker: shows that there is something to answer, and keeps the page for when there is no
// connection. It knows no keys and no accounts, and nothing outside /authenticator/ is its business.

const CACHE = "authenticator";
const HOME = "/authenticator/";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// Without cookies: what is kept is the page as it is for everybody.
async function fetched(url) {
  const answer = await fetch(url, { credentials: "omit" });
  if (answer.ok) await (await caches.open(CACHE)).put(url, answer.clone());
  return answer;
}

addEventListener("message", (event) => {
  const isOurs = (url) => new URL(url, location.origin).origin === location.origin;
  const keep = (event.data?.keep ?? []).filter(isOurs);
  event.waitUntil(Promise.allSettled(keep.map(fetched)));
});

addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const { origin, pathname } = new URL(url);
  const isPage = mode === "navigate" && pathname === HOME;
  const isPart = pathname.startsWith("/assets/");
  if (method !== "GET" || origin !== location.origin || !(isPage || isPart)) return;
  const path = isPage ? HOME : pathname;
  event.respondWith(fetched(path).catch(async () => (await caches.match(path)) ?? Response.error()));
});

addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data.json().notification;
  } catch {
    // A message that cannot be read still says that there is something.
  }
  const { title = "Authenticator", body, lang, tag } = said;
  const options = { body, lang, tag, icon: "/authenticator/icon-192.png", requireInteraction: true };
  event.waitUntil(registration.showNotification(title, options));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  const show = async () => {
    const open = await clients.matchAll({ type: "window" });
    return open.length > 0 ? open[0].focus() : clients.openWindow(HOME);
  };
  event.waitUntil(show());
});

// Keys are with the page: it subscribes anew when it is opened next. Until then the old address is gone, which the
// server learns from the push service.
addEventListener("pushsubscriptionchange", (event) => {
  const options = event.oldSubscription?.options;
  if (options) event.waitUntil(registration.pushManager.subscribe(options));
});
