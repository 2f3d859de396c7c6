import type { FaultRow } from "../support/FaultRow.ts";
import { killedBrowser } from "./a01KilledBrowser.ts";
import { powerCut } from "./a02PowerCut.ts";
import { droppedAnswers } from "./a03DroppedAnswers.ts";
import { brokenAnswers } from "./a04BrokenAnswers.ts";
import { longOutage } from "./a05LongOutage.ts";
import { refusedBatches } from "./a06RefusedBatches.ts";
import { poisonEvents } from "./a07PoisonEvents.ts";
import { fullDisk } from "./a08FullDisk.ts";
import { eviction } from "./a09Eviction.ts";
import { brokenDatabase } from "./a10BrokenDatabase.ts";
import { deadHandle } from "./a11DeadHandle.ts";
import { stoppedLeader } from "./a12StoppedLeader.ts";
import { quickLeave } from "./a13QuickLeave.ts";
import { fullPageHide } from "./a14FullPageHide.ts";
import { schemaUpgrade } from "./a16SchemaUpgrade.ts";
import { wrongClock } from "./a17WrongClock.ts";
import { blockedEndpoint } from "./a18BlockedEndpoint.ts";
import { severalScripts } from "./a19SeveralScripts.ts";
import { withdrawn } from "./a21Withdrawn.ts";
import { forgedRules } from "./c01ForgedRules.ts";
import { replayedRules } from "./c02ReplayedRules.ts";
import { noWebCrypto } from "./c03NoWebCrypto.ts";
import { hostileRules } from "./c04HostileRules.ts";
import { hostPolicies } from "./c06HostPolicies.ts";
import { hostilePages } from "./c07HostilePages.ts";
import { renderingPages } from "./c08RenderingPages.ts";
import { slowServer } from "./c09SlowServer.ts";
import { brokenCamera } from "./e04BrokenCamera.ts";
import { brokenMirror } from "./e05BrokenMirror.ts";
import { noRoom } from "./e06NoRoom.ts";
import { mirrorPowerCut } from "./e07MirrorPowerCut.ts";
import { nothingLeaves } from "./e08NothingLeaves.ts";
import { nextShopper } from "./e12NextShopper.ts";
import { endedSessions } from "./e16EndedSessions.ts";

/** All faults of the delivery, of the rules in a page and of the mirror, in the order of the table. */
export const ROWS: readonly FaultRow[] = [
  killedBrowser,
  powerCut,
  droppedAnswers,
  brokenAnswers,
  longOutage,
  refusedBatches,
  poisonEvents,
  fullDisk,
  eviction,
  brokenDatabase,
  deadHandle,
  stoppedLeader,
  quickLeave,
  fullPageHide,
  schemaUpgrade,
  wrongClock,
  blockedEndpoint,
  severalScripts,
  withdrawn,
  forgedRules,
  replayedRules,
  noWebCrypto,
  hostileRules,
  hostPolicies,
  hostilePages,
  renderingPages,
  slowServer,
  brokenCamera,
  brokenMirror,
  noRoom,
  mirrorPowerCut,
  nothingLeaves,
  nextShopper,
  endedSessions,
];
