// The authenticator's page. Accounts, keys and codes are in this browser alone; keys cannot be taken out of it.
// Texts and cards were rendered by the server (`app/src/pages/authenticator.rs`); nothing here writes HTML.

const API = "/authenticator/api/";
const STEP = 30;
const byId = (id) => document.getElementById(id);
const app = byId("authenticator");
const texts = byId("texts").content;
const text = (name) => texts.querySelector(`[data-text="${name}"]`)?.textContent ?? "";
const say = (name) => (byId("status").textContent = text(name));

// --- What this browser keeps -----------------------------------------------------------------------------------

const database = new Promise((resolve, reject) => {
  const opening = indexedDB.open("regain-authenticator", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("accounts", { keyPath: "device" });
  opening.onsuccess = () => resolve(opening.result);
  opening.onerror = () => reject(opening.error);
}).catch(() => {
  // Browsers that keep no cookies for a site keep nothing else for it.
  throw Object.assign(new Error("storage"), { problem: "storage" });
});

async function stored(mode, act) {
  const store = (await database).transaction("accounts", mode).objectStore("accounts");
  const request = act(store);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const accounts = () => stored("readonly", (store) => store.getAll());
const keep = (account) => stored("readwrite", (store) => store.put(account));
const forget = (account) => stored("readwrite", (store) => store.delete(account.device));

// --- Bytes -------------------------------------------------------------------------------------------------------

const utf8 = new TextEncoder();
const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function base64url(bytes) {
  const binary = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64url(encoded) {
  const binary = atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function fromBase32(encoded) {
  const bytes = [];
  let value = 0;
  let bits = 0;
  for (const character of encoded) {
    value = (value << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(character);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 255);
      value &= (1 << bits) - 1;
    }
  }
  return new Uint8Array(bytes);
}

// --- Signed calls ------------------------------------------------------------------------------------------------

// How far this phone's clock is from the server's, in milliseconds; learned when a call is refused for it.
let drift = 0;

async function signedHeaders(account, method, path, body) {
  const time = Date.now() + drift;
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const digest = hex(await crypto.subtle.digest("SHA-256", utf8.encode(body)));
  const signed = ["regain authenticator 1", method, path, time, nonce, digest].join("\n");
  const algorithm = { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(algorithm, account.key, utf8.encode(signed));
  const headers = { "x-regain-time": String(time), "x-regain-nonce": nonce, "x-regain-signature": base64url(signature) };
  if (account.device) headers["x-regain-device"] = account.device;
  if (body) headers["content-type"] = "application/json";
  return headers;
}

async function send(account, name, form, again = true) {
  const method = form ? "POST" : "GET";
  const body = form ? JSON.stringify(form) : "";
  const headers = await signedHeaders(account, method, API + name, body);
  const answer = await fetch(API + name, { method, headers, body: form ? body : undefined, credentials: "same-origin" });
  if (answer.ok) return answer;
  const refusal = await answer.json().catch(() => ({ problem: "failed" }));
  if (refusal.problem === "clock" && again) {
    drift = refusal.now - Date.now();
    return send(account, name, form, false);
  }
  throw Object.assign(new Error(refusal.problem), { problem: refusal.problem, toll: refusal.toll });
}

function problemOf(error) {
  if (error.problem) return text(error.problem) ? error.problem : "failed";
  return "offline";
}

// --- Cards -------------------------------------------------------------------------------------------------------

function card(template, slots) {
  const element = byId(template).content.firstElementChild.cloneNode(true);
  for (const [name, value] of Object.entries(slots)) slot(element, name).textContent = value;
  return element;
}

const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);
const act = (element, name, handle) => element.querySelector(`[data-act="${name}"]`)?.addEventListener("click", handle);

// --- Codes -------------------------------------------------------------------------------------------------------

async function codeOf(account, step) {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setUint32(0, Math.floor(step / 2 ** 32));
  counter.setUint32(4, step % 2 ** 32);
  const mac = new DataView(await crypto.subtle.sign("HMAC", account.codes, counter.buffer));
  const number = mac.getUint32(mac.getUint8(19) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

async function showCodes() {
  const seconds = Math.floor((Date.now() + drift) / 1000);
  const step = Math.floor(seconds / STEP);
  for (const shown of byId("accounts").children) {
    slot(shown, "left").value = STEP - (seconds % STEP);
    if (shown.step !== step) {
      shown.step = step;
      const code = await codeOf(shown.account, step);
      slot(shown, "code").textContent = `${code.slice(0, 3)} ${code.slice(3)}`;
    }
  }
}

async function showAccounts() {
  const all = await accounts();
  const cards = all.map((account) => {
    const shown = card("account-card", { organization: account.organization, username: account.username });
    shown.account = account;
    act(shown, "remove", () => remove(account));
    return shown;
  });
  byId("accounts").replaceChildren(...cards);
  byId("no-requests").hidden = all.length === 0;
  byId("pair-details").open ||= all.length === 0;
  await showCodes();
  return all;
}

async function remove(account) {
  if (!confirm(text("remove-question"))) return;
  await forget(account);
  await showAccounts();
}

// --- Requests ----------------------------------------------------------------------------------------------------

// One device's requests take the place of its earlier ones; a card that somebody types into stays as it is.
function showRequests(account, requests) {
  const list = byId("requests");
  const ids = new Set(requests.map((request) => request.id));
  for (const shown of [...list.children]) {
    const isOver = shown.device === account.device && shown.request && !ids.has(shown.request);
    if (isOver) shown.remove();
  }
  const isShown = (request) => [...list.children].some((shown) => shown.request === request.id);
  const coming = requests.filter((request) => !isShown(request));
  // What was said of an earlier request would seem to be about this one. That an account was added announces it.
  const status = byId("status");
  if (coming.length > 0 && status.textContent !== text("paired")) status.textContent = "";
  list.append(...coming.map((request) => requestCard(account, request)));
  byId("no-requests").hidden = list.children.length > 0;
  navigator.setAppBadge?.(list.children.length).catch(() => {});
}

// In the zone of the phone, which knows its own.
const timeOf = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { timeZoneName: "short" });

function requestCard(account, request) {
  const { question, address, network, client, place, warning } = request;
  const slots = { question, address, network, client, place, warning, account: request.account };
  const shown = card("request-card", { ...slots, when: timeOf(request.at), "number-label": request.number_label });
  shown.device = account.device;
  shown.request = request.id;
  const form = shown.querySelector("form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    approve(account, shown, form.elements.number);
  });
  act(shown, "deny", () => deny(account, shown));
  act(shown, "told", () => report(account, shown, shown.request, "told"));
  return shown;
}

async function approve(account, shown, field) {
  const problem = slot(shown, "problem");
  const number = field.value.trim();
  problem.hidden = number !== "";
  field.setAttribute("aria-invalid", String(number === ""));
  if (number === "") {
    problem.textContent = text("number-missing");
    return field.focus();
  }
  try {
    await send(account, "answer", { request: shown.request, decision: "approve", number });
    done(shown, "approved");
    await showApproved(account);
  } catch (error) {
    const what = problemOf(error);
    if (what === "offline" || what === "failed") {
      problem.hidden = false;
      problem.textContent = text(what);
    } else if (what === "number-wrong") {
      askWhoItWas(account, shown, what);
    } else {
      done(shown, what);
    }
  }
}

async function deny(account, shown) {
  try {
    await send(account, "answer", { request: shown.request, decision: "deny" });
    askWhoItWas(account, shown, "denied");
  } catch (error) {
    done(shown, problemOf(error));
  }
}

function askWhoItWas(account, shown, said) {
  say(said);
  const asked = card("denied-card", {});
  // It is no open request any more: the list must not take it away.
  act(asked, "report", () => report(account, asked, shown.request, "report"));
  act(asked, "close", () => done(asked, "denied"));
  shown.replaceWith(asked);
  asked.focus();
}

async function report(account, shown, request, decision) {
  try {
    const { undone } = await (await send(account, "answer", { request, decision })).json();
    done(shown, undone ? "undone" : "reported");
  } catch (error) {
    done(shown, problemOf(error));
  }
}

// What was approved can be taken back for a while, also after the app was closed. What is shown stays as it is while
// nothing changes: somebody may be about to press a button.
const approvals = new Map();

async function showApproved(account) {
  const requests = await (await send(account, "approved")).json();
  const { shown = "", timer } = approvals.get(account.device) ?? {};
  clearTimeout(timer);
  // The browser that asked is passing its other steps meanwhile.
  const waits = requests.some((request) => request.next === "wait");
  const again = waits ? setTimeout(() => showApproved(account).catch(() => {}), 2_000) : undefined;
  const now = JSON.stringify(requests);
  approvals.set(account.device, { shown: now, timer: again });
  if (now === shown) return;
  const list = byId("approved");
  for (const earlier of [...list.children]) if (earlier.device === account.device) earlier.remove();
  for (const request of requests) list.append(approvedCard(account, request));
}

function approvedCard(account, request) {
  const { title, address, client } = request;
  const slots = { title, address, client, account: request.account, when: timeOf(request.at), next: request.next_text };
  const shown = card("approved-card", slots);
  shown.device = account.device;
  slot(shown, "choose").hidden = request.next !== "choose";
  act(shown, "choose", () => choose(account, shown, request.id));
  act(shown, "report", () => report(account, shown, request.id, "report"));
  return shown;
}

// Opens the page on which the new password is chosen: once, by this phone's key.
async function choose(account, shown, request) {
  try {
    const { link } = await (await send(account, "finish", { request })).json();
    const form = byId("finish");
    form.elements.link.value = link;
    form.submit();
  } catch (error) {
    const problem = slot(shown, "problem");
    problem.textContent = text(problemOf(error));
    problem.hidden = false;
  }
}

function done(shown, said) {
  shown.remove();
  byId("no-requests").hidden = byId("requests").children.length > 0;
  say(said);
}

async function check() {
  for (const account of await accounts()) {
    try {
      showRequests(account, await (await send(account, "requests")).json());
      await showApproved(account);
      if (byId("requests").children.length === 0) say("synced");
    } catch (error) {
      say(problemOf(error));
    }
  }
}

// Listens for as long as the page is seen: events as they come, else every few seconds.
async function listen(account) {
  let pause = 3_000;
  while ((await accounts()).some((kept) => kept.device === account.device)) {
    if (document.hidden) {
      await new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true }));
    }
    try {
      await follow(account, await send(account, "stream"));
      pause = 3_000;
      continue;
    } catch (error) {
      if (error.problem === "unsigned") return say("failed");
    }
    try {
      showRequests(account, await (await send(account, "requests")).json());
    } catch (error) {
      say(problemOf(error));
      pause = Math.min(pause * 2, 10_000);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function follow(account, answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done: ended } = await reader.read();
    if (ended) return;
    const events = (rest + value).split("\n\n");
    rest = events.pop();
    for (const event of events) {
      const data = event.split("\n").find((line) => line.startsWith("data: "));
      if (data) showRequests(account, JSON.parse(data.slice(6)));
    }
    if (document.hidden) {
      await reader.cancel();
      return;
    }
  }
}

// --- Pairing -----------------------------------------------------------------------------------------------------

// Many codes from this network were wrong: a try costs work, and more if others were wrong meanwhile.
async function sendAndPay(account, name, form, tries = 3) {
  try {
    return await send(account, name, form);
  } catch (error) {
    if (!error.toll || tries === 0) throw error;
    say("working");
    const { captcha, challenge } = error.toll;
    return sendAndPay(account, name, { ...form, captcha, solution: await solve(challenge) }, tries - 1);
  }
}

async function pair(username, code) {
  // A code works once: it is not spent where the key could not be kept.
  await database;
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ["sign"]);
  const key = base64url(await crypto.subtle.exportKey("raw", publicKey));
  const form = { username, code, key };
  const answer = await sendAndPay({ key: privateKey }, "pair", form);
  const paired = await answer.json();
  const hmac = { name: "HMAC", hash: "SHA-1" };
  const codes = await crypto.subtle.importKey("raw", fromBase32(paired.seed), hmac, false, ["sign"]);
  const { device, organization, push_key: pushKey } = paired;
  const account = { device, username: paired.username, organization, pushKey, key: privateKey, codes };
  await keep(account);
  // Some browsers ask the person first; nothing has to wait for that answer.
  navigator.storage?.persist?.().catch(() => {});
  return account;
}

