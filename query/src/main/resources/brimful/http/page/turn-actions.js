// What can be done with an answer: copy it, ask again, judge it, see its evidence.

import { conversationPath, put } from "./api.js";
import { copied } from "./clipboard.js";
import { busy, element, showProblem } from "./dom.js";

/// Fills the actions of a question that has ended.
///
/// @param box the question box: edit(run) and again(run)
/// @param own whether the conversation is the reader's own
export function turnActions(run, box, own) {
  const problem = element("p", { class: "problem", role: "alert", hidden: true });
  const button = (name, test, work) =>
    element("button", { type: "button", class: "quiet", "data-test": test, onclick: work }, name);
  const buttons = [];
  if (run.stream.text !== "") {
    const copy = button("Copy", "copy-answer", () => copied(copy, run.stream.text));
    buttons.push(copy);
  }
  if (own) {
    buttons.push(button("Edit question", "edit-question", () => box.edit(run)));
    buttons.push(button("Ask again", "ask-again", () => box.again(run)));
  }
  if (run.window.hidden && run.outcome !== "failed") {
    const show = button("Evidence and window", "show-evidence", () =>
      busy(show, problem, async () => {
        await run.showEvidence();
        show.remove();
      }),
    );
    buttons.push(show);
  }
  const judge = own && run.stream.text !== "" ? judgement(run, problem) : [];
  run.actions.replaceChildren(...buttons, ...judge, problem);
  run.actions.hidden = false;
}

function judgement(run, problem) {
  const { feedback } = run;
  const path = `${conversationPath(run.request.conversation)}/turns/${run.turn}/feedback`;
  const note = element("input", {
    maxlength: "4000",
    value: feedback.note,
    placeholder: "What was good or wrong? (optional)",
    "aria-label": "Note on this answer",
  });
  const save = element("button", { type: "submit" }, "Save note");
  const form = element("form", { class: "row note", hidden: true }, note, save);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep(save);
  });
  const thumbs = [
    ["up", "Helpful"],
    ["down", "Not helpful"],
  ].map(([thumb, name]) =>
    element(
      "button",
      {
        type: "button",
        class: "quiet",
        "data-thumb": thumb,
        "aria-pressed": String(feedback.thumb === thumb),
        onclick: (event) => press(event.currentTarget),
      },
      name,
    ),
  );

  function press(button) {
    const off = button.getAttribute("aria-pressed") === "true";
    for (const each of thumbs) {
      each.setAttribute("aria-pressed", String(each === button && !off));
    }
    form.hidden = off;
    keep(button);
  }

  function keep(button) {
    const pressed = thumbs.find((each) => each.getAttribute("aria-pressed") === "true");
    showProblem(problem, null);
    run.feedback = { thumb: pressed?.dataset.thumb ?? "", note: note.value };
    return busy(button, problem, () => put(path, run.feedback));
  }

  return [...thumbs, form];
}
