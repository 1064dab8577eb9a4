// Files from this computer: chosen, a whole folder, or dropped.

import { element, showProblem } from "./dom.js";
import { bytes, counted } from "./format.js";

export function uploadForm(send) {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const status = element("p", { class: "hint", role: "status" });
  const files = element("input", { id: "upload", type: "file", multiple: true });
  const folder = element("input", { id: "upload-folder", type: "file", webkitdirectory: true });
  const zone = element(
    "div",
    { class: "drop", "data-test": "drop" },
    element("p", {}, "Or upload files from this computer: drop files or folders here."),
    element(
      "div",
      { class: "row" },
      element("label", { class: "file" }, "Files", files),
      element("label", { class: "file" }, "A folder", folder),
    ),
    status,
    problem,
  );

  async function take(chosen) {
    if (chosen.length === 0) {
      return;
    }
    showProblem(problem, null);
    const size = chosen.reduce((sum, each) => sum + each.file.size, 0);
    status.textContent = `Uploading ${counted(chosen.length, "file")}, ${bytes(size)}…`;
    files.disabled = folder.disabled = true;
    try {
      await send(chosen);
      status.textContent = `Uploaded ${counted(chosen.length, "file")}.`;
    } catch (error) {
      status.textContent = "";
      showProblem(problem, error);
    } finally {
      files.disabled = folder.disabled = false;
      files.value = folder.value = "";
    }
  }

  const named = (list) =>
    [...list]
      .map((file) => ({ file, name: file.webkitRelativePath || file.name }))
      .filter(({ name }) => isPlain(name));
  files.addEventListener("change", () => take(named(files.files)));
  folder.addEventListener("change", () => take(named(folder.files)));
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    // Entries must be asked for before the first wait: the transfer is emptied then.
    const entries = [...event.dataTransfer.items]
      .map((item) => item.webkitGetAsEntry())
      .filter(Boolean);
    try {
      const found = [];
      for (const entry of entries) {
        await walk(entry, "", found);
      }
      await take(found);
    } catch (error) {
      showProblem(problem, error);
    }
  });
  return zone;
}

/// The server takes files, and neither git's own nor those that would hide others.
const isPlain = (name) =>
  !name.split("/").includes(".git") && !/(^|\/)\.(git|brimful)ignore$/.test(name);

async function walk(entry, folder, found) {
  const name = folder + entry.name;
  if (!isPlain(name)) {
    return;
  }
  if (entry.isFile) {
    found.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), name });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    // A reader gives a hundred at a time, and none at the end.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return;
    }
    for (const each of some) {
      await walk(each, name + "/", found);
    }
  }
}
