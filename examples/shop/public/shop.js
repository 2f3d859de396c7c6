// The shop's own script. Everything works without it; it reports what happened and makes a few things smoother.
"use strict";

const page = JSON.parse(document.getElementById("page-data")?.textContent || "{}");

/** Calls the personalisation SDK, or leaves the call for it when it has not loaded yet. */
function tell(method, ...args) {
  const vitrine = (window.vitrine ||= { q: [] });
  if (typeof vitrine[method] === "function") return vitrine[method](...args);
  (vitrine.q ||= []).push([method, args]);
  return undefined;
}

/** Storage that may be forbidden or full. */
const store = {
  get(area, key) {
    try {
      return window[area].getItem(key);
    } catch {
      return null;
    }
  },
  set(area, key, value) {
    try {
      if (value === null) window[area].removeItem(key);
      else window[area].setItem(key, value);
    } catch {
      // Then it is asked or told again on the next page.
    }
  },
};

// --- Data layer ------------------------------------------------------------------------------------------------

window.dataLayer = window.dataLayer || [];

/** GA4 merges objects: the last event's `ecommerce` has to be cleared first. */
function push(event) {
  if (event.ecommerce) window.dataLayer.push({ ecommerce: null });
  window.dataLayer.push(event);
}

function isToBePushed({ event, ecommerce, once }) {
  // The hero may have been replaced by other content; then nobody saw the promotion.
  if (event === "view_promotion")
    return Boolean(document.querySelector(`[data-promotion="${ecommerce.promotion_id}"]`));
  if (!once) return true;
  if (store.get("sessionStorage", "shop-last-flash") === once) return false;
  store.set("sessionStorage", "shop-last-flash", once);
  return true;
}

window.dataLayer.push({ page_type: page.pageType, signed_in: Boolean(page.user) });
for (const event of page.events ?? []) {
  if (!isToBePushed(event)) continue;
  const { once, ...parameters } = event;
  push(parameters);
  // What GA4 has no event for is told to Vitrine by its own name.
  const { event: name, ...properties } = parameters;
  if (name === "filter_list") tell("track", "Product List Filtered", properties);
}

function eventNamed(name, isRight = () => true) {
  return page.events?.find((entry) => entry.event === name && isRight(entry));
}

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[href]");
  if (!link) return;
  const listId = link.closest("[data-list]")?.dataset.list;
  if (link.dataset.item && listId) {
    const list = eventNamed("view_item_list", ({ ecommerce }) => ecommerce.item_list_id === listId);
    const item = list?.ecommerce.items.find(({ item_id }) => item_id === link.dataset.item);
    if (item) push({ event: "select_item", ecommerce: { ...list.ecommerce, items: [item] } });
  }
  const promotion = link.closest("[data-promotion]") && eventNamed("view_promotion");
  if (promotion) push({ ...promotion, event: "select_promotion" });
});

// --- Consent ---------------------------------------------------------------------------------------------------

const PURPOSES = ["analytics", "personalization", "marketing"];
const CONSENT_KEY = "shop-consent";

function readConsent() {
  try {
    const choice = JSON.parse(store.get("localStorage", CONSENT_KEY));
    return PURPOSES.every((purpose) => ["granted", "denied"].includes(choice?.[purpose]))
      ? choice
      : undefined;
  } catch {
    return undefined;
  }
}

function saveConsent(choice) {
  store.set("localStorage", CONSENT_KEY, JSON.stringify(choice));
  banner?.setAttribute("hidden", "");
  void Promise.resolve(tell("consent", choice)).then(identify);
}

const banner = document.querySelector(".consent");
const known = readConsent();
if (known) tell("consent", known);
else banner?.removeAttribute("hidden");

banner?.addEventListener("click", ({ target }) => {
  const word = target.closest("[data-consent]")?.dataset.consent;
  if (!word) return;
  saveConsent(Object.fromEntries(PURPOSES.map((purpose) => [purpose, word])));
  document.getElementById("main").focus({ preventScroll: true });
});

const privacy = document.querySelector("[data-privacy]");
if (privacy) {
  for (const purpose of PURPOSES) privacy.elements[purpose].checked = known?.[purpose] === "granted";
  privacy.addEventListener("submit", (event) => {
    event.preventDefault();
    const word = (purpose) => (privacy.elements[purpose].checked ? "granted" : "denied");
    saveConsent(Object.fromEntries(PURPOSES.map((purpose) => [purpose, word(purpose)])));
    privacy.querySelector("[data-privacy-status]").textContent = "Saved. Thank you for telling us.";
  });
}

// --- Offline ---------------------------------------------------------------------------------------------------

