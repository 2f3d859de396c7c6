import { html } from "../html.ts";
import type { Page } from "../Reply.ts";

const PURPOSES = [
  [
    "personalization",
    "Remember me",
    "What you looked at, your sizes and your bag, to show them to you next time.",
  ],
  ["analytics", "Count visits", "Which pages are read and where people give up, without names."],
  ["marketing", "Write to me", "Use what you looked at when we write to you, if you asked us to write."],
] as const;

export function privacyPage(): Page {
  return {
    kind: "page",
    title: "Privacy choices",
    description: "What Halden Row remembers, and how to change it.",
    body: html`<div class="narrow slim">
      <h1>Privacy choices</h1>
      <p class="lead">
        The shop works the same whatever you choose. You can change your mind here at any time; a “no” deletes
        what was remembered.
      </p>
      <form class="stack needs-script" data-privacy>
        <fieldset class="purposes">
          <legend class="visually-hidden">Purposes</legend>
          ${PURPOSES.map(
            ([name, label, says]) =>
              html`<div class="purpose">
                <input type="checkbox" id="purpose-${name}" name="${name}" aria-describedby="says-${name}" />
                <div>
                  <label for="purpose-${name}">${label}</label>
                  <p id="says-${name}">${says}</p>
                </div>
              </div>`,
          )}
        </fieldset>
        <button class="button">Save my choices</button>
        <p role="status" data-privacy-status></p>
      </form>
      <noscript
        ><p class="note">
          Your browser runs no scripts, so nothing beyond the three cookies below is kept.
        </p></noscript
      >
      <h2>What the shop needs in any case</h2>
      <p>
        Cookies of its own for your bag, for what you saved and for your sign-in. They hold nothing else and
        nobody else reads them.
      </p>
    </div>`,
    data: { pageType: "privacy", events: [] },
  };
}
