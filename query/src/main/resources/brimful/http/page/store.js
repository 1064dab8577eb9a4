// What all parts of the page look at: the server's status, the collections, the chosen one.

import { all, get } from "./api.js";

const CHOSEN = "brimful.collection";

export const store = { status: null, collections: [], collection: "" };
const bus = new EventTarget();

export const on = (what, then) => bus.addEventListener(what, (event) => then(event.detail));
export const tell = (what, detail) => bus.dispatchEvent(new CustomEvent(what, { detail }));

export async function loadStatus() {
  store.status = await get("/v1/status");
  // What needs a right that the key lacks is hidden by style.css.
  document.documentElement.dataset.may = (store.status.rights ?? []).join(" ");
  tell("status");
}

export async function loadCollections() {
  store.collections = await all("/v1/collections");
  const wanted = store.collection || localStorage.getItem(CHOSEN) || "";
  const found = store.collections.find((each) => each.name === wanted) ?? store.collections[0];
  choose(found?.name ?? "");
}

export function choose(name) {
  store.collection = name;
  localStorage.setItem(CHOSEN, name);
  tell("collection");
}

export const chosen = () =>
  store.collections.find((each) => each.name === store.collection) ?? null;
