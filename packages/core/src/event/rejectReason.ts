/** Why the collector refuses one event. Stable codes: clients and dashboards count them. */
export type RejectReason =
  | "malformed"
  | "unknown_type"
  | "missing_name"
  | "missing_identity"
  | "message_id"
  | "too_large"
  | "too_deep"
  | "too_many_keys"
  | "too_old"
  | "bad_timestamp"
  | "device_proof_required"
  | "bad_writer"
  | "unknown_kid"
  | "broken_seal";

/** A refusal in the making: its code, and what the sender should do. */
export interface Fault {
  reason: RejectReason;
  detail: string;
}
