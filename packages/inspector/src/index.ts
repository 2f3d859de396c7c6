export {
  createEventLog,
  nameOf,
  type EventCounts,
  type EventLog,
  type EventNote,
  type EventState,
  type LoggedEvent,
} from "./eventLog.ts";
