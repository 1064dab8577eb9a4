// Pictures of images and scanned pages. They are fetched like everything else, since an <img> sends
// no key, and shown as data: URLs, which the page's policy allows.

import { documentPath, send } from "./api.js";
import { element } from "./dom.js";

export function thumbnail(collection, id, picture, label, open) {
  const image = element("img", {
    alt: label,
    width: picture.width,
    height: picture.height,
    "data-picture": id,
  });
  const node = open
    ? element("button", { type: "button", class: "thumbnail", title: label, onclick: open }, image)
    : element("figure", { class: "thumbnail" }, image);
  // Of hundreds, only those that somebody scrolls to are loaded.
  const watcher = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      watcher.disconnect();
      load(image, collection, id, picture.part).catch(() => node.classList.add("missing"));
    }
  });
  watcher.observe(node);
  return node;
}

async function load(image, collection, id, part) {
  const path = documentPath(collection, "picture", id, `&part=${part}`);
  const response = await send("GET", path, undefined, { accept: "image/png, image/jpeg" });
  image.src = await dataUrl(await response.blob());
}

function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
