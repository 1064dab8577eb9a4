// What the server found out about the citations of an answer: marked in it, and listed below it.

import { isSame, placeOf } from "./citations.js";
import { element } from "./dom.js";
import { counted, number, place } from "./format.js";

export class CheckedCitations {
  constructor(answer, open) {
    this.answer = answer;
    this.open = open;
    this.all = [];
    this.listed = 0;
    this.node = element("div", {
      class: "sources",
      role: "group",
      hidden: true,
      "aria-label": "Citations",
    });
  }

  add(checked) {
    this.all.push(checked);
  }

  of(cited) {
    return this.all.find((each) => isSame(each, cited));
  }

  show() {
    if (this.all.length === 0) {
      return;
    }
    this.mark();
    if (this.all.length !== this.listed) {
      this.listed = this.all.length;
      this.list();
    }
  }

  mark() {
    for (const button of this.answer.querySelectorAll("[data-citation]:not([data-verified])")) {
      const cited = placeOf(button.dataset.citation);
      const checked = cited && this.of(cited);
      if (checked) {
        const whole = place(checked.document, checked.locator);
        button.dataset.verified = String(checked.verified);
        button.title = checked.verified
          ? `${whole}, verified: the window holds this place`
          : `${whole}, not verified: ${checked.note}`;
        button.append(
          element(
            "span",
            { class: "unseen" },
            checked.verified ? " (verified)" : " (not verified)",
          ),
        );
      }
    }
  }

  list() {
    const good = this.all.filter((each) => each.verified).length;
    const summary =
      good === this.all.length
        ? `${counted(good, "citation")}, ${good === 1 ? "verified" : "all verified"}`
        : `${number(good)} of ${counted(this.all.length, "citation")} verified`;
    const open = this.node.querySelector("details")?.open ?? false;
    this.node.replaceChildren(
      element(
        "details",
        { open: open || good < this.all.length },
        element("summary", {}, summary),
        element(
          "ul",
          {},
          this.all.map((each) => this.item(each)),
        ),
      ),
    );
    this.node.hidden = false;
  }

  item(checked) {
    const whole = place(checked.document, checked.locator);
    const verified = String(checked.verified);
    const open = () => this.open(checked.document, checked.locator);
    return element(
      "li",
      { "data-verified": verified },
      element(
        "button",
        {
          type: "button",
          class: "link",
          "data-citation": whole,
          "data-verified": verified,
          onclick: open,
        },
        whole,
      ),
      element(
        "span",
        { class: "hint" },
        checked.verified ? " verified" : ` not verified: ${checked.note}`,
      ),
    );
  }
}
