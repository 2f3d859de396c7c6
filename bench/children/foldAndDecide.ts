// The pure core in a process of its own: what other workloads did to the engine's caches and heap does not count.
import { answerParent } from "../support/answerParent.ts";
import { measurePureCore } from "../workloads/foldAndDecide.ts";

answerParent({ measure: measurePureCore });
