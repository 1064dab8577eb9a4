// Questions typed in: a small list, each with its id and the type of its answer.

import { element } from "./dom.js";

const TYPES = {
  text: "Text",
  boolean: "Yes or no",
  number: "Number",
  date: "Date",
  choice: "Choice",
  list: "List",
};

export class QuestionList {
  constructor(list) {
    this.list = list;
    this.rows = [];
    this.add();
  }

  add() {
    const row = this.build();
    this.rows.push(row);
    this.list.append(row.node);
    this.show();
    return row;
  }

  build() {
    const id = element("input", {
      required: true,
      maxlength: "64",
      pattern: "[\\p{L}\\p{N}_.\\-]+",
      title: "letters, digits, dots, dashes and underscores",
      autocomplete: "off",
      spellcheck: "false",
      value: this.freeId(),
      "data-part": "id",
    });
    const question = element("input", {
      required: true,
      maxlength: "4000",
      placeholder: "Question for each document",
      autocomplete: "off",
      "data-part": "question",
    });
    const type = element(
      "select",
      { "data-part": "type" },
      Object.entries(TYPES).map(([value, words]) => element("option", { value }, words)),
    );
    const choices = element("input", {
      placeholder: "yes | no | unknown",
      autocomplete: "off",
      "data-part": "choices",
    });
    const chosen = element("label", { class: "choices", hidden: true }, "Choices", choices);
    const drop = element("button", { type: "button", "aria-label": "Remove this question" }, "×");
    const row = { id, question, type, choices };
    row.drop = drop;
    row.node = element(
      "li",
      { "data-test": "question" },
      element("label", {}, "Id", id),
      element("label", {}, "Question", question),
      element("label", {}, "Answer", type),
      drop,
      chosen,
    );
    type.addEventListener("change", () => {
      chosen.hidden = type.value !== "choice";
      choices.required = !chosen.hidden;
    });
    drop.addEventListener("click", () => this.remove(row));
    return row;
  }

  remove(row) {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    row.node.remove();
    this.show();
    this.rows[Math.min(at, this.rows.length - 1)].question.focus();
  }

  show() {
    this.rows.forEach((row) => (row.drop.hidden = this.rows.length === 1));
  }

  freeId() {
    const taken = new Set(this.rows.map((row) => row.id.value));
    let n = 1;
    while (taken.has(`q${n}`)) {
      n++;
    }
    return `q${n}`;
  }

  /// What is typed, as the server takes it.
  questions() {
    return this.rows.map((row) => ({
      id: row.id.value.trim(),
      question: row.question.value.trim(),
      type: row.type.value,
      ...(row.type.value === "choice" ? { choices: choicesIn(row.choices.value) } : {}),
    }));
  }
}

const choicesIn = (text) =>
  text
    .split("|")
    .map((each) => each.trim())
    .filter(Boolean);
