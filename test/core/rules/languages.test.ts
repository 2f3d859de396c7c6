import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LANGUAGES } from "../../../packages/core/src/rules/languages/index.ts";
import { prepareRules } from "../../../packages/core/src/rules/prepareRules.ts";
import { present } from "../../../packages/core/src/rules/present.ts";
import { decide } from "../../../packages/core/src/rules/decide.ts";
import type { Action, Rule, Texts } from "../../../packages/core/src/rules/ruleset.ts";
import { localText } from "../../../packages/core/src/rules/text.ts";
import { inputOf } from "./given.ts";

const TAGS = ["en", "de", "fr", "es", "pl", "zh-Hans", "zh-Hant"];

/** Every text of a language by its name. */
const textsOf = (tag: string): Record<string, string> => {
  const { because, words } = LANGUAGES[tag]!;
  return Object.fromEntries(
    Object.entries({ because, words }).flatMap(([part, texts]) =>
      Object.entries(texts).map(([name, text]) => [`${part}.${name}`, text]),
    ),
  );
};
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

/** What only one of the two ways to write Chinese has, of those characters that the sentences use. */
const ONLY_SIMPLIFIED = /[为浏览这购车单选码门设过买录广讯统计间务区个们问]/u;
const ONLY_TRADITIONAL = /[為瀏覽這購車單選碼門設過買錄廣訊統計間務區個們問]/u;

describe("languages", () => {
  it("are the seven that a merchant is offered", () => {
    assert.deepEqual(Object.keys(LANGUAGES), TAGS);
  });

  for (const tag of TAGS) {
    it(`${tag} has each text, with what is filled in, and no other`, () => {
      const english = textsOf("en");
      const texts = textsOf(tag);
      assert.deepEqual(Object.keys(texts), Object.keys(english));
      for (const [name, text] of Object.entries(texts)) {
        assert.deepEqual(placeholders(text), placeholders(english[name]!), name);
        assert.equal(text, text.trim(), name);
        assert.doesNotMatch(text, / {2}|\{count\}|[0-9]/, `${name} speaks a number: it needs plurals`);
        if (name.startsWith("because.")) assert.match(text, /[.。]$/, name);
        if (tag !== "en") assert.notEqual(text, english[name], name);
      }
    });
  }

  it("write Chinese in one set of characters each", () => {
    for (const text of Object.values(textsOf("zh-Hans"))) {
      assert.doesNotMatch(text, ONLY_TRADITIONAL);
    }
    for (const text of Object.values(textsOf("zh-Hant"))) {
      assert.doesNotMatch(text, ONLY_SIMPLIFIED);
    }
  });

  it("set a colon and a question mark off in French, by a space that does not break", () => {
    for (const text of Object.values(textsOf("fr"))) assert.doesNotMatch(text, /[^\u00A0][:?!;]|'/);
  });
});

describe("localText", () => {
  const ALL: Texts = Object.fromEntries(TAGS.map((tag) => [tag, tag]));

  for (const [language, expected] of [
    ["zh", "zh-Hans"],
    ["zh-CN", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
    ["zh-Hans-HK", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh-MO", "zh-Hant"],
    ["zh-Hant", "zh-Hant"],
    ["zh-Hant-TW", "zh-Hant"],
    ["ZH-tw", "zh-Hant"],
    ["fr-CA", "fr"],
    ["de-AT-1996", "de"],
    ["es-419", "es"],
    ["PL", "pl"],
    ["en-GB", "en"],
    ["nl", "en"],
    ["", "en"],
    ["not a tag", "en"],
    ["toString", "en"],
    ["constructor", "en"],
  ] as const) {
    it(`says ${expected} to "${language}"`, () => assert.equal(localText(ALL, language), expected));
  }

  it("takes the nearest of what there is", () => {
    assert.equal(localText({ en: "", "de-AT": "AT", de: "DE" }, "de-AT"), "AT");
    assert.equal(localText({ en: "", "de-AT": "AT", de: "DE" }, "de-CH"), "DE");
    assert.equal(localText({ en: "", "zh-TW": "TW" }, "zh-Hant"), "TW");
    assert.equal(localText({ en: "", zh: "any" }, "zh-TW"), "any");
    assert.equal(localText({ fr: "seul" }, "nl"), "seul");
    assert.equal(localText({}, "nl"), "");
  });
});

describe("a published rule", () => {
  const on = (action: Action, language: string, because?: Texts) => {
    const rule: Rule = { id: "r", placement: "p", purposes: [], action, ...(because && { because }) };
    const { outcome, because: said } = decide("p", {
      ...inputOf({ rules: prepareRules([rule]), context: { page: { language } } }),
    });
    return { said, shown: JSON.stringify(outcome && present(outcome, said, language)) };
  };
  const message: Action = { type: "message", text: { en: "Hello", fr: "Bonjour" } };

  it("explains itself in the page's language", () => {
    assert.equal(on(message, "pl-PL").said, "Wiadomość od sklepu.");
    assert.equal(on(message, "zh-HK").said, "來自商店的訊息。");
    assert.equal(on(message, "zh-CN").said, "来自商店的消息。");
    assert.equal(on(message, "ja").said, "A note from the shop.");
  });

  it("says what its author wrote, and ours in languages that have no such text", () => {
    const because = { en: "Just so.", fr: "Comme ça." };
    assert.equal(on(message, "fr", because).said, "Comme ça.");
    assert.equal(on(message, "es", because).said, "Un mensaje de la tienda.");
  });

  it("brings the words of a survey's buttons and its thanks", () => {
    const text = { en: "x" };
    const survey: Action = { type: "survey", survey: "s", kind: "csat", title: text, low: text, high: text };
    assert.match(on(survey, "fr").shown, /"Envoyer".*"Non merci"/);
    const [prepared] = prepareRules([
      { id: "r", placement: "p", action: { ...survey, thanks: { en: "Ta!" } } },
    ]);
    const { thanks } = prepared!.action as typeof survey;
    assert.equal(localText(thanks!, "en"), "Ta!");
    assert.equal(localText(thanks!, "pl"), "Dziękujemy za odpowiedź.");
  });

  it("says of a wish list that it is one", () => {
    const [list] = prepareRules([
      { id: "r", placement: "p", action: { type: "resume", what: "list", href: "/list" } },
    ]);
    assert.equal(list!.because!["en"], "Because you put this on your list.");
  });

  it("has its words in English where nothing was published with it", () => {
    const rules: Rule[] = [
      {
        id: "r",
        placement: "p",
        purposes: [],
        action: { type: "survey", survey: "s", kind: "csat", title: {}, low: {}, high: {} },
      },
    ];
    const { outcome } = decide("p", inputOf({ rules, context: { page: { language: "de" } } }));
    assert.match(JSON.stringify(present(outcome!, undefined, "de")), /"Send".*"No, thanks"/);
  });
});
