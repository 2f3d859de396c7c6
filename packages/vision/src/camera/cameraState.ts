/**
 * What the camera is doing. `off`: not asked for. `absent`: there is none. `denied`: it may not be used. `busy`: another program
 * has it, or its driver fails. `unplugged`: it was there. `muted`: switched off at its lid or by the system. `frozen`: the same
 * picture again and again, or none. `black`: pictures without light, by a covered lens or a sick driver.
 */
export interface CameraState {
  readonly kind:
    | "off"
    | "starting"
    | "live"
    | "absent"
    | "denied"
    | "busy"
    | "unplugged"
    | "muted"
    | "frozen"
    | "black";
}

/** What a failed request for a camera means; `wasThere`: it has given pictures before. */
export function stateOfError(error: unknown, wasThere: boolean): CameraState["kind"] {
  switch ((error as Error | undefined)?.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return wasThere ? "unplugged" : "absent";
    default:
      return "busy";
  }
}