// --- Work ----------------------------------------------------------------------------------------------------------

// The first word of SHA-256, for work alone: `crypto.subtle` answers each time by a promise, which takes ten times as long.
const primes = [];
for (let number = 2; primes.length < 64; number++) {
  if (primes.every((prime) => number % prime)) primes.push(number);
}
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const initial = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
const turn = (word, bits) => (word >>> bits) | (word << (32 - bits));

function firstWord(bytes) {
  const padded = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
  bytes.forEach((byte, index) => padded.setUint8(index, byte));
  padded.setUint8(bytes.length, 128);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  const state = Int32Array.from(initial);
  const words = new Int32Array(64);
  for (let block = 0; block < padded.byteLength; block += 64) {
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      if (i < 16) words[i] = padded.getInt32(block + 4 * i);
      else {
        const [x, y] = [words[i - 15], words[i - 2]];
        const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
        const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
        words[i] = words[i - 16] + low + words[i - 7] + high;
      }
      const choice = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
      const next = (h + choice + constants[i] + words[i]) | 0;
      const majority = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + next) | 0, c, b, a, (next + majority) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (state[index] += word));
  }
  return state[0];
}

// The first number that makes the digest begin with so many zero bits (`app/core/src/pow.rs`), in slices, so that the
// page stays alive.
async function solve({ seed, bits }) {
  for (let number = 0; ; number++) {
    if (Math.clz32(firstWord(utf8.encode(`${seed}:${number}`))) >= bits) return String(number);
    if (number % 2_000 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
}

async function addAccount(event) {
  event.preventDefault();
  const problem = byId("pair-problem");
  problem.hidden = true;
  try {
    const account = await pair(byId("username").value.trim(), byId("code").value.trim());
    byId("pair").reset();
    byId("pair-details").open = false;
    say("paired");
    await showAccounts();
    listen(account);
    await subscribe(account);
  } catch (error) {
    problem.textContent = text(problemOf(error));
    problem.hidden = false;
  }
}

// The QR code's address holds both fields behind its #, which no server sees.
function fillIn() {
  const filled = new URLSearchParams(location.hash.slice(1));
  if (!filled.has("code")) return;
  byId("username").value = filled.get("username") ?? "";
  byId("code").value = filled.get("code");
  byId("pair-details").open = true;
  history.replaceState(null, "", location.pathname);
}

// --- Alerts ------------------------------------------------------------------------------------------------------

const worker = navigator.serviceWorker
  ?.register("/authenticator/worker.js", { scope: "/authenticator/" })
  .then(() => navigator.serviceWorker.ready)
  .catch(() => undefined);

// Without push messages no browser is asked for a subscription.
const wakes = app.dataset.wakes === "true";

async function subscribe(account) {
  if (!wakes) return;
  const registration = await worker;
  if (!registration?.pushManager || !account.pushKey || globalThis.Notification?.permission !== "granted") return;
  const options = { userVisibleOnly: true, applicationServerKey: fromBase64url(account.pushKey) };
  const subscription = await registration.pushManager.subscribe(options).catch(() => undefined);
  if (!subscription) return;
  const { endpoint, keys } = subscription.toJSON();
  await send(account, "subscription", { endpoint, key: keys.p256dh, auth: keys.auth }).catch(() => {});
}

async function showAlerts() {
  const permission = globalThis.Notification?.permission;
  const possible = wakes && Boolean((await worker)?.pushManager) && permission !== "denied" && permission !== undefined;
  byId("alerts").hidden = !possible || permission === "granted";
  byId("alerts-off").hidden = permission === "granted" && possible;
}

async function allowAlerts() {
  await Notification.requestPermission();
  for (const account of await accounts()) await subscribe(account);
  await showAlerts();
}

// --- Start -------------------------------------------------------------------------------------------------------

async function start() {
  app.hidden = false;
  byId("pair").addEventListener("submit", addAccount);
  byId("check").addEventListener("click", check);
  byId("alerts").addEventListener("click", allowAlerts);
  addEventListener("hashchange", fillIn);
  fillIn();
  const all = await showAccounts().catch((error) => {
    say(problemOf(error));
    return [];
  });
  setInterval(showCodes, 1_000);
  for (const account of all) {
    listen(account);
    showApproved(account).catch(() => {});
  }
  await showAlerts();
  for (const account of all) subscribe(account);
  // What the page is made of, for the next time without a connection.
  const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href || part.src);
  (await worker)?.active?.postMessage({ keep: [location.pathname, ...parts] });
}

start();