// `updateViaCache`: the scripts that sw.js imports are looked at on each visit too. Without it all works, online.
if (page.hasWorker)
  navigator.serviceWorker
    ?.register("/sw.js", { updateViaCache: "none" })
    .catch((error) => console.info(error));

// --- Who is signed in --------------------------------------------------------------------------------------------

const IDENTIFIED_KEY = "shop-identified";
const RESET_KEY = "shop-reset-due";

/** A token of our server that this shopper uses the device `deviceId`. */
async function proofFor(deviceId) {
  const response = await fetch("/account/proof", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ deviceId }),
  });
  if (!response.ok) throw new Error(`/account/proof answered ${response.status}`);
  return (await response.json()).proof;
}

/** Tells the SDK who signed in, once for each sign-in; not before it may keep anything. */
async function identify() {
  const { vitrine } = window;
  if (!page.user || store.get("sessionStorage", IDENTIFIED_KEY) === page.user.id) return;
  if (typeof vitrine?.identify !== "function") return;
  const { anonymousId } = await vitrine.ready();
  if (!anonymousId) return;
  // A function, because the SDK may have to become another device first: the token names the one it ends up as.
  const told = await vitrine.identify(page.user.id, { name: page.user.name }, { proof: proofFor });
  if (told?.status === "dropped") return;
  store.set("sessionStorage", IDENTIFIED_KEY, page.user.id);
}

// Scripts in the head have run or failed by then, so `window.vitrine` is the SDK itself or will never be.
window.addEventListener("load", () => void identify());

// A reset that a navigation cut off is made up for.
if (store.get("localStorage", RESET_KEY) && !page.user) {
  tell("reset");
  store.set("localStorage", RESET_KEY, null);
}

document.querySelector("[data-sign-out]")?.addEventListener("submit", async (event) => {
  const form = event.currentTarget;
  store.set("sessionStorage", IDENTIFIED_KEY, null);
  store.set("localStorage", RESET_KEY, "1");
  if (typeof window.vitrine?.reset !== "function") return;
  event.preventDefault();
  try {
    // A sign-out waits for nobody long.
    await Promise.race([window.vitrine.reset(), new Promise((resolve) => setTimeout(resolve, 500))]);
    store.set("localStorage", RESET_KEY, null);
  } finally {
    form.submit();
  }
});

// --- Sizes as buttons ----------------------------------------------------------------------------------------------

for (const group of document.querySelectorAll("[data-size-buttons]")) {
  const form = group.closest("form");
  const input = form.querySelector('input[type="hidden"][name="size"]');
  group.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-value]");
    if (!button) return;
    for (const other of group.querySelectorAll("button"))
      other.setAttribute("aria-pressed", String(other === button));
    input.value = button.dataset.value;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    group.parentElement.querySelector(".form-error")?.remove();
  });
  form.addEventListener("submit", (event) => {
    if (input.value) return;
    event.preventDefault();
    if (!group.parentElement.querySelector(".form-error")) {
      const message = document.createElement("p");
      message.className = "form-error";
      message.setAttribute("role", "alert");
      message.textContent = "Choose a size first.";
      group.after(message);
    }
    group.querySelector("button:not(:disabled)")?.focus();
  });
}

// --- Forms that need no button -------------------------------------------------------------------------------------

for (const form of document.querySelectorAll("[data-autosubmit]")) {
  form.querySelector("[data-update]")?.setAttribute("hidden", "");
  form.addEventListener("change", () => form.requestSubmit());
}

// --- Checkout steps --------------------------------------------------------------------------------------------------

const checkout = document.querySelector("[data-checkout]");
if (checkout) {
  const cart = eventNamed("begin_checkout")?.ecommerce;
  const pushed = new Set();
  const pushOnce = (event, parameters) => {
    if (!cart || pushed.has(event)) return;
    pushed.add(event);
    push({ event, ecommerce: { ...cart, ...parameters } });
  };
  const shipping = () => pushOnce("add_shipping_info", { shipping_tier: checkout.elements.delivery.value });
  const payment = () => pushOnce("add_payment_info", { payment_type: checkout.elements.payment.value });
  const isFilled = (fieldset) => [...fieldset.elements].every((element) => element.validity.valid);

  checkout.addEventListener("change", ({ target }) => {
    const fieldsets = [...checkout.querySelectorAll("[data-shipping]")];
    if (fieldsets.some((fieldset) => fieldset.contains(target)) && fieldsets.every(isFilled)) shipping();
    if (target.closest("[data-payment]")) payment();
  });
  checkout.addEventListener("submit", () => {
    shipping();
    payment();
  });
}
