/** Cases where the provider differs on purpose, or that say nothing about a web provider, for one reason. */
export interface Difference {
  /** Matches the ids of these cases. */
  cases: RegExp;
  /** How many they are. */
  count: number;
  reason: string;
  /** The step at which each of them fails as published. Absent: not run, since it would say nothing about the provider. */
  failsAt?: string;
}

/** All differences. A case that passes as published must leave the list. */
export const DIFFERENCES: Difference[] = [
  {
    cases: /^contextMerging: .*(different keys|\[\d+: (Transaction|Invocation|Before Hooks)\])/,
    count: 17,
    reason:
      "A web client has the static context of the API and of its domain alone (specification 3.2, conditional requirements of the static-context paradigm): no transaction, no context of a call, and hooks do not change it.",
  },
  {
    cases: /^evaluation_v2: CACHED reason/,
    count: 2,
    failsAt: "the reason should be",
    reason:
      "Nothing is cached: each evaluation reads the profile and the clock anew, so its reason stays the first one.",
  },
  {
    cases: /^evaluation_v2: Asynchronous flag evaluation/,
    count: 5,
    reason:
      "A web client evaluates at once (specification 1.3.1.2 and 1.3.2): there is no asynchronous call to test.",
  },
  {
    cases: /^(evaluation_v2: Flag metadata in evaluation details|metadata: Returns metadata)/,
    count: 2,
    failsAt: "the resolved metadata should contain",
    reason:
      "A rule has no free fields: metadata are the rule's id, the ruleset's version and the sentence that says why, for every flag.",
  },
  {
    cases: /^metadata: Returns no metadata/,
    count: 4,
    failsAt: "the resolved metadata is empty",
    reason: "As above: there are always some.",
  },
];
